import type { Day } from '../../../calendar';
import { positive } from '../model/amounts';
import { evenly } from '../model/installment-amount';
import { installmentOf as toMultiple } from '../model/money-rules';
import { stepped } from '../model/nominal-units';
import { type NewInstallments, reAgedAmounts } from '../model/re-age';
import { partOf, principalBeside, spreadOver } from '../model/spread';
import { checkMet, type Installment, installmentOf, outstandingOf, oweBeside, unlink } from './installment';
import type { Entry, Life } from './life';
import { moveCharges } from './move-charges';
import { inOneRow, outlives } from './plan-in-place';

/** Loans whose interest is fixed: overdue principal goes to the installments still to come, in equal parts. */
export const reAmortizeByInstallments = (life: Life, entry: Entry, on: Day): void => {
  const { money } = life.model;
  const later = life.installments.filter(({ kind, due }) => (kind === 'regular' || kind === 're-aged') && due > on);
  if (later.length === 0) return;
  let overdue = 0n;
  for (const installment of life.installments) {
    if (installment.due > on) continue;
    const principal = positive(outstandingOf(installment, 'principal'));
    overdue += principal;
    oweBeside(installment, 'principal', -principal);
    checkMet(installment, on);
  }
  entry.parts.principal = overdue;
  let each = evenly(money, overdue, later.length);
  let left = overdue;
  for (const [index, installment] of later.entries()) {
    if (index < later.length - 1) each = toMultiple(money, each);
    const added = index === later.length - 1 ? left : each;
    oweBeside(installment, 'principal', added);
    left -= added;
    checkMet(installment, on);
  }
};

/** Loans whose interest is fixed: all that is owed is spread over new installments in equal parts. */
export const reAgeByInstallments = (
  life: Life,
  entry: Entry,
  on: Day,
  plan: NewInstallments,
  interest: 'payable' | 'full' | 'none',
): void => {
  const { money } = life.model;
  const payable = interest === 'payable' ? reAgedAmounts(life.model, on, 'payable').interest : undefined;
  const movesRest = interest !== 'none';
  for (const installment of life.installments) {
    if (movesRest && installment.kind === 'down-payment') continue;
    lift(installment, entry, movesRest, on);
  }
  if (payable !== undefined) entry.parts.interest = payable;
  const { parts } = entry;
  const others = [parts.interest, parts.fee, parts.penalty].map((amount) => ({
    amount,
    spread: spreadOver(money, amount, plan.count),
  }));
  const principal = principalBeside(money, parts.principal, others, plan.count);
  const dues = Array.from({ length: plan.count }, (_, index) =>
    stepped(plan.startsOn, plan.period.unit, index * plan.period.every),
  );
  const kept = life.installments.filter((installment) => outlives(installment, on, dues.at(-1) ?? on));
  const gone = life.installments.filter((installment) => !kept.includes(installment));
  const start = kept.findLast(({ due }) => due <= on)?.due ?? life.model.periods[0]?.from ?? on;
  const stubs = gone.some(({ kind }) => kind !== 'additional') ? [installmentOf('re-aged', start, on, undefined)] : [];
  const renewed = dues.map((due, index) => {
    const installment = installmentOf('re-aged', start, due, undefined);
    const [ofInterest, ofFee, ofPenalty] = others.map(({ spread }) => partOf(spread, index, plan.count));
    installment.owed.principal = partOf(principal, index, plan.count);
    installment.owed.interest = ofInterest ?? 0n;
    installment.owed.fee = ofFee ?? 0n;
    installment.owed.penalty = ofPenalty ?? 0n;
    return installment;
  });
  const planned = [...stubs, ...renewed];
  if (planned[0] !== undefined) holdEarly(planned[0], gone, on);
  for (const installment of kept) unlink(installment);
  life.installments = inOneRow([...kept, ...planned]);
  moveCharges(life, gone, on);
};

const lift = (installment: Installment, { parts }: Entry, movesRest: boolean, on: Day): void => {
  for (const portion of movesRest ? (['principal', 'interest', 'fee', 'penalty'] as const) : (['principal'] as const)) {
    const left = positive(outstandingOf(installment, portion));
    parts[portion] += left;
    installment.owed[portion] -= left;
  }
  checkMet(installment, on);
};

/** What was paid in advance of the old plan, or given up of it, stays with an installment on the day it ended. */
const holdEarly = (holder: Installment, early: readonly Installment[], on: Day): void => {
  for (const installment of early) {
    for (const portion of ['principal', 'interest', 'fee', 'penalty'] as const) {
      const paid = installment.paid[portion];
      const givenUp = installment.writtenOff[portion];
      holder.paid[portion] += paid;
      holder.writtenOff[portion] += givenUp;
      holder.owed[portion] += paid + givenUp;
      installment.owed[portion] -= paid + givenUp;
      installment.paid[portion] = 0n;
      installment.writtenOff[portion] = 0n;
    }
    holder.paidInAdvance += installment.paidInAdvance;
    installment.paidInAdvance = 0n;
    installment.heldBy = holder;
  }
  checkMet(holder, on);
};
