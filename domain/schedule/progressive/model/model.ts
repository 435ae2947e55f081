import type { Day } from '../../../calendar';
import type { LoanTerms } from '../../loan-terms';
import { type MoneyRules, moneyRulesOf } from './money-rules';
import type { PlanNote } from './plan-note';
import { type DatedRate, ratesOf } from './rates';
import type { Seed } from './repayment-periods';

/**
 * What a loan's interest is worked out of: repayment periods, each made of interest periods. An interest period is a
 * stretch of days in which neither the balance nor the rate changes. Amounts are minor units. The model is mutable and
 * lives inside one call: facts change it step by step, in the order of their days.
 */
export interface Model {
  readonly terms: LoanTerms;
  readonly money: MoneyRules;
  periods: RepaymentPeriod[];
  /** What due dates after the last are counted from. */
  seed: Seed;
  rates: DatedRate[];
  /** Days that bear no interest, also where the plan does not reach yet. */
  pauses: readonly Pause[];
  /** Principal paid out, and put back by chargebacks. */
  principal: bigint;
  /** Each payout that bears interest, by day: what flat interest is charged on. */
  payouts: { readonly on: Day; readonly amount: bigint }[];
  /** Overdue principal has been made to bear interest up to this day. */
  overdueThrough: Day | undefined;
  /** Corrections made for overdue principal, so that they can be told from payments. */
  overdueCorrections: { readonly on: Day; readonly amount: bigint; readonly due: Day }[];
  /** Early payments change the installment they are meant for. Not so once a loan is accelerated. */
  followsPayments: boolean;
  /** A new plan has replaced the grace on principal. */
  graceLifted: boolean;
  /** Index of the period that ends with the length agreed for the plan, whatever the others last. */
  fixedEnd: number | undefined;
  /** Number of installments that each payout runs over, where each has its full term. */
  readonly fullTerm: number;
  /** Sums over all periods, kept up as they change. */
  sums: Sums;
  /** No installment asks for more than this. */
  largestAsked: bigint;
  /** Interest of later days is asked for somewhere. */
  hasForward: boolean;
  /**
   * The periods that payments in turn are felt in and made of: others do not know of them yet. See `../life/turn`.
   */
  behind: { readonly felt: number; readonly paid: number } | undefined;
  /** First and last period that has changed since someone last looked. */
  changedFrom: number;
  changedTo: number;
  /** How installments came to be planned; undefined unless somebody wants to know. */
  notes: PlanNote[] | undefined;
}

/** Days, both included, that bear no interest. */
export interface Pause {
  readonly from: Day;
  readonly through: Day;
}

/** What installments ask for and have been paid. */
export interface Sums {
  asked: bigint;
  duePrincipal: bigint;
  dueInterest: bigint;
  paidPrincipal: bigint;
  paidInterest: bigint;
  /** How many installments ask for less than was paid of them. */
  short: number;
}

const noSums = (): Sums => ({
  asked: 0n,
  duePrincipal: 0n,
  dueInterest: 0n,
  paidPrincipal: 0n,
  paidInterest: 0n,
  short: 0,
});

export interface InterestPeriod {
  from: Day;
  to: Day;
  paused: boolean;
  /** Principal paid out on `to`. It bears interest from then on. */
  disbursed: bigint;
  /** What else changes the balance on `to`: principal paid early (negative), principal that is overdue. */
  correction: bigint;
  /** Put back by chargebacks on `from`. */
  creditedPrincipal: bigint;
  creditedInterest: bigint;
  /** Principal that bears interest, and the double nearest to it. Derived. */
  balance: bigint;
  base: number;
  /** Rate × share of a year from `from` to the end of the repayment period, as a double. Derived. */
  factor: number;
  /** Rate × share of a year of its own days, as the installment is worked out with. Derived. */
  installmentFactor: number;
}

/** Where a period's own interest is due: in it, in an earlier one that is still open, or in later ones. */
export type InterestPlace = 'here' | 'earlier' | 'later';

