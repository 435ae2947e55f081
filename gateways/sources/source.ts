import type { Unavailable } from '../http';

/** What every question to a source brings besides what it is about. */
export interface Covered {
  /** The consent that covers the question. */
  readonly consentId: string;
  /** The same id again is the same question. */
  readonly requestId: string;
}

export type SourceOutcome<Answer> = { readonly outcome: 'answered'; readonly answer: Answer } | Unavailable;

/**
 * A source of information about an applicant. Asking never throws. Answers are read strictly: one that brings more than
 * was agreed, such as raw records, counts as none.
 */
export interface Source<Question, Answer> {
  /** Name for the record of sources. */
  readonly name: string;
  /** @param deadlineMs for the whole call, retries included */
  ask(question: Question & Covered, deadlineMs: number): Promise<SourceOutcome<Answer>>;
}
