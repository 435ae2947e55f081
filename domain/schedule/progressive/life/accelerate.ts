import type { Day } from '../../../calendar';
import { larger, positive, smaller } from '../model/amounts';
import { roundedAmount } from '../model/money-rules';
import { over, times, whole } from '../model/precision';
import { untilDay } from '../model/until-day';
import { unpayCharges } from './charge';
import { divide } from './divide';
import { checkMet, type Installment, installmentOf, outstandingOf } from './installment';
import { type Entry, followsDays, type Life } from './life';
import { moveShares } from './move-charges';

/** Interest of an installment's days up to a day inside it. */
export const interestTo = (life: Life, installment: Installment, on: Day): bigint => {
  const { period, from, due } = installment;
  if (period !== undefined && followsDays(life)) {
    return untilDay(life.model, on).periods[life.model.periods.indexOf(period)]?.interest ?? 0n;
  }
  const owed = positive(outstandingOf(installment, 'interest'));
  if (due === from) return owed;
  return roundedAmount(life.model.money, times(over(whole(owed), whole(due - from)), whole(on - from)));
};

/** Interest in equal parts was agreed with a re-aging: it does not follow from days, and none of it is dropped. */
export const isAgreed = ({ period }: Installment): boolean => period?.reAged === true;

export const runningOn = (life: Life, on: Day): Installment | undefined =>
  life.installments.find(({ kind, from, due }) => kind !== 'down-payment' && from <= on && on < due);

/** The installment that is due on a day, none of whose own days are left. */
const endingOn = (life: Life, on: Day): Installment | undefined =>
  life.installments.find(({ kind, from, due }) => kind !== 'down-payment' && from < on && due === on);

/**
 * The running installment becomes the last: it is due now, with all later principal and interest to the day. Payments
 * of installments that are gone by it are allocated anew, unless the running one was met: then it holds what they paid.
 */
export const accelerate = (life: Life, on: Day): void => {
  const running = endingOn(life, on) ?? runningOn(life, on);
  if (running === undefined || on >= (life.installments.at(-1)?.due ?? on)) return;
  const isRunning = running.due > on;
  const interest = interestTo(life, running, on);
  const later = life.installments.filter(
    (installment) => installment !== running && installment.kind !== 'down-payment' && installment.due > on,
  );
  const again = running.isMet ? [] : takeBack(life, running, later, on);
  if (isRunning && !running.isMet) running.owed.interest = larger(interest, running.paid.interest);
  // What found no room in an installment that ends on the day would wait for the next: it is due now.
  if (!isRunning) running.owed.interest = larger(running.owed.interest, interest);
  running.due = on;
  running.period = undefined;
  const charges = installmentOf('additional', on, on, undefined);
  for (const installment of later) holdIn(running, installment);
  moveCharges(life, charges, later);
  life.installments = life.installments.filter((installment) => !later.includes(installment));
  if (charges.owed.fee + charges.owed.penalty > 0n) life.installments.push(charges);
  for (const payment of again) payAgain(life, running, payment);
  // Money may pay what a later transaction puts back: until then nothing was owed.
  if (again.length > 0) for (const entry of life.transactions) entry.balance = positive(entry.balance);
  for (const installment of life.installments) checkMet(installment, on);
};

const holdIn = (running: Installment, gone: Installment): void => {
  const { owed, paid, writtenOff, paidInAdvance } = gone;
  running.owed.principal += owed.principal;
  running.paid.principal += paid.principal;
  running.writtenOff.principal += writtenOff.principal;
  running.owed.interest += isAgreed(gone) ? owed.interest : paid.interest + writtenOff.interest;
  running.paid.interest += paid.interest;
  running.writtenOff.interest += writtenOff.interest;
  running.paidInAdvance += paidInAdvance;
  gone.heldBy = running;
};

/** Charges of what is gone stay due on their own: on the last day that one of them is due which is not paid. */
const moveCharges = (life: Life, charges: Installment, later: readonly Installment[]): void => {
  const days: Day[] = [];
  for (const installment of later) {
    for (const portion of ['fee', 'penalty'] as const) {
      charges.owed[portion] += installment.owed[portion];
      charges.paid[portion] += installment.paid[portion];
      charges.waived[portion] += installment.waived[portion];
      charges.writtenOff[portion] += installment.writtenOff[portion];
    }
    for (const { dueOn, shares } of life.charges) {
      const share = shares.get(installment);
      if (share !== undefined && share.paid + share.waived < share.amount) days.push(dueOn ?? installment.due);
    }
  }
  charges.due = days.length > 0 ? Math.max(...days, charges.from) : (later.at(-1)?.due ?? charges.from);
  moveShares(life, later, charges);
};

interface Payment {
  readonly entry: Entry;
  readonly amount: bigint;
  readonly principal: bigint;
  /** What it can pay of the running installment's interest, where that follows days. */
  readonly interest: bigint | undefined;
}

/** Takes back what payments of installments after the running one have paid of all that is not met before it. */
const takeBack = (life: Life, running: Installment, later: readonly Installment[], on: Day): readonly Payment[] => {
  const gone = new Set(later.filter(({ from }) => from > on));
  const open = life.installments.filter(({ isMet, due }) => !isMet && due <= on);
  const lifted = new Set([...open, running, ...later]);
  return life.transactions
    .filter(({ credit, lines }) => credit !== undefined && lines.some(({ installment }) => gone.has(installment)))
    .map((entry) => {
      const { principal } = entry.parts;
      const follows = followsDays(life) && !isAgreed(running);
      const interest = follows ? interestTo(life, running, Math.max(entry.on, running.from)) : undefined;
      return { entry, principal, interest, amount: takeBackOf(life, entry, lifted) };
    });
};

const takeBackOf = (life: Life, entry: Entry, lifted: ReadonlySet<Installment>): bigint => {
  let sum = 0n;
  for (const { installment, portion, amount } of entry.lines) {
    if (!lifted.has(installment)) continue;
    sum += amount;
    installment.paid[portion] -= amount;
    if (entry.on < installment.due) installment.paidInAdvance -= amount;
    else if (entry.on > installment.due) installment.paidLate -= amount;
    entry.parts[portion] -= amount;
    if (portion === 'principal') life.outstandingPrincipal += amount;
    if (portion === 'fee' || portion === 'penalty') unpayCharges(life, installment, portion, amount);
  }
  entry.lines.splice(0, entry.lines.length, ...entry.lines.filter(({ installment }) => !lifted.has(installment)));
  return sum;
};

const payAgain = (life: Life, running: Installment, { entry, amount, principal, interest }: Payment): void => {
  const asked = running.owed.interest;
  if (interest !== undefined) running.owed.interest = larger(running.paid.interest, smaller(asked, interest));
  const left = divide(life, entry, entry.credit, amount, entry.on, 'day');
  running.owed.interest = asked;
  checkMet(running, entry.on);
  entry.overpaid += left;
  life.overpaid += left;
  const more = principal - entry.parts.principal;
  for (const later of life.transactions.slice(life.transactions.indexOf(entry))) later.balance += more;
};
