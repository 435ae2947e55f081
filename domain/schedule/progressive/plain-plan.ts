import type { Day } from '../../calendar';
import { minorDigits } from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import type { LoanAgreement, PlannedDisbursement, PlannedInstallment } from '../replay';
import { nearestDouble } from './model/amounts';
import { type MoneyRules, moneyRulesOf, surelyRoundedMinor } from './model/money-rules';
import { repaymentPeriods, startOf } from './model/repayment-periods';
import type { Stretch } from './model/year-share';
import { periodRates, type Rates } from './plain-rates';

/**
 * The plan of the plainest loan there is (one payout on the first day, one rate, equal installments), worked out in
 * doubles. Every figure is a whole number below 2^50 or is rounded from one whose error cannot reach the next minor
 * unit (or else worked out digit by digit), so the plan is the same as the model's. Undefined where the loan is not
 * plain.
 */
export const plainPlan = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  { on, amount }: PlannedDisbursement,
): readonly PlannedInstallment[] | undefined => {
  if (!isPlain(terms) || amount >= MOST || startOf(terms, agreement, on) !== on) return undefined;
  const money = moneyRulesOf(terms);
  const stretches = repaymentPeriods(terms, agreement, on);
  const rates = periodRates(terms, agreement, money, stretches);
  const principal = nearestDouble(amount);
  const emi = installmentFor(money, rates.installment, principal);
  if (emi === undefined) return undefined;
  const perUnit = 10 ** minorDigits(terms.currency);
  const plan = smoothed(money, rates, principal, emi, perUnit);
  return plan && rowsOf(stretches, plan, principal);
};

const MOST = 2n ** 46n;

const isPlain = ({ interest, amortization, grace, downPayment, rate, rounding }: LoanTerms): boolean =>
  interest.method === 'declining-balance' &&
  amortization.kind === 'equal-installments' &&
  grace.principal + grace.interest + grace.interestFree === 0 &&
  downPayment === undefined &&
  rate.kind === 'fixed' &&
  rounding.amountMultiple === undefined &&
  rounding.installmentMultiple === undefined;

/** See `equalInstallment`. */
const installmentFor = (money: MoneyRules, rates: Float64Array, principal: number): number | undefined => {
  let growth = 1;
  let divisor = 0;
  for (const rate of rates) {
    growth *= 1 + rate;
    divisor = divisor === 0 ? 1 : 1 + divisor * (1 + rate);
  }
  const amount = (growth * principal) / divisor;
  return surelyRoundedMinor(money, amount, amount * (8 * rates.length + 24) * 2 ** -53);
};

interface PlainPlan {
  readonly emi: number;
  /** Interest of each period. */
  readonly interest: Float64Array;
  /** What the last installment is more than the others. */
  readonly difference: number;
}

/** The installments of a plan, the last taking what is left; undefined where one would not do or is in doubt. */
const repaid = (
  money: MoneyRules,
  { interest: rates, exactly }: Rates,
  principal: number,
  emi: number,
): PlainPlan | undefined => {
  const interest = new Float64Array(rates.length);
  let balance = principal;
  const last = rates.length - 1;
  for (let index = 0; index <= last; index += 1) {
    const charged = balance * (rates[index] ?? 0);
    const error = balance * CARRIED_ERROR + charged * RELATIVE_ERROR;
    const rounded = charged === 0 ? 0 : (surelyRoundedMinor(money, charged, error) ?? exactly(index, balance));
    if (rounded > emi) return undefined;
    interest[index] = rounded;
    if (index === last) return { emi, interest, difference: balance + rounded - emi };
    balance -= emi - rounded;
    if (balance <= 0) return undefined;
  }
  return undefined;
};

const RELATIVE_ERROR = 32 * 2 ** -53;
const CARRIED_ERROR = 1e-18;
const ROUNDS = 3;

/** See `smooth`. */
const smoothed = (
  money: MoneyRules,
  rates: Rates,
  principal: number,
  emi: number,
  perUnit: number,
): PlainPlan | undefined => {
  let plan = repaid(money, rates, principal, emi);
  for (let round = 0; round < ROUNDS && plan !== undefined; round += 1) {
    const share = shareOfDifference(money, plan, rates.interest.length, perUnit);
    if (share === 0 || share === undefined) return share === 0 ? plan : undefined;
    const moved = repaid(money, rates, principal, plan.emi + (plan.difference < 0 ? -share : share));
    if (moved === undefined) return undefined;
    if (Math.abs(moved.difference) >= Math.abs(plan.difference)) return plan;
    plan = moved;
  }
  return plan;
};

/** An even share of what the last installment differs by; 0 where it is not worth spreading, undefined if in doubt. */
const shareOfDifference = (money: MoneyRules, plan: PlainPlan, count: number, perUnit: number): number | undefined => {
  const difference = Math.abs(plan.difference);
  const half = Math.floor(count / 2);
  if (!money.smoothing || half === 0 || difference * 100 <= half * perUnit) return 0;
  const even = difference / count;
  return surelyRoundedMinor(money, even, even * 2 ** -52);
};

const rowsOf = (
  stretches: readonly Stretch[],
  { emi, interest }: PlainPlan,
  principal: number,
): readonly PlannedInstallment[] => {
  const rows = new Array<PlannedInstallment>(stretches.length);
  let balance = principal;
  for (let index = 0; index < stretches.length; index += 1) {
    const { from, due } = stretches[index] ?? NOWHERE;
    const charged = interest[index] ?? 0;
    const repays = index === stretches.length - 1 ? balance : emi - charged;
    balance -= repays;
    rows[index] = row(index + 1, from, due, repays, charged, balance);
  }
  return rows;
};

const NOWHERE: Stretch = { from: 0, due: 0 };

const row = (
  n: number,
  from: Day,
  due: Day,
  principal: number,
  interest: number,
  balance: number,
): PlannedInstallment => ({
  n,
  kind: 'regular',
  from,
  due,
  principal: BigInt(principal),
  interest: BigInt(interest),
  fee: 0n,
  penalty: 0n,
  balance: BigInt(balance),
});
