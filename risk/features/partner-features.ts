import { category, type DeclaredFeature, flag, upTo } from './definition';

const bureau = { source: 'bureau', unit: 'none', use: 'model', missing: 'unknown' } as const;
const antifraud = { source: 'antifraud', unit: 'none', use: 'rule', missing: 'unknown' } as const;
const telecom = { source: 'telecom', unit: 'none', use: 'rule', missing: 'unknown' } as const;
const device = { source: 'device', unit: 'none', use: 'rule', missing: 'unknown' } as const;

/** What partners say. Value sets of the credit file follow the South German credit data. */
export const partnerFeatures = {
  blacklisted: { ...bureau, means: 'On the bureau’s list of those not to be lent to.', type: flag, use: 'rule' },
  checkingStatus: {
    ...bureau,
    means: 'Balance of the checking account.',
    type: category('none', 'negative', 'below-200', '200-and-more'),
  },
  creditHistory: {
    ...bureau,
    means: 'How earlier credits were repaid.',
    type: category('delayed', 'critical', 'none-or-paid', 'paid-duly', 'all-paid-here'),
  },
  savings: {
    ...bureau,
    means: 'Savings.',
    type: category('unknown-or-none', 'below-100', '100-to-500', '500-to-1000', '1000-and-more'),
  },
  existingCredits: {
    ...bureau,
    means: 'Credits at this bank, the one applied for included.',
    type: category('1', '2-3', '4-5', '6-and-more'),
  },
  existingMonthlyDebt: {
    ...bureau,
    means: 'What is paid each month on debts elsewhere, whole units of the currency, rounded up.',
    type: upTo(1_000_000_000),
    unit: 'currency-units',
  },
  otherInstallmentPlans: {
    ...bureau,
    means: 'Installment plans elsewhere, by the bureau; as declared when it does not say.',
    type: category('none', 'bank', 'stores'),
    missing: 'never',
  },
  fraudScore: { ...antifraud, means: 'Likelihood of fraud, 0 to 100.', type: upTo(100), unit: 'points' },
  fraudReported: { ...antifraud, means: 'Another lender has reported a fraud by this person.', type: flag },
  lendersAsked30d: {
    ...antifraud,
    means: 'Lenders that this person has applied to in the last 30 days.',
    type: upTo(10_000),
    unit: 'times',
  },
  threeFactors: {
    ...telecom,
    means: 'Whether name, ID number and phone belong together today. Unknown is not a match.',
    type: category('match', 'mismatch', 'unknown'),
  },
  phoneMonths: {
    ...telecom,
    means: 'How long the phone number has been this person’s.',
    type: upTo(1_200),
    unit: 'months',
  },
  phoneActivity: {
    ...telecom,
    means: 'How much the number is used, as a band made by the operator.',
    type: category('none', 'low', 'usual', 'high'),
  },
  deviceRisk: { ...device, means: 'Risk of the device, 0 to 100.', type: upTo(100), unit: 'points' },
  deviceEmulated: { ...device, means: 'The device is an emulator or a farm.', type: flag },
  deviceTampered: { ...device, means: 'Its system has been broken open, or the app changed.', type: flag },
  deviceDays: {
    ...device,
    means: 'Days since the device was first seen anywhere.',
    type: upTo(36_500),
    unit: 'days',
  },
  enforcements: {
    source: 'courts',
    means: 'Debts of this person under enforcement.',
    type: upTo(10_000),
    unit: 'times',
    use: 'rule',
    missing: 'unknown',
  },
} as const satisfies Record<string, DeclaredFeature>;
