import { aggregates } from '../../commands';
import type { Decision, SourceRecord } from '../../domain/application';
import {
  type BusinessDate,
  businessDateAt,
  divideRounded,
  instantAt,
  type MoneyText,
  parseMoney,
} from '../../domain/kernel';
import { type Quote, quoteOf, termMonthsOf } from '../../domain/schedule';
import type { CreditReport } from '../../gateways/bureau';
import type { EffectContext } from '../../platform/processing';
import { FEATURE_NAMES, type FeatureVector } from '../../risk/features';
import { command, type Reaction } from '../house-saga';
import { decideApplication } from './decide-application';
import type { Effect } from './effect';
import type { OutsideWorld } from './outside-world';

/** Whole years between a birth date and a day; on the birthday itself the new year counts. */
const ageOn = (birthDate: string, on: BusinessDate): number => {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
};

/**
 * What the plan asks for in a month, on the mean of its months, as a share of what income leaves after other debts:
 * plans of any shape and period can be compared. Rounded up to 4 decimals; null when nothing is left.
 */
const installmentShare = (
  { schedule: { totals, currency } }: Quote,
  months: number,
  income: MoneyText,
  debts: MoneyText | undefined,
): number | null => {
  const disposable = parseMoney(income).minor - (debts ? parseMoney(debts).minor : 0n);
  if (disposable <= 0n) return null;
  const asked =
    parseMoney({ amount: totals.principal, currency }).minor + parseMoney({ amount: totals.interest, currency }).minor;
  const share = divideRounded(asked * 10_000n, disposable * BigInt(months), 'UP');
  return Number(share) / 10_000;
};

/** A feature, in whole units; it is weighed and never booked. */
// biome-ignore lint/plugin: see above.
const wholeUnits = (money: MoneyText): number => Number(money.amount.split('.')[0]);

// Every name is there, and null is a value of each.
const NOTHING_KNOWN = Object.fromEntries(FEATURE_NAMES.map((name) => [name, null])) as FeatureVector['values'];

const BUREAU: ReadonlySet<string> = new Set([
  'blacklisted',
  'checkingStatus',
  'creditHistory',
  'savings',
  'existingCredits',
]);

const provenanceOf = (values: FeatureVector['values'], { at, outcome }: SourceRecord): FeatureVector['provenance'] => {
  const missing = outcome === 'answered' ? 'not-supplied' : outcome;
  // Of every name again.
  return Object.fromEntries(
    FEATURE_NAMES.map((name) => [
      name,
      {
        source: BUREAU.has(name) ? 'bureau' : 'application',
        observedAt: values[name] === null ? null : at,
        ageMs: values[name] === null ? null : 0,
        ...(values[name] === null ? { missing } : {}),
      },
    ]),
  ) as FeatureVector['provenance'];
};

const heard = (report: CreditReport | undefined) => ({
  blacklisted: report?.blacklisted ?? null,
  checkingStatus: report?.checkingStatus ?? null,
  creditHistory: report?.creditHistory ?? null,
  savings: report?.savings ?? null,
  existingCredits: report?.existingCredits ?? null,
});

/**
 * Gathers what the policy needs, each source under a consent in force, and decides. What is recorded is everything the
 * decision was made from, so that it can be made again; an approval brings the offer with its full plan.
 */
export const assessApplication = async (
  world: OutsideWorld,
  { applicationId }: Extract<Effect, { readonly kind: 'assess-application' }>,
  { effectId }: EffectContext,
): Promise<readonly Reaction[]> => {
  const { read, clock, stopwatch, bureau, hash } = world;
  const started = stopwatch();
  const application = (await read.load(aggregates.application, applicationId)).state;
  if (application.status !== 'deciding') return [];
  const borrower = (await read.load(aggregates.borrower, application.borrowerId)).state;
  const reject = (reason: Decision['reasons'][number]): readonly Reaction[] => [
    command('reject', { type: 'RejectApplication', data: { applicationId, reasons: [reason] } }),
  ];
  if (borrower.status !== 'verified') return reject('IDENTITY_NOT_VERIFIED');
  const consent = borrower.consents.find(({ scope }) => scope === 'credit-bureau');
  if (consent === undefined) return reject('CONSENT_MISSING');
  const [name, idNumber, birthDate] = await Promise.all([
    borrower.name.reveal(),
    borrower.idNumber.reveal(),
    borrower.birthDate.reveal(),
  ]);
  if (name === undefined || idNumber === undefined || birthDate === undefined) return reject('IDENTITY_NOT_VERIFIED');

  const asked = stopwatch();
  const answer = await bureau.report({ name, idNumber, consentId: consent.consentId, requestId: effectId });
  const report = answer.outcome === 'answered' ? answer.report : undefined;
  const source: SourceRecord = {
    source: bureau.name,
    outcome: answer.outcome,
    ...(report ? { reference: report.reference } : {}),
    consentId: consent.consentId,
    tookMs: Math.round(stopwatch() - asked),
    at: instantAt(clock.now()),
  };

  const today = businessDateAt(clock.now());
  const { declaration, amount, installments, terms } = application;
  const offer = quoteOf(terms, parseMoney(amount), installments, today, hash);
  const termMonths = termMonthsOf(terms, installments);
  const values: FeatureVector['values'] = {
    ...NOTHING_KNOWN,
    ...heard(report),
    age: ageOn(birthDate, today),
    region: borrower.region,
    identityVerified: true,
    otherInstallmentPlans: report?.otherInstallmentPlans ?? declaration.otherInstallmentPlans,
    employment: declaration.employment,
    housing: declaration.housing,
    property: declaration.property,
    residence: declaration.residence,
    purpose: declaration.purpose,
    termMonths,
    amount: wholeUnits(amount),
    monthlyIncome: wholeUnits(declaration.monthlyIncome),
    installmentShare: installmentShare(offer, termMonths, declaration.monthlyIncome, report?.existingMonthlyDebt),
  };
  const features: FeatureVector = { values, provenance: provenanceOf(values, source), lists: {} };
  return decideApplication(world, { applicationId, application, features, sources: [source], started });
};
