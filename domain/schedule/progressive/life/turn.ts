import type { Day } from '../../../calendar';
import { nearestDouble } from '../../doubles';
import type { CreditKind } from '../../loan-terms';
import type { LoanFact } from '../../replay';
import { absorb, lastOpen } from '../model/absorb';
import { carry } from '../model/carry';
import { isStillUntouched } from '../model/carry-untouched';
import {
  askedIn,
  asksForItsDays,
  isPaidUp,
  type Model,
  owedPrincipal,
  paidIn,
  periodOn,
  type RepaymentPeriod,
} from '../model/model';
import { isSettled } from '../model/settle';
import { conservePaid } from './conserve';
import { allocationOf } from './divide';
import type { Installment } from './installment';
import { followsDays, type Life, restsAtDueDates, type Turn } from './life';
import { takeOver } from './sync';

type Credit = Extract<LoanFact, { kind: 'credit' }>;

/** Whether a fact is a payment in turn. Before any other fact the loan must hear of those that came before it. */
export const takesTurn = (life: Life, fact: LoanFact): boolean => {
  if (fact.kind !== 'credit' || fact.refundsInterest === true) return false;
  if (life.turn !== undefined && !isInTurn(life, life.turn, fact)) endTurn(life);
  const turn = life.turn ?? turnOf(life, fact);
  if (turn === undefined || !isInTurn(life, turn, fact)) return false;
  turn.on = fact.on;
  life.turn = turn;
  life.model.behind = { felt: turn.felt, paid: turn.index };
  return true;
};

/** Tells the other installments what payments in turn have changed. */
export const endTurn = (life: Life): void => {
  const { model, turn } = life;
  if (turn === undefined) return;
  life.turn = undefined;
  model.behind = undefined;
  carry(model, turn.felt + 1, turn.index);
  absorb(model, turn.on);
  takeOver(life, turn.on);
  conservePaid(life, turn.on);
};

const isInTurn = (life: Life, turn: Turn, { amount, credit, on }: Credit): boolean => {
  const { period, running, takesAll } = turn;
  if (on <= running.from || on >= running.due || !isNextFor(life, turn, credit)) return false;
  return amount < (takesAll ? askedIn(period) - paidIn(period) : owedPrincipal(period));
};

/** It is the installment that takes money of that kind in advance. */
const isNextFor = (life: Life, { felt, index }: Turn, credit: CreditKind): boolean => {
  const { inAdvance, processing } = allocationOf(life, credit);
  if (processing === 'vertical') return false;
  return inAdvance === 'next-installment' || (inAdvance === 'running-then-last' && felt === index);
};

const turnOf = (life: Life, { amount, on }: Credit): Turn | undefined => {
  const { installments, model } = life;
  const installment = installments.find(({ isMet }) => !isMet);
  const period = installment?.period;
  if (installment === undefined || period === undefined || !isRegular(installment, period)) return undefined;
  if (on >= period.due || amount >= askedIn(period) - paidIn(period) || !changesBalancesAlone(life)) return undefined;
  const felt = periodOn(model, on);
  const index = model.periods.indexOf(period);
  const running = model.periods[felt];
  if (running === undefined || !isNext(model, felt, index)) return undefined;
  if (!installments.every((other) => other.isMet || isPlainlyOwed(other, on))) return undefined;
  const saved = mostSaved(model, felt, index);
  if (!isFarFromItsEnd(model, index, saved)) return undefined;
  const next = nearestDouble(model.periods[index + 1]?.duePrincipal ?? 0n);
  const takesAll = next > saved + nearestDouble(period.interest);
  return { all: [installment], period, index, running, felt, takesAll, on };
};

/** A payment changes no more than balances, as long as it is not the plan's last. */
const changesBalancesAlone = (life: Life): boolean =>
  followsDays(life) &&
  life.model.followsPayments &&
  !life.model.hasForward &&
  isSettled(life.model) &&
  life.overpaid === 0n &&
  life.terms.interest.method !== 'flat' &&
  life.terms.recalculation?.onAdvancePayment !== 'lower-the-installment' &&
  !restsAtDueDates(life);

const isRegular = ({ kind, from, due }: Installment, period: RepaymentPeriod): boolean =>
  kind !== 'down-payment' && from === period.from && due === period.due;

/** All periods from the running one up to this one are paid up, and nothing but payments has happened to any. */
const isNext = ({ periods }: Model, running: number, index: number): boolean => {
  const period = periods[index];
  if (running < 0 || index < running || period === undefined || period.dueInterest !== period.interest) return false;
  if (index > running && period.emi !== period.plannedEmi) return false;
  for (let at = running; at <= index; at += 1) {
    const other = periods[at];
    if (other === undefined || !isPlain(other) || isPaidUp(other) !== at < index) return false;
  }
  return true;
};

const isPlain = (period: RepaymentPeriod): boolean => asksForItsDays(period) && !period.reAged && !period.holdsEarly;

/** It is not due yet, and all that it owes of principal and interest is as its period says. */
const isPlainlyOwed = ({ due, beside, waived, writtenOff }: Installment, on: Day): boolean =>
  due > on &&
  beside.principal === 0n &&
  beside.interest === 0n &&
  waived.principal === 0n &&
  waived.interest === 0n &&
  writtenOff.principal === 0n &&
  writtenOff.interest === 0n;

/**
 * Nothing has happened to the installments after it, and what they gain and the last one loses by all that it can be
 * paid in advance leaves each of them open: none comes to where it would be treated in another way.
 */
const isFarFromItsEnd = (model: Model, index: number, saved: number): boolean => {
  const { periods } = model;
  const [next, last] = [periods[index + 1], periods[periods.length - 1]];
  if (next === undefined || last === undefined || next === last || lastOpen(model) !== periods.length - 1) return false;
  for (let at = index + 1; at < periods.length; at += 1) {
    const period = periods[at];
    if (period === undefined || !isStillUntouched(period) || period.duePrincipal <= 0n) return false;
  }
  return nearestDouble(last.duePrincipal) > 2 * saved && nearestDouble(next.duePrincipal) > saved;
};

/**
 * No more interest than this is saved to the end of the plan by paying an installment early: what it would have borne
 * from the running period to its own and, where its interest has to wait for the next, what that would have; what all
 * this would have borne to the end; and what rounding adds in each installment.
 */
const mostSaved = ({ money, periods }: Model, running: number, index: number): number => {
  const rounding = 2 * nearestDouble(money.quantum);
  const paid = nearestDouble(periods[index]?.emi ?? 0n);
  const waits = nearestDouble(periods[index]?.interest ?? 0n);
  let saved = 0;
  for (let at = running; at < periods.length; at += 1) {
    const factor = periods[at]?.parts[0]?.factor ?? 0;
    saved += saved * factor + rounding;
    if (at <= index) saved += paid * factor;
    if (at === index + 1) saved += waits * factor;
  }
  return saved;
};
