import type { Day } from '../../../calendar';
import { type Allocation, allocate, allocationFor, type DueState, type Portion } from '../../allocation';
import { ALLOCATED_PORTIONS, type CreditKind } from '../../loan-terms';
import { positive, smaller } from '../model/amounts';
import { outstandingPrincipalOf } from '../model/carry';
import { type DueAmounts, dueAmountsOn } from '../model/due-amounts';
import { evenly } from '../model/installment-amount';
import { mostInterest, payInterest, payPrincipal } from '../model/pay';
import { payCharges } from './charge';
import { checkMet, type Installment, outstandingOf, oweAsPlanned, payPortion } from './installment';
import { type Entry, followsDays, type Life } from './life';
import { runningOn } from './payoff';
import { takeOver } from './sync';

/** Divides money over what is owed; answers with what was left over. What it paid is written to the entry. */
export const divide = (
  life: Life,
  entry: Entry,
  credit: CreditKind | undefined,
  amount: bigint,
  on: Day,
  until: PayoffDay,
  isRest = false,
): bigint => {
  const allocation = allocationOf(life, credit);
  const follows = followsDays(life);
  const settled = new Set<Installment>();
  const asks: Asks = { isVertical: allocation.processing === 'vertical', last: undefined };
  return allocate<Installment>(
    amount,
    on,
    allocation,
    {
      all: () => life.turn?.all ?? life.installments,
      dueOn: ({ due }) => due,
      isOpen: ({ isMet }) => !isMet,
      takesInAdvance: (installment) =>
        follows && !settled.has(installment) && installment.owed.principal + installment.owed.interest === 0n,
      owed: (installment, portion) => outstandingOf(installment, portion),
      pay: (installment, portion, share, state) => {
        const payment = { life, installment, portion, share, state, on, until, isRest };
        const taken =
          follows && isInModel(life, installment) ? payWithModel(payment, asks, settled) : payPlainly(payment, settled);
        if (taken > 0n) write(entry, installment, portion, taken, state);
        return taken;
      },
    },
    (sum, count) => evenly(life.model.money, sum, count),
  );
};

/** How money is divided. For fewer installments the end of the plan takes what the running installment leaves. */
export const allocationOf = ({ terms }: Life, credit: CreditKind | undefined): Allocation => {
  const allocation = allocationFor(terms.allocation, credit);
  const isShortened = terms.recalculation?.onAdvancePayment === 'fewer-installments';
  return isShortened ? { ...allocation, inAdvance: 'running-then-last' } : allocation;
};

/** What lends money has parts of its own: what was lent. What an overpayment pays of them is in their lines alone. */
const LENDS: ReadonlySet<string> = new Set([
  'disbursement',
  'capitalized-income',
  'chargeback',
  'credit-balance-refund',
]);

/**
 * Until when interest is counted for money in advance: its own day, or the end of the running period; for the running
 * installment alone, or for all of them where the money closes the loan. `asks-due-date`: the running installment asks
 * for as much as on its due date, and is paid on the day.
 */
export type PayoffDay = 'day' | 'due-date' | 'all-due-date' | 'asks-due-date';

interface Payment {
  readonly life: Life;
  readonly installment: Installment;
  readonly portion: Portion;
  readonly share: bigint;
  readonly state: DueState;
  readonly on: Day;
  readonly until: PayoffDay;
  /** Money that found no place: it pays any principal that is left. */
  readonly isRest: boolean;
}

const isInModel = ({ model }: Life, { kind, due, period }: Installment): boolean =>
  period !== undefined && kind !== 'down-payment' && due <= (model.periods.at(-1)?.due ?? due);

const payPlainly = ({ life, installment, portion, share, on }: Payment, settled: Set<Installment>): bigint => {
  if (installment.period === undefined) settled.add(installment);
  const taken = payPortion(installment, portion, share, on);
  if (portion === 'principal') life.outstandingPrincipal -= taken;
  if (portion === 'fee' || portion === 'penalty') payCharges(life, installment, portion, taken);
  checkMet(installment, on);
  return taken;
};

/** What an installment was last found to ask for in advance, as long as nothing has happened since. */
interface Asks {
  readonly isVertical: boolean;
  last: { readonly installment: Installment; readonly day: Day; readonly amounts: DueAmounts } | undefined;
}

