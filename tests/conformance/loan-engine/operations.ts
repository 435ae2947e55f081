import type { Day } from '../../../domain/calendar';
import { assert } from '../../../domain/kernel';
import type { CreditKind } from '../../../domain/schedule/loan-terms';
import type { LoanFact } from '../../../domain/schedule/replay';
import { INTEREST_HANDLING, type Step } from './case-steps';
import { CASE_CREDITS } from './case-terms';
import { agreedChargeOf, chargeFactOf, isWithPayout } from './charges';
import { automaticDownPayment } from './down-payment';
import { day, yearlyRateOf } from './figures';
import type { LoanLife } from './loan-life';
import { periodOf } from './terms-of-case';
import { isSameType, labelOf, labelOfUndoable } from './transaction-labels';

export type Operation = Exclude<Step, { op: `expect${string}` }>;
type StepOf<Op extends Step['op']> = Extract<Step, { op: Op }>;

type Operations = { readonly [Op in Operation['op']]: (life: LoanLife, step: StepOf<Op>) => void };

/** What each operation of a case is to our loan. */
const OPERATIONS: Operations = {
  setBusinessDate: (life, { date }) => life.moveTo(day(date)),
  createLoan: () => undefined,
  approve: (life, { amount, date, expectedDisbursementDate }) =>
    life.approve(amount, day(expectedDisbursementDate ?? date)),
  undoApproval: (life) => life.undoApproval(),
  addExpectedTranche: (life, { date, amount }) => life.expectTranche(day(date), life.minor(amount)),
  disburse: (life, step) => disburse(life, step),
  undoDisbursal: (life) => {
    // Nothing that was done with the money is left.
    for (const fact of life.counted().toReversed()) {
      if (labelOf(fact, '') !== undefined) life.undo(fact.id, 'forgotten');
    }
  },
  undoLastDisbursal: (life) => {
    const last = life.standing('disbursement').at(-1);
    assert(last !== undefined, 'there is a disbursement to undo');
    life.forgetLastTranche();
    undoDisbursement(life, last.id);
  },
  transaction: (life, { type, date, amount, interestRefundCalculation }) => {
    const [on, minor] = [day(date), life.minor(amount)];
    if (type === 'CREDIT_BALANCE_REFUND') life.add({ kind: 'credit-balance-refund', on, amount: minor });
    else life.add(creditOf(life, CASE_CREDITS[type], on, minor, interestRefundCalculation));
  },
  payOff: (life, { date }) => {
    const on = day(date);
    // A payoff of an earlier day is of what is left today.
    const last = Math.max(on, ...life.counted().map((fact) => (fact.kind === 'credit' ? fact.on : on)));
    life.add(creditOf(life, 'repayment', on, life.payoff(last)));
  },
  runCloseOfBusiness: (life) => {
    life.closeDay();
  },
  setGlobalConfig: () => undefined,
  addCharge: (life, step) => {
    const definition = life.catalogue[step.charge];
    assert(definition !== undefined, `the catalogue has ${step.charge}`);
    if (isWithPayout(definition)) life.agreeCharge(agreedChargeOf(step.charge, definition, step, life.decimals));
    else life.charge(chargeFactOf(definition, step, life.decimals));
  },
  chargeAdjustment: (life, { charge, dueDate, date, amount }) => {
    const kind = charge === undefined ? undefined : kindOfCharge(life, charge);
    const of = life
      .standing('charge')
      .filter((fact) => (kind ?? fact.charge) === fact.charge)
      .filter((fact) => dueDate === undefined || fact.dueOn === day(dueDate))
      .at(-1);
    assert(of !== undefined, 'there is a charge to adjust');
    const on = date === undefined ? life.today : day(date);
    life.add({ kind: 'charge-adjustment', on, of: of.id, amount: life.minor(amount) });
  },
  undoChargeAdjustment: (life, { date, amount }) => {
    const adjustment = life
      .standing('charge-adjustment')
      .filter((fact) => date === undefined || fact.on === day(date))
      .filter((fact) => amount === undefined || fact.amount === life.minor(amount))
      .at(-1);
    assert(adjustment !== undefined, 'there is a charge adjustment to undo');
    life.undo(adjustment.id, 'shown');
  },
  undoTransaction: (life, step) => undoTransaction(life, step),
  chargeback: (life, { of, amount }) => {
    life.add({ kind: 'chargeback', on: life.today, of: chargedBack(life, of), amount: life.minor(amount) });
  },
  chargeOff: (life, { date }) => {
    life.add({ kind: 'charge-off', on: day(date) });
  },
  undoChargeOff: (life) => undoLast(life, 'charge-off'),
  reschedule: (life, step) => reschedule(life, step),
  reAge: (life, { every, frequency, startDate, numberOfInstallments, interestHandling }) => {
    life.add({
      kind: 're-age',
      // The source dates a re-aging that begins before it was asked for to the day on which it begins.
      on: Math.min(life.today, day(startDate)),
      period: periodOf({ length: every, unit: frequency }),
      startsOn: day(startDate),
      installments: numberOfInstallments,
      interest: INTEREST_HANDLING[interestHandling],
    });
  },
  reAmortize: (life, { interestHandling }) => {
    life.add({ kind: 're-amortize', on: life.today, interest: INTEREST_HANDLING[interestHandling] });
  },
  undoReAge: (life) => undoLast(life, 're-age'),
  undoReAmortize: (life) => undoLast(life, 're-amortize'),
  pauseInterest: (life, { from, to }) => {
    life.add({ kind: 'interest-pause', on: day(from), through: day(to) });
  },
  capitalizedIncome: (life, { date, amount }) => {
    life.add({ kind: 'capitalized-income', on: day(date), amount: life.minor(amount) });
  },
  capitalizedIncomeAdjustment: (life, { date, amount }) => {
    life.add(creditOf(life, 'capitalized-income-adjustment', day(date), life.minor(amount)));
  },
  terminateContract: (life) => {
    life.add({ kind: 'termination', on: life.today });
  },
};

