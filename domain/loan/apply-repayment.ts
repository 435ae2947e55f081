import {
  formatMoney,
  isPositive,
  type Money,
  type MoneyText,
  moneyOf,
  parseMoney,
  type Refusal,
  refuse,
} from '../kernel';
import { agingEvents } from './aging';
import { type Allocation, allocate } from './allocation';
import { bucketChange } from './arrears';
import type { LoanCommand } from './commands';
import type { LoanEvent } from './events';
import { formatPortions, NOTHING, portionsOf } from './portions';
import {
  type ActiveLoan,
  type ClosedLoan,
  currencyOf,
  evolve,
  evolveAll,
  isRepaid,
  type LoanState,
  principalOutstanding,
  type WrittenOffLoan,
} from './state';

type ApplyRepayment = Extract<LoanCommand, { type: 'ApplyRepayment' }>;

/**
 * Takes a settled repayment into the loan: brings the loan up to the value date, divides the amount (see `allocate`),
 * and closes the loan when nothing is owed any more. Money for a loan that is closed or written off is held for the
 * borrower, all of it unapplied.
 *
 * The value date lies between the disbursement and the business date (VALUE_DATE_INVALID). When it is earlier than a
 * day up to which the loan has been aged, penalties and dues on record stay as they are: nothing is restated.
 */
export const applyRepayment = (command: ApplyRepayment, state: LoanState): readonly LoanEvent[] | Refusal => {
  const { loanId, repaymentId } = command.data;
  switch (state.status) {
    case 'none':
      return refuse('NOT_FOUND', `there is no ${loanId}`);
    case 'opened':
    case 'cancelled':
      return refuse('LOAN_NOT_ACTIVE', `${loanId} is ${state.status}: nothing was ever owed`);
    case 'active':
    case 'closed':
    case 'written-off':
      if (state.applied.includes(repaymentId)) return [];
      return flawOf(command, state) ?? take(command, state);
  }
};

type Disbursed = ActiveLoan | ClosedLoan | WrittenOffLoan;

const flawOf = ({ data, businessDate }: ApplyRepayment, state: Disbursed): Refusal | undefined => {
  const { amount, valueDate } = data;
  const currency = currencyOf(state);
  if (amount.currency !== currency) return refuse('CURRENCY_MISMATCH', `the loan is in ${currency}`);
  if (!isPositive(parseMoney(amount))) return refuse('AMOUNT_NOT_POSITIVE', `${amount.amount} ${currency} came in`);
  if (valueDate < state.disbursement.on || valueDate > businessDate) {
    return refuse(
      'VALUE_DATE_INVALID',
      `${valueDate} does not lie between the disbursement on ${state.disbursement.on} and ${businessDate}`,
    );
  }
  return undefined;
};

const take = ({ data }: ApplyRepayment, state: Disbursed): readonly LoanEvent[] => {
  const amount = parseMoney(data.amount);
  if (state.status !== 'active') {
    const held: Allocation = { parts: [], unapplied: amount.minor, interestForgone: 0n };
    return [applied(data, held, moneyOf(0n, amount.currency))];
  }
  const { valueDate } = data;
  const aging = agingEvents(state, valueDate);
  const before = evolveAll(state, aging);
  if (before.status !== 'active') return aging;
  const allocation = allocate(before, amount.minor, valueDate);
  const repaid = allocation.parts.reduce((sum, { portion, minor }) => sum + (portion === 'principal' ? minor : 0n), 0n);
  const repayment = applied(data, allocation, moneyOf(principalOutstanding(before) - repaid, amount.currency));
  return [...aging, repayment, ...consequences(evolve(before, repayment), valueDate)];
};

const consequences = (after: LoanState, valueDate: ApplyRepayment['data']['valueDate']): readonly LoanEvent[] => {
  if (after.status !== 'active') return [];
  const bucket = bucketChange(after, after.agedThrough);
  return isRepaid(after)
    ? [...bucket, { type: 'LoanClosed', data: { reason: 'repaid', closedOn: valueDate } }]
    : bucket;
};

const applied = (data: ApplyRepayment['data'], allocation: Allocation, outstanding: Money): LoanEvent => {
  const { repaymentId, amount, valueDate } = data;
  const { currency } = amount;
  const text = (minor: bigint): MoneyText => formatMoney(moneyOf(minor, currency));
  const totals = { ...NOTHING };
  for (const { portion, minor } of allocation.parts) totals[portion] += minor;
  return {
    type: 'RepaymentApplied',
    data: {
      repaymentId,
      amount,
      valueDate,
      lines: allocation.parts.map(({ minor, installment, portion, inAdvance }) => ({
        installment,
        portion,
        amount: text(minor),
        inAdvance,
      })),
      totals: formatPortions(portionsOf(totals, currency)),
      unapplied: text(allocation.unapplied),
      interestForgone: text(allocation.interestForgone),
      principalOutstanding: formatMoney(outstanding),
    },
  };
};
