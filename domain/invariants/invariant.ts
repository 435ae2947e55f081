import type { DomainEvent } from '../events';
import type { LoanAccount } from '../schedule';

/** A fact as it lies in the log, as far as an invariant needs it. */
export type LoggedFact = DomainEvent & {
  readonly stream: string;
  readonly id: string;
  /** Where in the log it lies: texts that sort as the log does. */
  readonly position: string;
  readonly meta: {
    readonly commandId: string;
    readonly fingerprint: string;
    readonly valueDate: string;
    readonly bookedAt: string;
    readonly actor: { readonly kind: string; readonly id: string };
  };
};

/** Something that must hold and does not. */
export interface Finding {
  readonly invariant: string;
  readonly stream: string;
  readonly detail: string;
}

/** Watches the log go by, in order. Holds what it must remember, and says at once what cannot be mended later. */
export interface Watcher {
  see(fact: LoggedFact): string | undefined;
  /** How much has begun and is not finished where the log ends: no fault, a running house goes on with it. */
  unfinished(): number;
}

/** What several watchers look at, folded once for all of them: as it is after the fact at hand. */
export interface Seen {
  /** The account of a loan; and as it was for whoever decided what was booked at an instant. */
  readonly accounts: {
    of(loan: string): LoanAccount;
    seenBy(loan: string, bookedAt: string): readonly LoanAccount[];
  };
}

/** How an invariant is checked where it is not the log alone that shows it. */
export const ELSEWHERE = ['chains', 'rebuilds', 'readers', 'acknowledgements', 'partners'] as const;

/** One thing that must always hold. */
export interface Invariant {
  /** Number in the list of invariants that a lending core must keep. */
  readonly id: string;
  readonly statement: string;
  /**
   * Over the log alone, by a watcher; or with what else it takes: the `chains` of every stream, `rebuilds` of every
   * read model, how far `readers` of the log have come, what callers had `acknowledgements` of, what `partners` have
   * on record.
   */
  readonly check: ((seen: Seen) => Watcher) | (typeof ELSEWHERE)[number];
}

export const nothingUnfinished = (): number => 0;
