import { type Day, dateOf, dayOf } from '../calendar';
import type { BusinessDate } from '../kernel';
import { accountingOf, type LoanAccount } from '../schedule';
import { isSuspended } from './account';
import { bucketChanges, bucketOf, oldestOverdue } from './arrears';
import type { LoanEvent } from './events';
import { type Recorded, recordingOf } from './record';
import { evolve, type LentLoan, type LoanState, termsOf } from './state';

/** While a loan is in arrears it is aged at least this often. Bucket boundaries lie as far apart. */
const ROUND_DAYS = 30;

/**
 * What time alone brings a loan up to the end of a day: installments that fall due, interest and penalty on what is
 * overdue, interest that is suspended, arrears buckets. Nothing when all of it is on record. However the days are
 * grouped, the sums come out the same: the account of a day follows from its facts alone.
 */
export const agingEvents = (loan: LentLoan, asOf: BusinessDate): readonly LoanEvent[] => {
  if (asOf <= loan.agedThrough) return [];
  const { after, recorded } = recordingOf(loan, undefined, asOf);
  const fellDue = dueBetween(loan.account, after);
  const aged: readonly LoanEvent[] =
    isNews(loan, after, recorded) || fellDue.length > 0 ? [{ type: 'LoanAged', data: { fellDue, ...recorded } }] : [];
  return [...aged, ...bucketChanges({ ...loan, account: after }, asOf)];
};

const isNews = (loan: LentLoan, after: LoanAccount, { change, journal }: Recorded): boolean =>
  change.installments !== undefined ||
  change.status !== undefined ||
  journal.debit !== undefined ||
  isSuspendedOn(loan, after) !== isSuspendedOn(loan, loan.account);

const isSuspendedOn = (loan: LentLoan, account: LoanAccount): boolean =>
  isSuspended(account, account.asOf, accountingOf(termsOf(loan)).suspendAfterDays);

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

/** A day on which a loan may have to be aged; surely, or only if that brings it anything. */
interface Candidate {
  readonly day: Day;
  readonly sure: boolean;
}

/** What is too little to bear anything in so many rounds is looked at again with the next fact. */
const ROUNDS_MOST = 24;

/**
 * The next day on which a loan needs to be aged, or undefined when time alone brings it nothing more. Only these days
 * need an `AgeLoan`: an installment falls due; the day after, when it is late; its grace days are over; the oldest
 * unpaid installment comes to its next bucket, and from then on every 30 days; interest is suspended. A day that would
 * bring nothing is none: whoever waits for what follows from it would wait for ever. Aging on any other day, and before
 * every fact, is allowed: the sums are the same.
 */
export const nextAgingDate = (state: LoanState): BusinessDate | undefined => {
  if (state.status !== 'lent' || state.closedOn !== undefined) return undefined;
  let through = dayOf(state.agedThrough);
  for (let round = 0; round < ROUNDS_MOST; round += 1) {
    const next = candidateAfter(state, through);
    if (next === undefined) return undefined;
    const date = dateOf(next.day);
    if (next.sure || agingEvents(state, date).length > 0) return date;
    through = next.day;
  }
  return undefined;
};

const candidateAfter = (loan: LentLoan, through: Day): Candidate | undefined => {
  const { account } = loan;
  const { suspendAfterDays } = accountingOf(termsOf(loan));
  const next = account.installments.find(({ due, metOn }) => due > through && metOn === undefined);
  const oldest = oldestOverdue(account, through + 1);
  const days: readonly Candidate[] = [
    ...(next === undefined ? [] : [{ day: next.due, sure: true }]),
    ...(oldest === undefined ? [] : [roundAfter(loan, oldest, through)]),
    ...(oldest === undefined ? [] : [{ day: oldest + termsOf(loan).penalty.graceDays + 1, sure: false }]),
    ...(oldest === undefined ? [] : [{ day: oldest + suspendAfterDays + 1, sure: false }]),
  ];
  return days
    .filter(({ day }) => day > through)
    .reduce<Candidate | undefined>((first, each) => {
      if (first === undefined || each.day < first.day) return each;
      return each.day === first.day && each.sure ? each : first;
    }, undefined);
};

/** The next of the days 1, 31, 61, 91, 121 … past a due date; surely one to be aged on if another bucket begins. */
const roundAfter = ({ bucket }: LentLoan, due: Day, after: Day): Candidate => {
  const past = 1 + ROUND_DAYS * Math.max(0, Math.ceil((after - due) / ROUND_DAYS));
  return { day: due + past, sure: bucketOf(past) !== bucket };
};