/** Does to a case's loan what the step says. */
export const perform = (life: LoanLife, step: Operation): void => performAs(step.op, life, step);

// One lookup for all operations; that the step fits its own entry is what the type of the table says.
const performAs = <Op extends Operation['op']>(op: Op, life: LoanLife, step: Step): void =>
  OPERATIONS[op](life, step as StepOf<Op>);

const creditOf = (life: LoanLife, credit: CreditKind, on: Day, amount: bigint, refundsInterest?: boolean) => ({
  kind: 'credit' as const,
  credit,
  on,
  amount,
  ...((refundsInterest ?? isRefunding(life, credit)) && { refundsInterest: true }),
});

const isRefunding = ({ terms }: LoanLife, credit: CreditKind): boolean =>
  terms.interestRefundOn.some((type) => CASE_CREDITS[type] === credit);

const disburse = (life: LoanLife, step: StepOf<'disburse'>): void => {
  const [on, amount] = [day(step.date), life.minor(step.amount)];
  const installment = step.fixedInstallmentAmount;
  life.drawTranche(amount);
  const overpaid = life.standing('disbursement').length === 0 ? 0n : life.account().overpaid;
  life.add({
    kind: 'disbursement',
    on,
    amount,
    ...(installment !== undefined && { installment: life.minor(installment) }),
  });
  const down = automaticDownPayment(life.loanTerms, amount, life.decimals, overpaid);
  if (down !== undefined && step.autoDownPayment !== false) life.add(creditOf(life, 'down-payment', on, down));
};

/** The automatic down payment of a disbursement goes with it. */
const undoDisbursement = (life: LoanLife, id: string): void => {
  const disbursement = life.standing('disbursement').find((fact) => fact.id === id);
  assert(disbursement !== undefined, 'the disbursement stands');
  if (life.loanTerms.downPayment?.automatic === true) {
    const downPayment = life
      .standing('credit')
      .filter(({ credit, on }) => credit === 'down-payment' && on === disbursement.on)
      .at(-1);
    if (downPayment !== undefined) life.undo(downPayment.id, 'forgotten');
  }
  life.undo(id, 'forgotten');
};

