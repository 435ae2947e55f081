import type { Day } from '../../../calendar';
import type { InterestHandling } from '../../replay';
import { positive } from '../model/amounts';
import { owedInterest, owedPrincipal } from '../model/model';
import { type NewInstallments, reAge, reAgedAmounts, reAgeEqually } from '../model/re-age';
import { reAmortize, reAmortizeSplitting } from '../model/re-amortize';
import { partOf, type Spread, spreadOver } from '../model/spread';
import { checkMet, type Installment, installmentOf, outstandingOf, totalOf } from './installment';
import { type Entry, followsDays, type Life, outstandingPortions, record } from './life';
import { moveCharges, spreadCharges } from './move-charges';
import { payoffAmounts } from './payoff';
import { inOneRow, outlives } from './plan-in-place';
import { reAgeByInstallments, reAmortizeByInstallments } from './re-planning-plain';
import { takeOver } from './sync';

/** Spreads what is overdue over the installments still to come. */
export const applyReAmortization = (life: Life, fact: string, on: Day, interest: InterestHandling): void => {
  const entry = record(life, { fact, kind: 're-amortize', on, amount: 0n });
  if (!followsDays(life)) {
    reAmortizeByInstallments(life, entry, on);
  } else {
    const isLeft = life.model.periods.some(({ due }) => due > on);
    for (const period of life.model.periods) {
      if (period.due > on || !isLeft) continue;
      entry.parts.principal += owedPrincipal(period);
      entry.parts.interest += owedInterest(period);
    }
    if (interest === 'split') reAmortizeSplitting(life.model, on);
    else reAmortize(life.model, on);
    takeOver(life, on);
    if (interest === 'split') spreadCharges(life, on);
  }
  finish(life, entry);
};

/** Replaces what is left of the plan by new installments. */
export const applyReAging = (
  life: Life,
  fact: string,
  on: Day,
  plan: NewInstallments,
  interest: InterestHandling,
): void => {
  const entry = record(life, { fact, kind: 're-age', on, amount: 0n });
  const isEqual = interest === 'equal-of-payable' || interest === 'equal-of-full';
  const handling = interest === 'equal-of-payable' ? 'payable' : 'full';
  if (!followsDays(life)) reAgeByInstallments(life, entry, on, plan, isEqual ? handling : 'none');
  else if (isEqual) reAgeWithEqualParts(life, entry, on, plan, handling);
  else reAgeWithInterest(life, entry, on, plan);
  finish(life, entry);
};

const finish = (life: Life, entry: Entry): void => {
  const { principal, interest, fee, penalty } = entry.parts;
  entry.amount = principal + interest + fee + penalty;
  entry.balance = life.outstandingPrincipal;
};

const reAgeWithInterest = (life: Life, entry: Entry, on: Day, plan: NewInstallments): void => {
  const { model } = life;
  entry.parts.principal = outstandingPortions(life.installments.filter(({ period }) => period !== undefined)).principal;
  entry.parts.interest = payoffAmounts(life, on).interest;
  reAge(model, on, plan);
  const known = new Map(life.installments.map((installment) => [installment.period, installment]));
  const renewed = model.periods.map((period) => {
    const installment = known.get(period) ?? installmentOf('re-aged', period.from, period.due, period);
    installment.from = period.from;
    installment.due = period.due;
    return installment;
  });
  const end = model.periods.at(-1)?.due ?? on;
  const kept = life.installments.filter((one) => one.period === undefined && (outlives(one, on, end) || isPaid(one)));
  const gone = life.installments.filter((one) => !renewed.includes(one) && !kept.includes(one));
  const holder = renewed.findLast(({ period }) => known.has(period));
  if (holder !== undefined) holdPaid(holder, gone);
  life.installments = inOneRow([...kept, ...renewed]);
  moveCharges(life, gone, on);
  takeOver(life, on);
};

const reAgeWithEqualParts = (
  life: Life,
  entry: Entry,
  on: Day,
  plan: NewInstallments,
  handling: 'payable' | 'full',
): void => {
  const { model } = life;
  const amounts = reAgedAmounts(model, on, handling);
  const charges = liftCharges(life, on);
  Object.assign(entry.parts, { ...amounts, fee: charges.fee, penalty: charges.penalty });
  const fee = spreadOver(model.money, charges.fee, plan.count);
  const penalty = spreadOver(model.money, charges.penalty, plan.count);
  reAgeEqually(model, on, plan, amounts, [
    { amount: charges.fee, spread: fee },
    { amount: charges.penalty, spread: penalty },
  ]);
  const end = model.periods.at(-1)?.due ?? on;
  const kept = life.installments.filter((one) => outlives(one, on, end) || (one.kind === 'additional' && isPaid(one)));
  const early = life.installments.filter((installment) => !kept.includes(installment));
  const renewed = model.periods
    .filter(({ due }) => due >= on)
    .map((period) => {
      const installment = installmentOf('re-aged', period.from, period.due, period);
      if (period.holdsEarly) holdPaid(installment, early);
      return installment;
    });
  const fresh = renewed.slice(-plan.count);
  for (const [index, installment] of fresh.entries()) addCharges(installment, index, fee, penalty, plan.count);
  life.installments = inOneRow([...kept, ...renewed]);
  takeOver(life, on);
};

const isPaid = ({ paid }: Installment): boolean => totalOf(paid) > 0n;

const addCharges = (installment: Installment, index: number, fee: Spread, penalty: Spread, count: number): void => {
  installment.owed.fee += partOf(fee, index, count);
  installment.owed.penalty += partOf(penalty, index, count);
};

const holdPaid = (holder: Installment, early: readonly Installment[]): void => {
  for (const installment of early) {
    const { paid, paidInAdvance } = installment;
    installment.heldBy = holder;
    holder.paid.principal += paid.principal;
    holder.paid.interest += paid.interest;
    holder.paid.fee += paid.fee;
    holder.paid.penalty += paid.penalty;
    holder.owed.fee += paid.fee;
    holder.owed.penalty += paid.penalty;
    holder.paidInAdvance += paidInAdvance;
  }
};

/** Fees and penalties that are still owed leave their installments. */
const liftCharges = (life: Life, on: Day): { fee: bigint; penalty: bigint } => {
  let [fee, penalty] = [0n, 0n];
  for (const installment of life.installments) {
    const owedFee = positive(outstandingOf(installment, 'fee'));
    const owedPenalty = positive(outstandingOf(installment, 'penalty'));
    installment.owed.fee -= owedFee;
    installment.owed.penalty -= owedPenalty;
    fee += owedFee;
    penalty += owedPenalty;
    checkMet(installment, on);
  }
  return { fee, penalty };
};
