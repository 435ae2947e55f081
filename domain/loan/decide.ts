import { assert, compareRates, parseMoney, type Refusal, refuse, unreachable } from '../kernel';
import { figuresText, scheduleFor } from '../schedule';
import { agingEvents } from './aging';
import { applyRepayment } from './apply-repayment';
import type { LoanCommand } from './commands';
import type { LoanEvent } from './events';
import { dueUnpaid } from './outstanding';
import { formatPortions, portionsOf } from './portions';
import { currencyOf, evolveAll, type LoanState, principalOutstanding } from './state';

type CommandOfType<Type extends LoanCommand['type']> = Extract<LoanCommand, { type: Type }>;
type Outcome = readonly LoanEvent[] | Refusal;

/** The life of a loan: opened by a contract, active from its disbursement, closed when nothing is owed. */
export const decide = (command: LoanCommand, state: LoanState): Outcome => {
  switch (command.type) {
    case 'OpenLoan':
      return open(command, state);
    case 'DisburseLoan':
      return disburse(command, state);
    case 'AgeLoan':
      return age(command, state);
    case 'ApplyRepayment':
      return applyRepayment(command, state);
    case 'WriteOffLoan':
      return writeOff(command, state);
    case 'CancelLoan':
      return cancel(command, state);
    default:
      return unreachable(command);
  }
};

const notFound = (loanId: string): Refusal => refuse('NOT_FOUND', `there is no ${loanId}`);

const open = ({ data, facts: { cap }, businessDate }: CommandOfType<'OpenLoan'>, state: LoanState): Outcome => {
  const { loanId, ...agreement } = data;
  if (state.status !== 'none') return refuse('ALREADY_EXISTS', `${loanId} is ${state.status}`);
  const { allInRate } = agreement.contract;
  if (compareRates(allInRate, cap) > 0) {
    return refuse('CAP_EXCEEDED', `the contract costs ${allInRate} a year in all, the cap is ${cap}`);
  }
  return [{ type: 'LoanOpened', data: { ...agreement, cap, openedOn: businessDate } }];
};

/**
 * Books the plan on the calendar of the actual disbursement. Its figures are those that were quoted and signed: the
 * conventions make them depend on the months alone.
 */
const disburse = ({ data, businessDate }: CommandOfType<'DisburseLoan'>, state: LoanState): Outcome => {
  const { loanId, payoutId, amount, settledOn: valueDate, channel } = data;
  if (state.status === 'none') return notFound(loanId);
  if (state.status !== 'opened') {
    return 'disbursement' in state && state.disbursement.payoutId === payoutId
      ? []
      : refuse('WRONG_STATUS', `${loanId} is ${state.status}`);
  }
  const { contract, openedOn } = state.agreement;
  const { principal, terms, termMonths } = contract;
  if (amount.amount !== principal.amount || amount.currency !== principal.currency) {
    return refuse('AMOUNT_MISMATCH', `the contract is over ${principal.amount} ${principal.currency}`);
  }
  if (valueDate < openedOn || valueDate > businessDate) {
    return refuse('VALUE_DATE_INVALID', `${valueDate} does not lie between ${openedOn} and ${businessDate}`);
  }
  const schedule = scheduleFor(terms, parseMoney(principal), termMonths, valueDate);
  assert(
    figuresText({ ...contract, schedule }) === figuresText(contract),
    `the plan of ${loanId} to be booked has other figures than the one signed`,
  );
  assert(schedule.totals.principal === amount.amount, `the plan of ${loanId} does not repay what was disbursed`);
  const fee = { amount: schedule.totals.fee, currency: schedule.currency };
  return [{ type: 'LoanDisbursed', data: { payoutId, amount, valueDate, channel, schedule, fee } }];
};

/** Time changes active loans alone; a deadline that fires after the end of a loan finds nothing to do. */
const age = ({ data, businessDate }: CommandOfType<'AgeLoan'>, state: LoanState): Outcome => {
  const { loanId, asOf } = data;
  if (state.status === 'none') return notFound(loanId);
  if (asOf > businessDate) return refuse('VALUE_DATE_INVALID', `${asOf} has not come: today is ${businessDate}`);
  return state.status === 'active' ? agingEvents(state, asOf) : [];
};

/**
 * Gives up what is receivable: all principal, and what has fallen due of penalty, fee and interest. What would have
 * fallen due later was never in the books.
 */
const writeOff = ({ data, businessDate }: CommandOfType<'WriteOffLoan'>, state: LoanState): Outcome => {
  const { loanId, reason } = data;
  if (state.status === 'none') return notFound(loanId);
  if (state.status === 'written-off') return [];
  if (state.status !== 'active') return refuse('LOAN_NOT_ACTIVE', `${loanId} is ${state.status}`);
  const aging = agingEvents(state, businessDate);
  const aged = evolveAll(state, aging);
  assert(aged.status === 'active', 'a loan does not end by aging');
  const receivable = { ...dueUnpaid(aged), principal: principalOutstanding(aged) };
  const amounts = formatPortions(portionsOf(receivable, currencyOf(aged)));
  return [...aging, { type: 'LoanWrittenOff', data: { amounts, reason, valueDate: businessDate } }];
};

const cancel = ({ data: { loanId, reason } }: CommandOfType<'CancelLoan'>, state: LoanState): Outcome => {
  switch (state.status) {
    case 'none':
      return notFound(loanId);
    case 'opened':
      return [{ type: 'LoanCancelled', data: { reason } }];
    case 'cancelled':
      return [];
    case 'active':
    case 'closed':
    case 'written-off':
      return refuse('WRONG_STATUS', `${loanId} was disbursed on ${state.disbursement.on}`);
    default:
      return unreachable(state);
  }
};
