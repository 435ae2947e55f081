import type { DomainEvent } from '../domain/events';
import { type Instant, instant, type LoanId } from '../domain/kernel';
import { type LoanEvent, type LoanState, loanDecider, type RecordedLoanEvent } from '../domain/loan';
import type { RecordedEvent } from '../platform/event-log';
import type { ReadContext } from './read-context';
import { within } from './time-travel';

/** A loan from what had been recorded of it at an instant: now, where none is given. */
export const knownLoan = async (
  { log }: Pick<ReadContext, 'log'>,
  loanId: LoanId,
  knownAt?: Instant | undefined,
): Promise<LoanState> => {
  let state: LoanState = loanDecider.initial;
  for await (const events of log.readStream(loanId)) state = loanOf(events, knownAt, state);
  return state;
};

/** All that was ever recorded of a loan, with when. */
export const loanHistory = async (
  { log }: Pick<ReadContext, 'log'>,
  loanId: LoanId,
): Promise<readonly RecordedLoanEvent[]> => {
  const history: RecordedLoanEvent[] = [];
  for await (const events of log.readStream(loanId)) {
    for (const event of events) {
      history.push({ event: loanEvent(event), revision: event.revision, bookedAt: instant(event.meta.bookedAt) });
    }
  }
  return history;
};

/** Folds what had been recorded at an instant. */
const loanOf = (
  events: readonly RecordedEvent<DomainEvent>[],
  knownAt?: Instant | undefined,
  before: LoanState = loanDecider.initial,
): LoanState => {
  let state = before;
  for (const event of events) if (within({ knownAt }, event)) state = loanDecider.evolve(state, loanEvent(event));
  return state;
};

/** The streams of loans hold the facts of loans. */
const loanEvent = (event: DomainEvent): LoanEvent => event as LoanEvent;
