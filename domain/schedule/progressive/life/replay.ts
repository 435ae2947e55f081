import type { Day } from '../../../calendar';
import { unreachable } from '../../../kernel';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAccount, LoanAgreement, LoanFact, PortionAmounts } from '../../replay';
import { absorb } from '../model/absorb';
import { pauseInterest } from '../model/balance-change';
import { addInstallments, changeRate, grantGrace } from '../model/disburse';
import { moveDueDate } from '../model/move-due-date';
import { bearOverdue } from '../model/overdue';
import { accountOf, emptyAccount } from './account';
import { beginLife } from './begin';
import { addCharge, chargeEach, waiveCharge } from './charge';
import { applyChargeback } from './chargeback';
import { conserve, conservePaid } from './conserve';
import { addNewPeriods, applyCapitalizedIncome, applyDisbursement } from './disbursement';
import { chargeEarlySettlement } from './early-settlement';
import { applyChargeOff, applyTermination, applyWriteOff } from './ending';
import { changesPlan, inOrder, standingFacts } from './facts-in-order';
import { checkMet, totalOf } from './installment';
import { interestToRefund } from './interest-refund';
import { followsDays, type Life, record, restsAtDueDates } from './life';
import { moveInstallments } from './move-installments';
import { chargeOverdue } from './overdue-charge';
import { applyCredit, applyRefund, payWithLeftover, untilWhen } from './payment';
import { payoffAmounts, runningOn } from './payoff';
import { accruePenalties } from './penalty';
import { applyReAging, applyReAmortization } from './re-planning';
import { takeOver } from './sync';
import { endTurn, takesTurn } from './turn';

/** A loan on a day, from all that is known of it. Facts whose day is still to come move no money yet. */
export const replay = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  asOf: Day,
): LoanAccount => {
  const life = livedThrough(terms, agreement, facts, asOf);
  return life === undefined ? emptyAccount(asOf) : accountOf(life, facts, asOf);
};

/** What closes a loan on a day, from all that is known of it. */
export const payoff = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  on: Day,
): PortionAmounts => {
  const life = livedThrough(terms, agreement, facts, on, undefined, true);
  if (life === undefined) return { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };
  const until = payoffDay(life, on);
  chargeEarlySettlement(life, on, until);
  return payoffAmounts(life, until);
};

/** Until when a payoff counts interest: its day, or the end of the running period. */
export const payoffDay = ({ terms, model }: Life, on: Day): Day => {
  if (terms.recalculation?.payoffUntil !== 'rest-date') return on;
  return model.periods[runningOn(model, on)]?.due ?? on;
};

/** Looks on while a loan lives: once it has begun, and after each fact; `undefined` stands for time alone. */
export interface Witness {
  readonly begun: (life: Life) => void;
  readonly happened: (life: Life, fact: LoanFact | undefined) => void;
}

/**
 * Lives through the facts up to a day; undefined while nothing is paid out. For a payoff on that day, what is overdue
 * bears interest for as long as the payoff counts it.
 */
export const livedThrough = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  asOf: Day,
  witness?: Witness,
  isPaidOff = false,
): Life | undefined => {
  const standing = inOrder(standingFacts(facts), terms.recalculation !== undefined);
  const counting = standing.filter((fact) => fact.on <= asOf || changesPlan(fact));
  const life = beginLife(terms, agreement, counting);
  if (life === undefined) return undefined;
  witness?.begun(life);
  for (const [index, fact] of counting.entries()) {
    // Who looks on sees all of the loan after each fact.
    if (witness !== undefined || !takesTurn(life, fact)) endTurn(life);
    apply(life, fact);
    if (life.turn === undefined) setRight(life, counting, index);
    witness?.happened(life, fact);
  }
  endTurn(life);
  bearToTheEnd(life, asOf, isPaidOff);
  witness?.happened(life, undefined);
  return life;
};

/** What follows from a fact beside what it says itself. */
const setRight = (life: Life, counting: readonly LoanFact[], index: number): void => {
  const fact = counting[index];
  if (fact === undefined) return;
  if (fact.kind === 'credit') conservePaid(life, fact.on);
  else {
    conserve(life, fact.on);
    for (const installment of life.installments) if (!installment.isMet) checkMet(installment, fact.on);
  }
  if (life.overpaid > 0n) payWithLeftover(life);
  if (fact.kind === 'credit' && fact.refundsInterest === true) refundInterest(life, fact, counting.slice(0, index + 1));
};

/** Time alone brings nothing to a loan of which nothing is owed, and moves no day on which an installment was met. */
const bearToTheEnd = (life: Life, asOf: Day, isPaidOff: boolean): void => {
  const met = life.installments.filter(({ isMet }) => isMet);
  if (met.length === life.installments.length) return;
  const days = met.map(({ metOn }) => metOn);
  letOverdueBear(life, asOf, isPaidOff && payoffDay(life, asOf) > asOf);
  conserve(life, asOf);
  for (const [nth, installment] of met.entries()) if (installment.isMet) installment.metOn = days[nth];
};

/** Refunds that give interest back bring a credit of their own. */
const refundInterest = (life: Life, { id, on }: LoanFact, lived: readonly LoanFact[]): void => {
  const refunded = life.transactions.reduce(
    (sum, { kind, amount }) => (kind === INTEREST_REFUND ? sum + amount : sum),
    0n,
  );
  const amount = interestToRefund(life, lived, refunded, on, livedThrough);
  if (amount > 0n) applyCredit(life, { fact: id, kind: INTEREST_REFUND, credit: INTEREST_REFUND, amount, on });
};

