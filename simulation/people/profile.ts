import type { Declaration } from '../../domain/application';
import { type BusinessDate, businessDate, type MoneyText, parseMoney } from '../../domain/kernel';
import { figuresOf } from '../../domain/schedule';
import { personalCredit } from '../offerings';
import { between, chance, type SeededRandom, seededRandom } from '../random';
import type { Applicant, BureauFile } from './applicant';
import { Registry } from './identity';
import { type Risk, temperamentOf } from './temperament';

/** The attributes that the data describes people by, in the house's own words. */
export interface Profile
  extends Omit<Declaration, 'monthlyIncome'>,
    Omit<BureauFile, 'existingMonthlyDebt' | 'blacklisted'> {
  readonly age: number;
  /** Whole units of money. */
  readonly amount: number;
  readonly termMonths: number;
  /** The installment as a share of disposable income, in percent. */
  readonly installmentShare: InstallmentShare;
  readonly risk: Risk;
}

type InstallmentShare = 'under-20' | '20-to-25' | '25-to-35' | '35-and-more';

export interface PeopleOptions {
  readonly seed: string;
  /** The day on which everybody has the age that the data says; the first day of the play. */
  readonly startDate: BusinessDate;
  /** They arrive over so many business days. */
  readonly businessDays?: number;
}

const BUSINESS_DAYS = 180;

/**
 * Well inside each class, so that no rounding leads out of it. The highest reach above what the house allows (50 %).
 */
const SHARES: Readonly<Record<InstallmentShare, readonly [least: number, most: number]>> = {
  'under-20': [0.06, 0.195],
  '20-to-25': [0.205, 0.245],
  '25-to-35': [0.255, 0.345],
  '35-and-more': [0.355, 0.53],
};

/** Credits elsewhere, each of which takes some share of the disposable income. */
const OTHER_CREDITS: Readonly<Record<BureauFile['existingCredits'], number>> = {
  '1': 0,
  '2-3': 1,
  '4-5': 3,
  '6-and-more': 5,
};
const PLANS: Readonly<Record<BureauFile['otherInstallmentPlans'], number>> = { none: 0, stores: 0.5, bank: 1 };

/** Who ends badly is on a blacklist now and then; the data says nothing of it. */
const BLACKLISTED: Readonly<Record<Risk, number>> = { good: 0.002, bad: 0.02 };

const yuan = (whole: number): MoneyText => ({ amount: `${whole}.00`, currency: 'CNY' });

/** Months of thirty days cost the same on any day. */
const ANY_DAY = businessDate('2026-01-01');

/** What one month of the wanted credit costs, in yuan, as the house will work it out. */
const installmentOf = ({ amount, termMonths }: Profile): number => {
  const { rows } = figuresOf(personalCredit.terms, parseMoney(yuan(amount)), termMonths, ANY_DAY).schedule;
  return Number(rows[1]?.total ?? 0);
};

/** Income and debts such that the installment takes a share of the class stated of what the debts leave. */
const means = (profile: Profile, random: SeededRandom): { readonly income: number; readonly debt: number } => {
  const [least, most] = SHARES[profile.installmentShare];
  const disposable = Math.ceil(installmentOf(profile) / between(random, least, most));
  const debts = OTHER_CREDITS[profile.existingCredits] + PLANS[profile.otherInstallmentPlans];
  const debt = Math.round(debts * between(random, 0.04, 0.1) * disposable);
  return { income: disposable + debt, debt };
};

const applicantOf = (
  key: string,
  profile: Profile,
  { registry, random, businessDays }: { registry: Registry; random: SeededRandom; businessDays: number },
): Applicant => {
  const { income, debt } = means(profile, random.fork('means'));
  const { employment, job, housing, property, purpose, dependants, residence, otherInstallmentPlans } = profile;
  const { checkingStatus, creditHistory, savings, existingCredits } = profile;
  return {
    key,
    person: registry.person(profile.age, random),
    declaration: {
      monthlyIncome: yuan(income),
      employment,
      job,
      housing,
      property,
      purpose,
      otherInstallmentPlans,
      dependants,
      residence,
    },
    bureauFile: {
      checkingStatus,
      creditHistory,
      savings,
      existingCredits,
      otherInstallmentPlans,
      existingMonthlyDebt: yuan(debt),
      blacklisted: chance(random.fork('blacklist'), BLACKLISTED[profile.risk]),
    },
    wants: { amount: yuan(profile.amount), termMonths: profile.termMonths },
    // More come at the beginning, when the house is new, than later.
    arrivesOn: Math.floor(businessDays * random.fork('arrival').next() ** 1.5),
    temperament: temperamentOf(profile.risk, random.fork('temperament')),
  };
};

/** Gives each profile a person: identity, means, day of arrival and temperament, each from a stream of their own. */
export const applicantsOf = (
  profiles: readonly Profile[],
  { seed, startDate, businessDays = BUSINESS_DAYS }: PeopleOptions,
): readonly Applicant[] => {
  const registry = new Registry(startDate);
  const people = seededRandom(seed).fork('people');
  return profiles.map((profile, index) => {
    const key = `a${String(index + 1).padStart(4, '0')}`;
    return applicantOf(key, profile, { registry, random: people.fork(key), businessDays });
  });
};
