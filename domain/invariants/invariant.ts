import type { DomainEvent } from '../events';

/** A fact as it lies in the log, as far as an invariant needs it. */
export type LoggedFact = DomainEvent & {
  readonly stream: string;
  readonly id: string;
  /** Where in the log it lies: texts that sort as the log does. */
  readonly position: string;
  readonly meta: {
    readonly commandId: string;
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

/** One thing that must always hold over the whole log. */
export interface Invariant {
  /** Number in the list of invariants that a lending core must keep. */
  readonly id: string;
  readonly statement: string;
  readonly watch: () => Watcher;
}

export const nothingUnfinished = (): number => 0;