const payWithModel = (payment: Payment, asks: Asks, settled: Set<Installment>): bigint => {
  const { life, installment, portion, state, on } = payment;
  if (portion === 'fee' || portion === 'penalty') {
    return outstandingOf(installment, portion) > 0n ? payPlainly(payment, settled) : 0n;
  }
  const { model } = life;
  const index = installment.period === undefined ? -1 : model.periods.indexOf(installment.period);
  const [day, asked] = state === 'in-advance' ? daysOf(payment) : [on, on];
  if (state === 'in-advance') askInAdvance(payment, index, asked, asks, settled);
  const through = countedThrough(payment, day);
  const most = portion === 'principal' ? outstandingPrincipalOf(model) : mostInterest(model, index, through);
  const taken = payInModel(payment, portion, index, day, most, through);
  if (taken > 0n || model.hasForward) asks.last = undefined;
  return taken;
};

/** The day that money in advance counts as paid on, and the day whose interest the installment asks for. */
const daysOf = ({ life: { model }, installment, on, until }: Payment): readonly [paid: Day, asked: Day] => {
  const end = installment.from < on && on <= installment.due ? installment.due : on;
  switch (until) {
    case 'day':
      return [on, on];
    case 'due-date':
      return [end, end];
    case 'asks-due-date':
      return [on, end];
    case 'all-due-date': {
      const rest = model.periods[runningOn(model, on)]?.due ?? on;
      return [rest, rest];
    }
  }
};

/** Until when an installment asks for interest that only later days bear: as far as the payment counts interest. */
const countedThrough = ({ life: { model }, on, until }: Payment, day: Day): Day =>
  until === 'day' || until === 'asks-due-date' ? day : (model.periods[runningOn(model, on)]?.due ?? day);

const payInModel = (
  { life, installment, share, on }: Payment,
  portion: 'interest' | 'principal',
  index: number,
  day: Day,
  most: bigint,
  through = day,
): bigint => {
  const taken = payPortion(installment, portion, smaller(share, most), on);
  if (portion === 'principal') life.outstandingPrincipal -= taken;
  checkMet(installment, on);
  if (portion === 'principal') payPrincipal(life.model, index, day, taken, through);
  else payInterest(life.model, index, through, taken);
  resume(installment, on);
  takeOver(life, on);
  return taken;
};

const PRINCIPAL_FIRST = ALLOCATED_PORTIONS.toReversed();

/**
 * Pays what is still owed with money that no order of allocation has found a place for: nothing is held for a borrower
 * who owes. Principal first, as it bears no interest of days to come once it is paid. Answers with what was left over.
 */
export const payRest = (life: Life, entry: Entry, amount: bigint, on: Day): bigint => {
  let left = amount;
  for (const portion of PRINCIPAL_FIRST) {
    for (const installment of [...life.installments]) {
      const share = smaller(left, positive(outstandingOf(installment, portion)));
      if (share === 0n) continue;
      const payment = { life, installment, portion, share, state: stateOf(installment, on), on } as const;
      const taken = payOpen({ ...payment, until: 'day', isRest: true });
      if (taken > 0n) write(entry, installment, portion, taken, payment.state);
      left -= taken;
    }
  }
  return left;
};

const stateOf = ({ due }: Installment, on: Day): DueState => {
  if (due === on) return 'due';
  return due < on ? 'past-due' : 'in-advance';
};

const payOpen = (payment: Payment): bigint => {
  const { life, installment, portion, share, on } = payment;
  const { period } = installment;
  const isPlain = portion === 'fee' || portion === 'penalty' || !followsDays(life) || !isInModel(life, installment);
  if (isPlain || period === undefined) return payPlainly(payment, new Set());
  // Installments may ask for more than there is while the plan is not settled: no more is paid than was lent.
  const most = portion === 'principal' ? outstandingPrincipalOf(life.model) : share;
  return payInModel(payment, portion, life.model.periods.indexOf(period), on, most);
};

/** It asks for all that is due with it again. */
const resume = (installment: Installment, on: Day): void => {
  oweAsPlanned(installment);
  checkMet(installment, on);
};

/** Of what comes due later only the interest of days gone by is asked for, and the principal it leaves room for. */
const askInAdvance = (
  { life, installment, portion, isRest }: Payment,
  index: number,
  day: Day,
  asks: Asks,
  settled: Set<Installment>,
): void => {
  const { last } = asks;
  const isSame = last?.installment === installment && last.day === day;
  const amounts = isSame ? last.amounts : dueAmountsOn(life.model, index, day, asks.isVertical);
  asks.last = { installment, day, amounts };
  const { principal, interest } = amounts;
  if (principal === 0n && interest === 0n) settled.add(installment);
  if (portion === 'interest') installment.owed.interest = interest;
  if (portion === 'principal') {
    installment.owed.principal = isRest ? (installment.period?.duePrincipal ?? principal) : principal;
  }
};

const write = (entry: Entry, installment: Installment, portion: Portion, amount: bigint, state: DueState): void => {
  if (!LENDS.has(entry.kind)) entry.parts[portion] += amount;
  entry.lines.push({ installment, portion, amount, state });
};
