import type { Day } from '../../calendar';
import { allocate, type PaidLine } from './allocation';
import { smaller } from './amounts';
import { notePrincipal, remake } from './installments';
import { interestOf, interestUntil } from './interest';
import { noteRow } from './plan-notes';
import { type Row, rowOf } from './row';
import { chargeNew, waiveBefore } from './waivers';
import type { Current, Paying, Walk } from './walk';

/** A payment that closes the loan: on its day, with what of it is over once older installments are paid. */
export interface Closing {
  readonly payment: Paying;
  readonly amount: bigint;
}

/**
 * Payments in a period before it falls due. They pay older installments first; what is over reduces the balance that
 * bears interest from the next rest date on, and waits for the installment of the period. The one that would pay all
 * there is on its day closes the loan.
 */
export const payInAdvance = (walk: Walk, current: Current): Closing | undefined => {
  for (
    let payment = walk.payments[walk.taken];
    payment !== undefined && payment.on < current.due;
    payment = walk.payments[walk.taken]
  ) {
    walk.taken += 1;
    const over = payOlder(walk, payment);
    if (over === 0n) continue;
    if (closes(walk, current, payment, over)) return { payment, amount: over };
    current.money += over;
    if (walk.rest(payment.on) >= current.due) {
      current.waiting.push({ ...payment, amount: over });
      continue;
    }
    const early = smaller(over, walk.outstanding - current.early);
    current.early += early;
    walk.balance.ahead.push({ day: walk.rest(payment.on), delta: -early, fact: payment.id });
    current.waiting.push({ ...payment, on: current.due, amount: over });
  }
  return undefined;
};

const closes = (walk: Walk, current: Current, payment: Paying, over: bigint): boolean => {
  if (walk.coming.length > 0) return false;
  // What waits for its rest date counts towards the end, too.
  const money = current.money + over;
  if (money < walk.outstanding) return false;
  const interest = interestUntil(walk, current, payoffDay(walk, payment.on));
  return money >= walk.outstanding + interest + dueCharges(walk, current, payment.on);
};

/** The day up to which a payoff pays interest. */
const payoffDay = (walk: Walk, on: Day): Day =>
  walk.story.terms.recalculation?.payoffUntil === 'rest-date' ? walk.rest(on) : on;

const dueCharges = (walk: Walk, { from }: Current, on: Day): bigint => {
  const row = rowOf('regular', from, on, 0n, 0n);
  chargeNew(walk, row);
  return row.owed.fee + row.owed.penalty;
};

/** The last installment: it falls due on the day of the payment that closes the loan. */
export const close = (walk: Walk, current: Current, { payment, amount }: Closing): void => {
  const { asked } = interestOf(walk, { ...current, isLast: true }, payoffDay(walk, payment.on));
  const row = rowOf('regular', current.from, payment.on, walk.outstanding, asked);
  notePrincipal(walk, { ...current, isLast: true }, asked, 0n);
  noteRow(walk.story.notes, row);
  chargeNew(walk, row);
  walk.rows.push(row);
  for (const waiting of current.waiting) allocate(walk.rows, walk.story.terms.allocation, waiting);
  allocate(walk.rows, walk.story.terms.allocation, { ...payment, amount });
  walk.outstanding = 0n;
  walk.from = payment.on;
};

/**
 * The installment of a period takes the payments that waited for it and those of its due date. What is over repays
 * principal at once: the installment is so much larger, and those to come are made anew as the terms say.
 */
export const payWaiting = (walk: Walk, current: Current, row: Row, ahead: bigint): void => {
  if (ahead > 0n) adjust(walk, ahead);
  for (
    let payment = walk.payments[walk.taken];
    payment !== undefined && payment.on <= current.due;
    payment = walk.payments[walk.taken]
  ) {
    walk.taken += 1;
    current.waiting.push(payment);
  }
  for (const payment of current.waiting) {
    const over = payOlder(walk, payment);
    const more = smaller(over, walk.outstanding);
    if (over > more) walk.over.push({ ...payment, amount: over - more });
    if (more === 0n) continue;
    row.owed.principal += more;
    row.paid.principal += more;
    walk.outstanding -= more;
    walk.planned += more;
    walk.balance.ahead.push({ day: walk.rest(payment.on), delta: -more, fact: payment.id });
    walk.story.notes?.current.more.push({ fact: payment.id, amount: more });
    adjust(walk, more);
  }
};

/** Money that nothing was left to pay with comes again on the day on which more is lent. */
export const payAgain = ({ over, payments, taken }: Walk, on: Day): void => {
  const at = payments.findIndex((payment, index) => index >= taken && payment.on >= on);
  payments.splice(at < 0 ? payments.length : at, 0, ...over.splice(0).map((payment) => ({ ...payment, on })));
};

/** Principal came before it was asked for. */
const adjust = (walk: Walk, amount: bigint): void => {
  switch (walk.story.terms.recalculation?.onAdvancePayment) {
    case 'lower-the-installment':
      remake(walk, walk.total - walk.planned, walk.number + 1);
      return;
    case 'next-installments':
      walk.held += amount;
      return;
    default:
      // The installment stays, and so the last ones shrink or there are fewer.
      return;
  }
};

/** Pays the installments there are; what was late and bears interest bore it until it came. */
export const payOlder = (walk: Walk, payment: Paying): bigint => {
  waiveBefore(walk, payment.at);
  const lines: PaidLine[] = [];
  const over = allocate(walk.rows, walk.story.terms.allocation, payment, lines);
  if (walk.late.size === 0) return over;
  const paidOn = walk.rest(payment.on);
  for (const { amount, portion, row } of lines) {
    const since = walk.rest(row.due);
    if (!walk.late.has(portion) || since >= paidOn) continue;
    walk.balance.ahead.push({ day: since, delta: amount, isLate: true }, { day: paidOn, delta: -amount, isLate: true });
  }
  return over;
};