export interface RepaymentPeriod {
  from: Day;
  due: Day;
  parts: InterestPeriod[];
  /** The installment, without what chargebacks add. */
  emi: bigint;
  /** The installment as last planned, before the last one took what is left. */
  plannedEmi: bigint;
  /** Shapes that are led by principal: the installment is this and whatever interest there is. */
  plannedPrincipal: bigint | undefined;
  paidPrincipal: bigint;
  paidInterest: bigint;
  /** Interest of later days that must be paid here, as later periods are paid up already. */
  interestFromLater: bigint;
  interestPlace: InterestPlace;
  /** Interest that does not follow from days: spread by a re-amortisation or a re-aging. */
  fixedInterest: bigint;
  /** Of chargebacks: what a re-aging has moved away from here. */
  creditedMoved: bigint;
  /** No interest is asked for here; it is due with the next installment. */
  interestGrace: boolean;
  /** No principal is asked for here. */
  principalGrace: boolean;
  /** Grace that was granted later, for these portions. */
  granted: { readonly principal: boolean; readonly interest: boolean } | undefined;
  reAged: boolean;
  /** Holds what was paid early when a re-aging came. */
  holdsEarly: boolean;
  /** Put back by chargebacks in its parts. Derived. */
  credited: bigint;
  /** Interest of the period before that found no room there. Derived. */
  carriedIn: bigint;
  /** Interest of its days (rounded), what was carried in and what is due here from elsewhere. Derived. */
  interest: bigint;
  /** Of it: asked for with this installment. The rest goes to the next. Derived. */
  dueInterest: bigint;
  /** Derived. */
  duePrincipal: bigint;
  /** What of it is in the sums of the model. */
  counted: Sums;
  /** False where no principal of it is left to pay, as far as it was counted: told without a comparison of amounts. */
  mayOwePrincipal: boolean;
  /** Its interest periods are another model's as well: they are copied before they change. */
  sharesParts: boolean;
  /** Nothing has happened to it yet: see `carryThroughUntouched`. Undefined until somebody looks. Derived. */
  isUntouched: boolean | undefined;
}

export const interestPeriod = (from: Day, to: Day, paused = false): InterestPeriod => ({
  from,
  to,
  paused,
  disbursed: 0n,
  correction: 0n,
  creditedPrincipal: 0n,
  creditedInterest: 0n,
  balance: 0n,
  base: 0,
  factor: 0,
  installmentFactor: 0,
});

export const repaymentPeriod = (from: Day, due: Day): RepaymentPeriod => ({
  from,
  due,
  parts: [interestPeriod(from, due)],
  emi: 0n,
  plannedEmi: 0n,
  plannedPrincipal: undefined,
  paidPrincipal: 0n,
  paidInterest: 0n,
  interestFromLater: 0n,
  interestPlace: 'here',
  fixedInterest: 0n,
  creditedMoved: 0n,
  interestGrace: false,
  principalGrace: false,
  granted: undefined,
  reAged: false,
  holdsEarly: false,
  credited: 0n,
  carriedIn: 0n,
  interest: 0n,
  dueInterest: 0n,
  duePrincipal: 0n,
  counted: noSums(),
  mayOwePrincipal: false,
  sharesParts: false,
  isUntouched: undefined,
});

/**
 * A model in which nothing was paid out yet. A full term is as many installments as there are, and dates after the last
 * are counted from the first day, unless it is said.
 */
export const modelOf = (
  terms: LoanTerms,
  stretches: readonly { readonly from: Day; readonly due: Day }[],
  fullTerm = stretches.length,
  seed: Seed = { day: stretches[0]?.from ?? 0, after: 0 },
): Model => ({
  terms,
  seed,
  money: moneyRulesOf(terms),
  periods: stretches.map(({ from, due }) => repaymentPeriod(from, due)),
  rates: ratesOf(terms),
  pauses: [],
  principal: 0n,
  payouts: [],
  overdueThrough: undefined,
  overdueCorrections: [],
  followsPayments: true,
  graceLifted: false,
  fixedEnd: undefined,
  fullTerm,
  sums: noSums(),
  largestAsked: 0n,
  hasForward: false,
  behind: undefined,
  changedFrom: 0,
  changedTo: stretches.length,
  notes: undefined,
});

export const copyOf = (model: Model): Model => copyWith(model, copyOfPeriod);

/** A copy with periods copied in another way. */
export const copyWith = (
  model: Model,
  copyPeriod: (period: RepaymentPeriod, index: number) => RepaymentPeriod,
): Model => ({
  ...model,
  periods: model.periods.map(copyPeriod),
  sums: { ...model.sums },
  payouts: [...model.payouts],
  overdueCorrections: [...model.overdueCorrections],
});

export const copyOfPeriod = (period: RepaymentPeriod): RepaymentPeriod => ({
  ...period,
  parts: period.parts.map((part) => ({ ...part })),
  sharesParts: false,
  counted: { ...period.counted },
});

/** Gives a period interest periods of its own, to be changed. */
export const copyParts = (period: RepaymentPeriod): void => {
  period.parts = period.parts.map((part) => ({ ...part }));
  period.sharesParts = false;
};