/** Payments by their number, undone or not, of the kind that is named, which is a repayment unless another is. */
const CHARGED_BACK: readonly (readonly [RegExp, CreditKind])[] = [
  [/down/i, 'down-payment'],
  [/mir|merchant/i, 'merchant-refund'],
  [/payout/i, 'payout-refund'],
  [/goodwill/i, 'goodwill-credit'],
];

/** Which payment is taken back: the last one, or the n-th of its kind. */
const chargedBack = (life: LoanLife, of: string): string => {
  const nth = /\d+/.exec(of);
  const kind = CHARGED_BACK.find(([name]) => name.test(of))?.[1];
  const made = life.facts.filter((fact) => fact.kind === 'credit');
  const numbered = made.filter(({ credit }) => credit === (kind ?? 'repayment'))[Number(nth?.[0]) - 1];
  const last = life.standing('credit').findLast(({ credit }) => kind === undefined || credit === kind);
  const chosen = nth === null ? last : (numbered ?? made[Number(nth[0]) - 1]);
  assert(chosen !== undefined, `there is a ${of} to charge back`);
  return chosen.id;
};

const kindOfCharge = ({ catalogue }: LoanLife, charge: string): 'fee' | 'penalty' =>
  catalogue[charge]?.penalty === true ? 'penalty' : 'fee';

const undoLast = (life: LoanLife, kind: LoanFact['kind']): void => {
  const last = life.standing(kind).at(-1);
  assert(last !== undefined, `there is a ${kind} to undo`);
  life.undo(last.id, 'shown');
};

interface Undoable {
  readonly fact: LoanFact;
  readonly label: string;
}

/**
 * Which transaction is meant: the last one made, or the n-th of its type on the day. Where there are fewer on it, the
 * day is that of the undoing and all of the type count. What was undone before counts in the numbers.
 */
const undoTransaction = (life: LoanLife, { type, nth, which, date }: StepOf<'undoTransaction'>): void => {
  const ofType = life.facts.flatMap((fact): readonly Undoable[] => {
    const label = labelOfUndoable(fact);
    return label !== undefined && (type === undefined || isSameType(label, type)) ? [{ fact, label }] : [];
  });
  const onDay = date === undefined ? [] : ofType.filter(({ fact }) => fact.on === day(date));
  const standing: ReadonlySet<LoanFact> = new Set(life.counted());
  const stands = (candidates: readonly Undoable[]) => candidates.filter(({ fact }) => standing.has(fact));
  const numbered = nth === undefined ? undefined : (onDay[nth - 1] ?? ofType[nth - 1]);
  const last = stands(which === undefined && onDay.length > 0 ? onDay : ofType).at(-1);
  const chosen = numbered !== undefined && standing.has(numbered.fact) ? numbered : last;
  assert(chosen !== undefined, `there is a ${type ?? 'transaction'} to undo`);
  life.undo(chosen.fact.id, 'shown');
};

const reschedule = (life: LoanLife, step: StepOf<'reschedule'>): void => {
  const [on, from] = [life.today, day(step.fromDate)];
  if (step.newAnnualRatePercent !== undefined) {
    life.add({ kind: 'rate-change', on: from, perYear: yearlyRateOf(step.newAnnualRatePercent, 'YEAR') });
  }
  if (step.adjustedDueDate !== undefined) {
    life.add({ kind: 'due-date-move', on, from, to: day(step.adjustedDueDate) });
  }
  if (step.extraTerms !== undefined) life.add({ kind: 'extra-installments', on, from, count: step.extraTerms });
  if (step.graceOnPrincipal !== undefined || step.graceOnInterest !== undefined) {
    life.add({ kind: 'grace', on, from, principal: step.graceOnPrincipal ?? 0, interest: step.graceOnInterest ?? 0 });
  }
};
