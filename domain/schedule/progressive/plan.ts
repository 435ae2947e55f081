import type { Day } from '../../calendar';
import { assert } from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import type { LoanAgreement, PlannedDisbursement, PlannedInstallment } from '../replay';
import { disburse } from './model/disburse';
import { downPaymentOf } from './model/down-payment';
import { balanceAfter, type Model, modelOf, type RepaymentPeriod } from './model/model';
import { repaymentPeriods, startOf } from './model/repayment-periods';
import { settle } from './model/settle';
import { plainPlan } from './plain/plan';

/** The model of a loan whose first payout is on a day, before anything is paid out. */
const emptyModel = (terms: LoanTerms, agreement: LoanAgreement, firstPayout: Day): Model =>
  modelOf(terms, repaymentPeriods(terms, agreement, startOf(terms, agreement, firstPayout)));

/** What has been planned: the installments of a loan that is paid out so and paid as planned. */
export const plan = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  disbursements: readonly PlannedDisbursement[],
): readonly PlannedInstallment[] => {
  const payouts = disbursements.toSorted((one, other) => one.on - other.on);
  const [first] = payouts;
  assert(first !== undefined, 'a plan is made for money that is paid out');
  return (
    (payouts.length === 1 ? plainPlan(terms, agreement, first) : undefined) ??
    modelledPlan(terms, agreement, payouts, first.on)
  );
};

/** The same from the model that facts are replayed on: for any loan, at any size. */
export const modelledPlan = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  payouts: readonly PlannedDisbursement[],
  firstPayout: Day,
): readonly PlannedInstallment[] => {
  const model = emptyModel(terms, agreement, firstPayout);
  const downPayments: PlannedInstallment[] = [];
  for (const { on, amount } of payouts) {
    const down = downPaymentOf(terms, model.money, amount);
    disburse(model, on, amount - down);
    if (terms.downPayment !== undefined) downPayments.push(downPaymentRow(on, down));
  }
  settle(model, firstPayout);
  return numbered([...downPayments, ...model.periods.map(rowOf)], payouts);
};

const downPaymentRow = (on: Day, amount: bigint): PlannedInstallment => ({
  n: 0,
  kind: 'down-payment',
  from: on,
  due: on,
  principal: amount,
  interest: 0n,
  fee: 0n,
  penalty: 0n,
  balance: 0n,
});

const rowOf = (period: RepaymentPeriod): PlannedInstallment => ({
  n: 0,
  kind: 'regular',
  from: period.from,
  due: period.due,
  principal: period.duePrincipal,
  interest: period.dueInterest,
  fee: 0n,
  penalty: 0n,
  balance: balanceAfter(period),
});

/** In the order of their due dates; what is paid down was named before the installments that are due that day. */
const inOrder = (rows: readonly PlannedInstallment[]): readonly PlannedInstallment[] =>
  rows.toSorted((one, other) => one.due - other.due);

/** With numbers, and the principal that is left after each: of what was paid out by its due date. */
const numbered = (
  rows: readonly PlannedInstallment[],
  payouts: readonly PlannedDisbursement[],
): readonly PlannedInstallment[] => {
  let repaid = 0n;
  return inOrder(rows).map((row, index) => {
    repaid += row.principal;
    if (row.kind === 'regular') return { ...row, n: index + 1 };
    const paidOut = payouts.reduce((sum, { on, amount }) => (on <= row.due ? sum + amount : sum), 0n);
    return { ...row, n: index + 1, balance: paidOut - repaid };
  });
};
