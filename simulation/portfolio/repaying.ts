import {
  addDays,
  type BusinessDate,
  formatMoney,
  type MoneyText,
  moneyOf,
  parseMoney,
  unreachable,
} from '../../domain/kernel';
import { PORTIONS } from '../../domain/loan';
import { openOnOrAfter, openOnOrBefore } from '../calendar';
import type { Conduct } from '../people';
import type { Loan } from './answers';

/** One visit to repay, as somebody means to make it. */
export interface Repayment {
  readonly on: BusinessDate;
  /** The installment that it is about; what is unpaid of earlier ones comes with it. */
  readonly installment: number;
  readonly pays:
    | { readonly kind: 'due' }
    /** With something on top, because a penalty may have come meanwhile. */
    | { readonly kind: 'overdue' }
    | { readonly kind: 'part'; readonly share: number }
    | { readonly kind: 'more'; readonly extraShare: number }
    | { readonly kind: 'everything' };
}

type Installment = Loan['installments'][number];

/** On time means on the last open day up to the due date; late means on the first one after so many days. */
const dayOf = (due: BusinessDate, daysLate: number): BusinessDate =>
  daysLate === 0 ? openOnOrBefore(due) : openOnOrAfter(addDays(due, daysLate));

const visits = ({ n: installment, due }: Installment, conduct: Conduct): readonly Repayment[] => {
  const visit = (daysLate: number, pays: Repayment['pays']): Repayment => ({
    on: dayOf(due, daysLate),
    installment,
    pays,
  });
  switch (conduct.kind) {
    case 'pays':
      return [visit(conduct.daysLate, { kind: conduct.daysLate === 0 ? 'due' : 'overdue' })];
    case 'pays-more':
      return [visit(0, { kind: 'more', extraShare: conduct.extraShare })];
    case 'pays-in-parts':
      return [visit(0, { kind: 'part', share: conduct.firstShare }), visit(conduct.restDaysLate, { kind: 'overdue' })];
    case 'pays-off':
      return [visit(0, { kind: 'everything' })];
    case 'stops':
      return [];
    default:
      return unreachable(conduct);
  }
};

/** Every repayment that follows from how somebody deals with each installment, in the order of their days. */
export const repaymentsOf = (loan: Loan, conduct: readonly Conduct[]): readonly Repayment[] =>
  loan.installments
    .flatMap((installment, index) => {
      const dealt = conduct[index];
      return dealt === undefined ? [] : visits(installment, dealt);
    })
    .toSorted((a, b) => Date.parse(a.on) - Date.parse(b.on));

const sum = (parts: Installment['paid'], currency: Loan['principal']['currency']): bigint =>
  PORTIONS.reduce((total, portion) => total + parseMoney({ amount: parts[portion], currency }).minor, 0n);

const unpaid = ({ scheduled, paid, remitted }: Installment, currency: Loan['principal']['currency']): bigint =>
  sum(scheduled, currency) - sum(paid, currency) - sum(remitted, currency);

/** A share of an amount in whole minor units. */
const shareOf = (minor: bigint, share: number): bigint => (minor * BigInt(Math.round(share * 1_000))) / 1_000n;

const YUAN = 100n;
const roundedUp = (minor: bigint): bigint => ((minor + YUAN - 1n) / YUAN) * YUAN;

/** More than 60 days' penalty at 5 % a year: whoever pays late adds it, as the last days' is not in the books yet. */
const ON_TOP = 0.01;

export type Payment = { readonly kind: 'payoff' } | { readonly kind: 'voluntary'; readonly amount: MoneyText };

/** What to pay by the loan as it stands; undefined when nothing is left to pay of what the visit was about. */
export const paymentFor = (loan: Loan, { installment, pays }: Repayment): Payment | undefined => {
  if (pays.kind === 'everything') return { kind: 'payoff' };
  const { currency } = loan.principal;
  const open = loan.installments.filter(({ n }) => n <= installment);
  const owed = open.reduce((total, row) => total + unpaid(row, currency), 0n);
  if (owed <= 0n) return undefined;
  const row = open.at(-1);
  const planned = row === undefined ? 0n : sum(row.scheduled, currency);
  const of = (minor: bigint): Payment => ({ kind: 'voluntary', amount: formatMoney(moneyOf(minor, currency)) });
  const isLast = installment === loan.installments.length;
  const isBehind = row === undefined || owed !== unpaid(row, currency);
  switch (pays.kind) {
    case 'due':
      // By the plan, to the end: some interest too much when the last day is a weekend's. Who is behind asks, and so
      // does who pays all of it at once.
      return isLast && (isBehind || installment === 1) ? { kind: 'payoff' } : of(owed);
    case 'overdue':
      return isLast ? { kind: 'payoff' } : of(roundedUp(owed + shareOf(owed, ON_TOP)));
    case 'part': {
      const part = shareOf(planned, pays.share);
      return of(part > 0n && part < owed ? part : owed);
    }
    case 'more':
      return of(roundedUp(owed + shareOf(planned, pays.extraShare)));
    default:
      return unreachable(pays);
  }
};