/** A copy with other interest periods, or with the same ones: see `sharesParts`. */
export const copyAround = (period: RepaymentPeriod, parts = period.parts): RepaymentPeriod => ({
  ...period,
  parts,
  sharesParts: parts === period.parts,
  counted: { ...period.counted },
});

/** Put back by chargebacks, as far as it is still due here. */
export const creditedIn = ({ credited, creditedMoved }: RepaymentPeriod): bigint => credited - creditedMoved;

export const creditedPrincipalIn = ({ parts }: RepaymentPeriod): bigint => {
  let credited = 0n;
  for (const part of parts) credited += part.creditedPrincipal;
  return credited;
};

/** All that is asked for with this installment, or would be if it were another amount. */
export const askedIn = (period: RepaymentPeriod, emi = period.emi): bigint => {
  const { credited, creditedMoved, interestFromLater } = period;
  let asked = emi;
  if (credited !== 0n) asked += credited;
  if (creditedMoved !== 0n) asked -= creditedMoved;
  if (interestFromLater !== 0n) asked += interestFromLater;
  return asked;
};

export const paidIn = ({ paidPrincipal, paidInterest }: RepaymentPeriod): bigint => paidPrincipal + paidInterest;

export const isPaidUp = (period: RepaymentPeriod): boolean => askedIn(period) === paidIn(period);

/** Interest that found no room in this installment. */
export const unaskedInterest = ({ interest, dueInterest }: RepaymentPeriod): bigint =>
  interest > dueInterest ? interest - dueInterest : 0n;

export const owedPrincipal = ({ duePrincipal, paidPrincipal }: RepaymentPeriod): bigint =>
  duePrincipal > paidPrincipal ? duePrincipal - paidPrincipal : 0n;

export const owedInterest = ({ dueInterest, paidInterest }: RepaymentPeriod): bigint =>
  dueInterest > paidInterest ? dueInterest - paidInterest : 0n;

/** A level installment, whose interest is that of its own days alone: nothing was put back, put off or agreed. */
export const asksForItsDays = (period: RepaymentPeriod): boolean =>
  period.interestPlace === 'here' &&
  !period.interestGrace &&
  period.plannedPrincipal === undefined &&
  period.interestFromLater === 0n &&
  period.fixedInterest === 0n &&
  period.credited === 0n &&
  period.creditedMoved === 0n;

/** Principal left after a period, as if it were paid as planned. */
export const balanceAfter = (period: RepaymentPeriod): bigint => {
  const last = period.parts[period.parts.length - 1];
  if (last === undefined) return 0n;
  let left = last.balance - period.duePrincipal;
  if (last.correction !== 0n) left += last.correction;
  if (last.disbursed !== 0n) left += last.disbursed;
  if (period.paidPrincipal !== 0n) left += period.paidPrincipal;
  return left > 0n ? left : 0n;
};

/** Index of the period that a day's changes of balance belong to: after its first day, up to and with its due date. */
export const periodOn = (model: Model, day: Day): number => {
  const { periods } = model;
  const [first] = periods;
  if (first !== undefined && day === first.from) return 0;
  return periods.findIndex(({ from, due }) => from < day && day <= due);
};

/** Brings the sums of the model up to a period that has changed. */
export const count = (model: Model, period: RepaymentPeriod): void => {
  const { counted } = period;
  const asked = askedIn(period);
  const { duePrincipal, dueInterest, paidPrincipal, paidInterest } = period;
  if (
    asked === counted.asked &&
    duePrincipal === counted.duePrincipal &&
    dueInterest === counted.dueInterest &&
    paidPrincipal === counted.paidPrincipal &&
    paidInterest === counted.paidInterest
  ) {
    return;
  }
  const { sums } = model;
  const short = paidPrincipal + paidInterest > asked ? 1 : 0;
  sums.short += short - counted.short;
  sums.asked += asked - counted.asked;
  sums.duePrincipal += duePrincipal - counted.duePrincipal;
  sums.dueInterest += dueInterest - counted.dueInterest;
  sums.paidPrincipal += paidPrincipal - counted.paidPrincipal;
  sums.paidInterest += paidInterest - counted.paidInterest;
  period.mayOwePrincipal = duePrincipal > paidPrincipal;
  counted.asked = asked;
  counted.short = short;
  counted.duePrincipal = duePrincipal;
  counted.dueInterest = dueInterest;
  counted.paidPrincipal = paidPrincipal;
  counted.paidInterest = paidInterest;
  if (asked > model.largestAsked) model.largestAsked = asked;
};

/** Sums up anew: after periods were taken away. */
export const recount = (model: Model): void => {
  model.sums = noSums();
  for (const period of model.periods) {
    period.counted = noSums();
    count(model, period);
  }
};
