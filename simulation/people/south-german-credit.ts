import { personalCredit } from '../offerings';
import type { Applicant } from './applicant';
import { CsvError, readTable } from './csv';
import { applicantsOf, type PeopleOptions, type Profile } from './profile';

type Quantity = 'age' | 'amount' | 'termMonths';
type Labelled = Exclude<keyof Profile, Quantity>;

/** The column of the file that each attribute comes from, and what its labels mean in the house's words. */
const LABELS: {
  readonly [Name in Labelled]: { readonly column: string; readonly words: Readonly<Record<string, Profile[Name]>> };
} = {
  checkingStatus: {
    column: 'status',
    words: {
      'no checking account': 'none',
      '< 0 DM': 'negative',
      '0 <= ... < 200 DM': 'below-200',
      '>= 200 DM or salary for at least 1 year': '200-and-more',
    },
  },
  creditHistory: {
    column: 'credit_history',
    words: {
      'delay in paying off in the past': 'delayed',
      'critical account or other credits elsewhere': 'critical',
      'no credits taken or all credits paid back duly': 'none-or-paid',
      'existing credits paid back duly till now': 'paid-duly',
      'all credits at this bank paid back duly': 'all-paid-here',
    },
  },
  purpose: {
    column: 'purpose',
    words: {
      'car (new)': 'new-car',
      'car (used)': 'used-car',
      'furniture or equipment': 'furniture',
      'radio or television': 'electronics',
      'domestic appliances': 'appliances',
      repairs: 'repairs',
      education: 'education',
      vacation: 'vacation',
      retraining: 'retraining',
      business: 'business',
      others: 'other',
    },
  },
  savings: {
    column: 'savings',
    words: {
      'unknown or no savings account': 'unknown-or-none',
      '< 100 DM': 'below-100',
      '100 <= ... < 500 DM': '100-to-500',
      '500 <= ... < 1000 DM': '500-to-1000',
      '>= 1000 DM': '1000-and-more',
    },
  },
  employment: {
    column: 'employment_duration',
    words: {
      unemployed: 'unemployed',
      '< 1 year': 'under-1-year',
      '1 <= ... < 4 years': '1-to-4-years',
      '4 <= ... < 7 years': '4-to-7-years',
      '>= 7 years': '7-years-and-more',
    },
  },
  installmentShare: {
    column: 'installment_rate',
    words: {
      '< 20 %': 'under-20',
      '20 <= ... < 25 %': '20-to-25',
      '25 <= ... < 35 %': '25-to-35',
      '>= 35 %': '35-and-more',
    },
  },
  residence: {
    column: 'present_residence',
    words: {
      '< 1 year': 'under-1-year',
      '1 <= ... < 4 years': '1-to-4-years',
      '4 <= ... < 7 years': '4-to-7-years',
      '>= 7 years': '7-years-and-more',
    },
  },
  property: {
    column: 'property',
    words: {
      'unknown or no property': 'none',
      'car or other': 'car-or-other',
      'building society savings or life insurance': 'life-insurance',
      'real estate': 'real-estate',
    },
  },
  otherInstallmentPlans: {
    column: 'other_installment_plans',
    words: { none: 'none', bank: 'bank', stores: 'stores' },
  },
  housing: { column: 'housing', words: { 'for free': 'free', rent: 'rent', own: 'own' } },
  existingCredits: {
    column: 'number_credits',
    words: { '1': '1', '2-3': '2-3', '4-5': '4-5', '>= 6': '6-and-more' },
  },
  job: {
    column: 'job',
    words: {
      'unemployed or unskilled non-resident': 'unskilled-non-resident',
      'unskilled resident': 'unskilled',
      'skilled employee or official': 'skilled',
      'manager, self-employed or highly qualified': 'management',
    },
  },
  dependants: { column: 'people_liable', words: { '0 to 2': '0-to-2', '3 or more': '3-or-more' } },
  risk: { column: 'credit_risk', words: { good: 'good', bad: 'bad' } },
};

/** The numbers with what they may be: adults, and what the simulated house lends. Nothing is bent to fit. */
const { amount, installments } = personalCredit;
const QUANTITIES: Readonly<
  Record<Quantity, { readonly column: string; readonly least: number; readonly most: number }>
> = {
  age: { column: 'age', least: 18, most: 100 },
  amount: { column: 'amount', least: Number(amount.least.amount), most: Number(amount.most.amount) },
  termMonths: { column: 'duration', ...installments },
};

const COLUMNS = [...Object.values(QUANTITIES), ...Object.values(LABELS)].map(({ column }) => column);

const profileOf = (row: Readonly<Record<string, string>>, line: number): Profile => {
  const whole = (name: Quantity): number => {
    const { column, least, most } = QUANTITIES[name];
    const text = row[column] ?? '';
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new CsvError(`row ${line}: ${column} is "${text}", not a whole number from ${least} to ${most}`);
  };
  const word = <Name extends Labelled>(name: Name): Profile[Name] => {
    const { column, words } = LABELS[name];
    const label = row[column] ?? '';
    const meaning = Object.hasOwn(words, label) ? words[label] : undefined;
    if (meaning !== undefined) return meaning;
    throw new CsvError(`row ${line}: ${column} has no label "${label}"`);
  };
  return {
    age: whole('age'),
    amount: whole('amount'),
    termMonths: whole('termMonths'),
    checkingStatus: word('checkingStatus'),
    creditHistory: word('creditHistory'),
    purpose: word('purpose'),
    savings: word('savings'),
    employment: word('employment'),
    installmentShare: word('installmentShare'),
    residence: word('residence'),
    property: word('property'),
    otherInstallmentPlans: word('otherInstallmentPlans'),
    housing: word('housing'),
    existingCredits: word('existingCredits'),
    job: word('job'),
    dependants: word('dependants'),
    risk: word('risk'),
  };
};

/**
 * The applicants behind the rows of the South German Credit data (U. Grömping 2019, UCI Machine Learning Repository,
 * CC BY 4.0), with labels in English. Deutsche Mark count as yuan one to one. Who they are is made up from the seed:
 * sex, nationality and everything else that the house does not ask for is left behind.
 * @throws CsvError naming the columns that are missing, or the row and the value that cannot be used
 */
export const applicantsFromCsv = (text: string, options: PeopleOptions): readonly Applicant[] =>
  applicantsOf(
    readTable(text, COLUMNS).map((row, index) => profileOf(row, index + 2)),
    options,
  );
