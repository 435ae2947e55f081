import { createHash } from 'node:crypto';
import {
  applicationId,
  assert,
  type BusinessDate,
  borrowerId,
  businessDate,
  fold,
  isRefusal,
  loanId,
  type MoneyText,
  moneyOf,
  payoutId,
  productId,
  repaymentId,
} from '../../domain/kernel';
import {
  formatPortions,
  type LoanCommand,
  type LoanEvent,
  type LoanState,
  loanDecider,
  outstandingOf,
  type PortionsText,
} from '../../domain/loan';
import { type LoanTerms, originationFee, plainTerms, type Quote, quoteOf } from '../../domain/schedule';
import { issuedOn } from './decider-specification';

/** One loan of the tests, by the ids that belong together. */
const APPLICATION = applicationId('4q2m');
export const LOAN = loanId(APPLICATION);
export const PAYOUT = payoutId(LOAN);
export const BORROWER = borrowerId('7k3d');

export const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/** 12 % a year, 2 % fee, 18 % a year penalty after three days of grace. */
export const TERMS: LoanTerms = {
  ...plainTerms('CNY', '0.12'),
  charges: [originationFee('0.02')],
  penalty: { ratePerYear: '0.18', graceDays: 3 },
};

export const quoteFor = (terms: LoanTerms, minor: bigint, months: number, on: BusinessDate): Quote =>
  quoteOf(terms, moneyOf(minor, terms.currency), months, on, (text) => createHash('sha256').update(text).digest('hex'));

export type Given = LoanCommand extends infer Command
  ? Command extends LoanCommand
    ? Omit<Command, 'id' | 'actor' | 'at' | 'businessDate'>
    : never
  : never;

/** What a loan answers to a command on a day; a refusal fails the test. */
export const answer = (state: LoanState, on: BusinessDate, command: Given): readonly LoanEvent[] => {
  const outcome = loanDecider.decide({ ...issuedOn(on), ...command }, state);
  assert(!isRefusal(outcome), isRefusal(outcome) ? `${outcome.code}: ${outcome.detail}` : '');
  return outcome;
};

/** The facts of a loan after a command on a day. */
export const obey = (events: readonly LoanEvent[], on: BusinessDate, command: Given): readonly LoanEvent[] => [
  ...events,
  ...answer(fold(loanDecider, events), on, command),
];

/** What is signed besides the figures. */
export const agreementOver = (contract: Quote) => ({
  applicationId: APPLICATION,
  borrowerId: BORROWER,
  productId: productId('cash'),
  contract,
  documentHash: 'a1b2',
  payee: { cardId: 'card-1', bank: 'Test Bank', lastFour: '4242' },
});

/** The facts of a loan that was opened and disbursed on a day. */
export const disbursedLoan = (contract: Quote, on: BusinessDate, cap = '9.99'): readonly LoanEvent[] => {
  const facts = obey([], on, {
    type: 'OpenLoan',
    data: { loanId: LOAN, ...agreementOver(contract) },
    facts: { cap },
  });
  return obey(facts, on, {
    type: 'DisburseLoan',
    data: { loanId: LOAN, payoutId: PAYOUT, amount: contract.principal, settledOn: on, channel: 'unionlike' },
  });
};

/** 3,000.00 over three months: 1,020.07 a month, the fee of 60.00 with the first; due on 15 February, March, April. */
const DISBURSED_ON = businessDate('2026-01-15');
export const contract = quoteFor(TERMS, 300_000n, 3, DISBURSED_ON);
export const active = disbursedLoan(contract, DISBURSED_ON);
export const opened = active.slice(0, 1);

export const age = (asOf: string) => ({ type: 'AgeLoan', data: { loanId: LOAN, asOf: businessDate(asOf) } }) as const;

/** The facts of a loan that was aged on a day. */
export const aged = (asOf: string, events: readonly LoanEvent[] = active): readonly LoanEvent[] =>
  obey(events, businessDate(asOf), age(asOf));

export const repayment = (key: string, amount: string, valueDate: string) =>
  ({
    type: 'ApplyRepayment',
    data: { loanId: LOAN, repaymentId: repaymentId(key), amount: cny(amount), valueDate: businessDate(valueDate) },
  }) as const;

/** The facts of a loan that took in a repayment on a day. */
export const repaid = (events: readonly LoanEvent[], key: string, amount: string, day: string): readonly LoanEvent[] =>
  obey(events, businessDate(day), repayment(key, amount, day));

export const portions = (penalty: string, fee: string, interest: string, principal: string): PortionsText => ({
  penalty: cny(penalty),
  fee: cny(fee),
  interest: cny(interest),
  principal: cny(principal),
});

export const outstanding = (
  events: readonly LoanEvent[],
): { readonly due: PortionsText; readonly notDue: PortionsText } => {
  const state = fold(loanDecider, events);
  assert(state.status !== 'none', 'nothing is outstanding of a loan that does not exist');
  const { due, notDue } = outstandingOf(state);
  return { due: formatPortions(due), notDue: formatPortions(notDue) };
};
