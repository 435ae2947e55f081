import { businessCalendar } from '../../calendar';
import { type Currency, minorDigits } from '../../kernel';
import { ALLOCATED_PORTIONS, DUE_STATES } from './allocation-rules';
import type { LoanTerms } from './loan-terms';

/** The loans that terms are offered for: bounds with both ends in them. Amounts in minor units. */
export interface LoansUnder {
  readonly amount: { readonly least: bigint; readonly most: bigint };
  readonly installments: { readonly least: number; readonly most: number };
}

/**
 * What makes terms contradict themselves, or the loans that they are offered for: undefined when every such loan has a
 * plan. The schema says what each term may be, this what they may be together. Looked at when a product is drafted:
 * quotes and contracts take their terms from there.
 */
export const flawOfTerms = (terms: LoanTerms, loans: LoansUnder): string | undefined => {
  for (const [where, flawOf] of Object.entries(FLAWS)) {
    const flaw = flawOf(terms, loans);
    if (flaw !== undefined) return `terms.${where}: ${flaw}`;
  }
  return undefined;
};

type FlawOf = (terms: LoanTerms, loans: LoansUnder) => string | undefined;

const rounding: FlawOf = ({ currency, planning, rounding: { amountMultiple, installmentMultiple, smoothing } }) => {
  if (smoothing && planning === 'cumulative') return 'planned period by period, the last installment takes the residue';
  for (const multiple of [amountMultiple, installmentMultiple]) {
    if (multiple === undefined) continue;
    const minor = minorOf(multiple, currency);
    if (minor === undefined) return `${multiple} is finer than ${currency}`;
    if (minor === 0n) return 'nothing is a multiple of nought';
  }
  return undefined;
};

const amortization: FlawOf = (terms, loans) => {
  const { amortization: shape, currency, interest } = terms;
  if (shape.kind === 'hand-made') return flawOfPlanByHand(shape.principal, terms, loans);
  if (!('amount' in shape)) return undefined;
  const amount = minorOf(shape.amount, currency);
  if (amount === undefined) return `${shape.amount} is finer than ${currency}`;
  if (amount === 0n) return 'an amount above nought';
  if (shape.kind !== 'balloon-amount') return undefined;
  if (interest.method === 'flat') return 'flat interest leaves no balloon of a given amount';
  return amount > loans.amount.least ? 'the balloon is more than the least that is lent' : undefined;
};

/** A plan by hand is that of one sum in one number of installments. */
const flawOfPlanByHand = (
  principal: readonly string[],
  { currency, downPayment, grace }: LoanTerms,
  { amount, installments }: LoansUnder,
): string | undefined => {
  const parts = principal.map((part) => minorOf(part, currency));
  const sum = parts.reduce<bigint>((total, part) => total + (part ?? 0n), 0n);
  if (parts.includes(undefined)) return `some principal is finer than ${currency}`;
  if (installments.least !== principal.length || installments.most !== principal.length) {
    return `a plan by hand of ${principal.length} installments is for loans of as many`;
  }
  if (amount.least !== sum || amount.most !== sum)
    return 'what a plan by hand repays is what is lent, and nothing else';
  if (downPayment !== undefined) return 'a plan by hand names what is paid down itself';
  return grace.principal > 0 ? 'a plan by hand names the installments without principal itself' : undefined;
};

const dueDates: FlawOf = ({ dueDates: { calendar, period }, interest: { dayCount } }) => {
  if (calendar.name !== undefined && businessCalendar(calendar.name) === undefined) {
    return `there is no calendar ${calendar.name}`;
  }
  const days = period.every * DAYS_AT_LEAST[period.unit];
  if (calendar.name !== undefined && calendar.adjustment !== 'none' && days < LONGEST_HOLIDAY) {
    return 'two due dates may meet on the business day after a holiday';
  }
  const isEven = { days: 365, weeks: 52, months: 12, years: 1 }[period.unit] % period.every === 0;
  return dayCount === 'act/act-icma' && !isEven ? 'ACT/ACT ICMA wants a whole number of periods a year' : undefined;
};

