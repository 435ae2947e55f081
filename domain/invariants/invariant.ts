import type { DomainEvent } from '../events';

/** A fact as it lies in the log, as far as an invariant needs it. */
export type LoggedFact = DomainEvent & {
  readonly stream: string;
  readonly id: string;
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
  /** What only the end of the log can tell: a stream and what is wrong with it. */
  end(): readonly { readonly stream: string; readonly detail: string }[];
}

/** One thing that must always hold over the whole log. */
export interface Invariant {
  /** Number in the list of invariants that a lending core must keep. */
  readonly id: string;
  readonly statement: string;
  readonly watch: () => Watcher;
}

export const nothingAtEnd = (): readonly never[] => [];