const INTEREST_REFUND = 'interest-refund';

/** Brings what is overdue up to a day: the interest that it goes on bearing, and the penalty on it. */
const letOverdueBear = (life: Life, through: Day, tillDueDate = false): void => {
  if (followsDays(life) && life.terms.recalculation?.overduePrincipalBearsInterest === true) {
    if (bearOverdue(life.model, through, tillDueDate || restsAtDueDates(life))) {
      takeOver(life, through);
      conservePaid(life, through);
    }
  }
  accruePenalties(life, through);
  if (life.writtenOffOn === undefined) chargeOverdue(life, through);
};

const apply = (life: Life, fact: LoanFact): void => {
  const { id, on } = fact;
  switch (fact.kind) {
    case 'disbursement':
      letOverdueBear(life, on);
      applyDisbursement(life, id, on, fact.amount);
      return;
    case 'capitalized-income':
      letOverdueBear(life, on);
      applyCapitalizedIncome(life, id, on, fact.amount);
      return;
    case 'credit':
      if (life.writtenOffOn !== undefined && (fact.credit === 'recovery' || fact.credit === 'repayment')) {
        const entry = record(life, { fact: id, kind: 'recovery', on, amount: fact.amount, credit: 'recovery' });
        entry.balance = life.outstandingPrincipal;
        return;
      }
      letOverdueBear(life, on, untilWhen(life, fact.amount, on) !== 'day');
      if (fact.credit === 'repayment') chargeEarlySettlement(life, on, payoffDay(life, on), fact.amount);
      applyCredit(life, { fact: id, kind: fact.credit, credit: fact.credit, amount: fact.amount, on });
      return;
    case 'payoff': {
      const until = payoffDay(life, on);
      letOverdueBear(life, on, until > on);
      chargeEarlySettlement(life, on, until);
      const amount = totalOf(payoffAmounts(life, until));
      applyCredit(life, { fact: id, kind: fact.kind, credit: 'repayment', amount, on });
      return;
    }
    case 'credit-balance-refund':
      letOverdueBear(life, on);
      applyRefund(life, id, fact.amount, on).balance = life.outstandingPrincipal;
      return;
    case 'charge':
      addCharge(life, { fact: id, kind: fact.charge, calculation: fact.calculation, dueOn: fact.dueOn }, on);
      payWithLeftover(life);
      return;
    case 'charge-waiver':
      applyWaiver(life, id, fact.of, fact.installment, on);
      return;
    case 'charge-adjustment':
      letOverdueBear(life, on);
      applyCredit(life, { fact: id, kind: fact.kind, credit: 'charge-adjustment', amount: fact.amount, on });
      return;
    case 'rate-change':
      changeRate(life.model, on, fact.perYear);
      takeOver(life, on, on);
      return;
    case 'interest-pause':
      applyPause(life, on, fact.through);
      return;
    case 'grace':
      grantGrace(life.model, fact.from, fact);
      addNewPeriods(life, on);
      takeOver(life, on, fact.from);
      return;
    case 'due-date-move':
      applyMove(life, on, fact.from, fact.to);
      return;
    case 'undo':
      // Undone facts are not among those that count.
      return;
    case 'chargeback':
      letOverdueBear(life, on);
      applyChargeback(life, id, fact.of, fact.amount, on);
      return;
    case 'extra-installments':
      addInstallments(life.model, fact.from, fact.count);
      addNewPeriods(life, on);
      takeOver(life, on, fact.from);
      return;
    case 're-age': {
      letOverdueBear(life, on);
      const { period, startsOn, installments: count } = fact;
      applyReAging(life, id, on, { period, startsOn, count }, fact.interest);
      return;
    }
    case 're-amortize':
      letOverdueBear(life, on);
      applyReAmortization(life, id, on, fact.interest);
      return;
    case 'charge-off':
      letOverdueBear(life, on);
      applyChargeOff(life, id, on);
      return;
    case 'write-off':
      letOverdueBear(life, on);
      applyWriteOff(life, id, fact.kind, on);
      return;
    case 'termination':
      letOverdueBear(life, on);
      applyTermination(life, id, on);
      return;
    case 'settlement':
      letOverdueBear(life, on);
      applyCredit(life, { fact: id, kind: fact.kind, credit: 'repayment', amount: fact.amount, on });
      conserve(life, on);
      applyWriteOff(life, id, 'write-off', on);
      life.isSettled = true;
      return;
    default:
      unreachable(fact);
  }
};

const applyPause = (life: Life, from: Day, through: Day): void => {
  const first = pauseInterest(life.model, { from, through });
  const period = life.model.periods[first];
  if (period === undefined) return;
  absorb(life.model, period.from);
  takeOver(life, from, from);
};

const applyMove = (life: Life, on: Day, from: Day, to: Day): void => {
  const first = moveDueDate(life.model, from, to);
  if (first < 0) return;
  moveInstallments(life, on);
  takeOver(life, on);
  for (const charge of life.charges) if (charge.isPerInstallment) chargeEach(life, charge, on);
};

const applyWaiver = (life: Life, id: string, of: string, number: number | undefined, on: Day): void => {
  const charge = life.charges.find(({ fact }) => fact === of);
  if (charge === undefined) return;
  const only = number === undefined ? undefined : life.installments[number - 1];
  const waived = waiveCharge(charge, on, only);
  const entry = record(life, { fact: id, kind: 'charge-waiver', on, amount: waived });
  entry.parts[charge.kind] = waived;
  entry.balance = life.outstandingPrincipal;
};
