import { aggregates } from '../commands';
import { businessDateSchema, loanIdSchema, startOf } from '../domain/kernel';
import { nextAgingDate } from '../domain/loan';
import { command, type HouseSaga } from './house-saga';

/** Whatever changes a loan's account can change the day on which time next does. */
const ACCOUNT_FACTS = [
  'LoanDisbursed',
  'LoanAged',
  'ArrearsBucketChanged',
  'RepaymentApplied',
  'CreditApplied',
  'CreditBalanceRefunded',
  'ChargeAdded',
  'ChargeWaived',
  'ChargeAdjusted',
  'RepaymentChargedBack',
  'RateChanged',
  'DueDateMoved',
  'TermExtended',
  'GraceGranted',
  'LoanReAged',
  'LoanReAmortized',
  'InterestPaused',
  'LoanChargedOff',
  'LoanWrittenOff',
  'ContractTerminated',
  'LoanSettled',
  'FactReversed',
] as const;

/**
 * Keeps every loan up to date without walking all loans: each one has a single deadline on the next business date on
 * which something happens to it (an installment falls due, a grace period ends, arrears enter another bucket).
 */
export const servicing: HouseSaga = {
  name: 'servicing',
  types: ACCOUNT_FACTS,
  key: ({ stream }) => stream,
  react: async (event, view) => {
    const { state } = await view.load(aggregates.loan, event.stream);
    const next = nextAgingDate(state);
    return next === undefined
      ? [{ kind: 'cancel-deadline', name: 'age' }]
      : [{ kind: 'deadline', name: 'age', at: startOf(next), data: { asOf: next } }];
  },
  onDeadline: ({ key, data }) => [
    command('age', {
      type: 'AgeLoan',
      data: { loanId: loanIdSchema.parse(key), asOf: businessDateSchema.parse(data['asOf']) },
    }),
  ],
};
