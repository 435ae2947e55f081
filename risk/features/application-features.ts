import { category, type DeclaredFeature, flag, share, upTo } from './definition';

const always = { source: 'application', use: 'model', missing: 'never' } as const;

/** Who applies, for what, and what they declare. */
export const applicationFeatures = {
  age: {
    ...always,
    means: 'Whole years on the business date. Admission by law only; in no score.',
    type: upTo(150),
    unit: 'years',
    use: 'eligibility',
    missing: 'unknown',
  },
  region: {
    ...always,
    means: 'Province of the ID document, two digits.',
    type: { kind: 'text', pattern: /^\d{2}$/ },
    unit: 'none',
    use: 'rule',
  },
  identityVerified: {
    ...always,
    means: 'Name, ID number and phone were found to belong together.',
    type: flag,
    unit: 'none',
    use: 'rule',
  },
  termMonths: { ...always, means: 'Months until the last installment.', type: upTo(1_200), unit: 'months' },
  amount: {
    ...always,
    means: 'What is asked for, whole units of the currency, rounded down.',
    type: upTo(1_000_000_000),
    unit: 'currency-units',
  },
  monthlyIncome: {
    ...always,
    means: 'Declared income of a month, whole units of the currency, rounded down.',
    type: upTo(1_000_000_000),
    unit: 'currency-units',
  },
  installmentShare: {
    ...always,
    means:
      'What a month asks for on the mean, as a share of the income that debts elsewhere leave; null: none is left.',
    type: share,
    unit: 'none',
    missing: 'unknown',
  },
  employment: {
    ...always,
    means: 'Declared time in the present employment.',
    type: category('unemployed', 'under-1-year', '1-to-4-years', '4-to-7-years', '7-years-and-more'),
    unit: 'none',
  },
  housing: { ...always, means: 'Declared housing.', type: category('free', 'rent', 'own'), unit: 'none' },
  property: {
    ...always,
    means: 'Most valuable property declared.',
    type: category('none', 'car-or-other', 'life-insurance', 'real-estate'),
    unit: 'none',
  },
  purpose: {
    ...always,
    means: 'What the money is for.',
    type: category(
      'new-car',
      'used-car',
      'furniture',
      'electronics',
      'appliances',
      'repairs',
      'education',
      'vacation',
      'retraining',
      'business',
      'other',
    ),
    unit: 'none',
  },
  residence: {
    ...always,
    means: 'Declared time at the present address.',
    type: category('under-1-year', '1-to-4-years', '4-to-7-years', '7-years-and-more'),
    unit: 'none',
  },
  formSeconds: {
    ...always,
    means: 'How long the form was in front of the applicant.',
    type: upTo(86_400),
    unit: 'none',
    use: 'rule',
    missing: 'unknown',
  },
  scriptedInput: {
    ...always,
    means: 'How much filling in the form looked like a script or somebody practised: 0 not at all, 100 surely.',
    type: upTo(100),
    unit: 'points',
    use: 'rule',
    missing: 'unknown',
  },
} as const satisfies Record<string, DeclaredFeature>;