const DAYS_AT_LEAST = { days: 1, weeks: 7, months: 28, years: 365 } as const;
/** No holiday, with the weekends beside it, is as long as this. */
const LONGEST_HOLIDAY = 14;

const grace: FlawOf = ({ grace: { interest, principal } }, { installments: { least } }) => {
  if (principal >= least) return `no installment of ${least} is left to repay the principal`;
  return interest >= least ? `no installment of ${least} is left to pay the interest` : undefined;
};

const downPayment: FlawOf = ({ downPayment: down }) =>
  down !== undefined && /^1/.test(down.share) ? 'what is paid down in full is not lent' : undefined;

const tranches: FlawOf = ({ planning, tranches: { fullTerm } }) =>
  planning === 'cumulative' && fullTerm ? 'tranches of loans planned period by period share one term' : undefined;

/** What a chargeback makes owed again is principal, unless the periods are planned together. */
const chargebackOrder: FlawOf = ({ planning, chargebackOrder: order }) =>
  planning === 'cumulative' && order !== undefined
    ? 'planned period by period, all that is charged back is principal'
    : undefined;

/** Interest on interest is of the balance that a period begins with, and so of loans planned period by period. */
const recalculation: FlawOf = ({ planning, interest, recalculation: rules }) => {
  if (rules === undefined) return undefined;
  const { compounding, rest } = rules;
  if (planning === 'progressive') {
    if (compounding !== 'none') return 'loans whose periods are planned together bear no interest on interest';
    const isKnown = (rest.frequency === 'daily' || rest.frequency === 'per-installment') && rest.every === 1;
    return isKnown ? undefined : 'planned together, periods rest every day or with every installment';
  }
  return compounding !== 'none' && interest.method === 'flat' ? 'flat interest bears no interest' : undefined;
};

/** Every bucket once: money must find its way wherever it can go. */
const allocation: FlawOf = ({ allocation: rules, planning }) => {
  if (rules.kind === 'named') return undefined;
  const isShared = rules.orders.some(({ inAdvance }) => inAdvance === 'reamortize');
  if (planning === 'cumulative' && isShared) return 'planned period by period, no money in advance is shared out';
  const whole = DUE_STATES.length * ALLOCATED_PORTIONS.length;
  const isWhole = rules.orders.every(
    ({ order }) => new Set(order.map(({ portion, state }) => `${portion} ${state}`)).size === whole,
  );
  if (!isWhole) return 'an order names each portion once in every due state';
  const kinds = rules.orders.map(({ credit }) => credit);
  return new Set(kinds).size === kinds.length ? undefined : 'each kind of money has one order';
};

const charges: FlawOf = ({ charges: all, currency }) => {
  const names = all.map(({ name }) => name);
  if (new Set(names).size < names.length) return 'each has a name of its own';
  for (const { calculation, name } of all) {
    const sums = calculation.kind === 'flat' ? [calculation.amount] : [calculation.least, calculation.most];
    const isFiner = sums.some((sum) => sum !== undefined && minorOf(sum, currency) === undefined);
    if (isFiner) return `${name} is finer than ${currency}`;
  }
  return undefined;
};

/** By the term that is at fault. */
const FLAWS: Readonly<Record<string, FlawOf>> = {
  rounding,
  amortization,
  dueDates,
  grace,
  downPayment,
  tranches,
  recalculation,
  chargebackOrder,
  allocation,
  charges,
};

/** A decimal text in minor units; undefined where it is finer than the currency. */
const minorOf = (text: string, currency: Currency): bigint | undefined => {
  const [whole = '0', fraction = ''] = text.split('.');
  const digits = minorDigits(currency);
  if (!/^0*$/.test(fraction.slice(digits))) return undefined;
  return BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
};
