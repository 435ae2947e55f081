import { dateOf, dayOf } from '../calendar';
import type { BusinessDate } from '../kernel';
import type { LoanAccount } from '../schedule';
import { bucketChanges, oldestOverdue } from './arrears';
import type { LoanEvent } from './events';
import { recordingOf } from './record';
import { evolve, type LentLoan, type LoanState, termsOf } from './state';

/** While a loan is in arrears it is aged at least this often. Bucket boundaries lie as far apart. */
const ROUND_DAYS = 30;

/**
 * What time alone brings a loan up to the end of a day: installments that fall due, interest and penalty on what is
 * overdue, arrears buckets. Nothing when all of it is on record. However the days are grouped, the sums come out the
 * same: the account of a day follows from its facts alone.
 */
export const agingEvents = (loan: LentLoan, asOf: BusinessDate): readonly LoanEvent[] => {
  if (asOf <= loan.agedThrough) return [];
  const { after, recorded } = recordingOf(loan, undefined, asOf);
  const { change, journal } = recorded;
  const isNews = change.installments !== undefined || change.status !== undefined || journal.debit !== undefined;
  const fellDue = dueBetween(loan.account, after);
  const aged: readonly LoanEvent[] =
    isNews || fellDue.length > 0 ? [{ type: 'LoanAged', data: { fellDue, ...recorded } }] : [];
  return [...aged, ...bucketChanges({ ...loan, account: after }, asOf)];
};

/** The installments that fell due between two days, and were not paid before. */
const dueBetween = (before: LoanAccount, after: LoanAccount): number[] =>
  after.installments
    .filter(({ due, metOn }) => due > before.asOf && due <= after.asOf && (metOn === undefined || metOn >= due))
    .map(({ n }) => n);

/** A loan brought up to a day, with the events that do so. */
export const agedTo = (loan: LentLoan, asOf: BusinessDate): { loan: LentLoan; events: readonly LoanEvent[] } => {
  const events = agingEvents(loan, asOf);
  let state: LoanState = loan;
  for (const event of events) state = evolve(state, event);
  return { loan: state.status === 'lent' ? state : loan, events };
};

/**
 * The next day on which a loan needs to be aged, or undefined when time alone brings it nothing more. Only these days
 * need an `AgeLoan`: an installment falls due; the day after, when it is late; its grace days are over; the oldest
 * unpaid installment comes to its next bucket, and from then on every 30 days. Aging on any other day, and before every
 * fact, is allowed: the sums are the same.
 */
export const nextAgingDate = (state: LoanState): BusinessDate | undefined => {
  if (state.status !== 'lent' || state.closedOn !== undefined) return undefined;
  const { account } = state;
  const through = dayOf(state.agedThrough);
  const next = account.installments.find(({ due, metOn }) => due > through && metOn === undefined);
  const oldest = oldestOverdue(account, through + 1);
  const days = [
    ...(next === undefined ? [] : [next.due]),
    ...(oldest === undefined ? [] : roundsAfter(oldest, through)),
    ...(oldest === undefined ? [] : [oldest + termsOf(state).penalty.graceDays + 1]),
  ].filter((day) => day > through);
  return days.length === 0 ? undefined : dateOf(Math.min(...days));
};

/** The next of the days 1, 31, 61, 91, 121 … past a due date. */
const roundsAfter = (due: number, after: number): readonly number[] => [
  due + 1 + ROUND_DAYS * Math.max(0, Math.ceil((after - due) / ROUND_DAYS)),
];
