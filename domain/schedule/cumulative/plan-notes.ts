import type { Day } from '../../calendar';
import type { RateText } from '../../kernel';
import type { NotedRun } from './bearing';
import type { Carried } from './carried';
import type { CountedPart } from './part';
import type { Row } from './row';

/** How the installments in force were made. */
export type NotedBase =
  | {
      readonly kind: 'annuity';
      readonly principal: bigint;
      readonly rest: bigint;
      readonly perYear: RateText;
      readonly counted: CountedPart;
      readonly factor: Carried;
      readonly periods: number;
      readonly amount: bigint;
    }
  | { readonly kind: 'even'; readonly principal: bigint; readonly periods: number; readonly amount: bigint }
  | { readonly kind: 'share'; readonly principal: bigint; readonly share: RateText; readonly amount: bigint }
  | { readonly kind: 'agreed'; readonly amount: bigint };

/** How flat interest was spread: worked out for the whole term, or so much over so many installments from then on. */
export type NotedFlat =
  | {
      readonly kind: 'whole';
      readonly principal: bigint;
      readonly perYear: RateText;
      readonly counted: CountedPart;
      readonly factor: Carried;
      readonly total: bigint;
      readonly installments: number;
      readonly free: number;
      readonly putOff: number;
    }
  | { readonly kind: 'rest'; readonly sum: bigint; readonly installments: number };

/** How the interest of an installment came to be. */
export type NotedInterest =
  | {
      readonly kind: 'flat';
      readonly each: bigint;
      readonly putOff: bigint;
      /** What the loan has still to ask for, of how much. */
      readonly total: bigint;
      readonly asked: bigint;
      readonly isLast: boolean;
      readonly from: NotedFlat | undefined;
    }
  | { readonly kind: 'free' }
  | {
      readonly kind: 'days';
      readonly runs: readonly NotedRun[];
      readonly putOff: bigint;
      readonly carriedIn: bigint;
      /** No more than this; undefined where all of it is asked for. */
      readonly room: bigint | undefined;
      readonly isPutOff: boolean;
    };

export interface NotedPrincipal {
  readonly planned: bigint;
  readonly outstanding: bigint;
  readonly borne: bigint;
  readonly base: NotedBase | undefined;
  /** What the installment is led by: all that is left, nothing, itself, or its principal. */
  readonly by: 'rest' | 'nothing' | 'installment' | 'principal';
  readonly wanted: bigint;
  /** Flat loans: an even part of this, over so many. */
  readonly evenly: { readonly sum: bigint; readonly count: number } | undefined;
  readonly held: bigint;
  readonly early: bigint;
}

/** How an installment came to be. */
export interface RowNote {
  interest?: NotedInterest;
  principal?: NotedPrincipal;
  /** Interest that the end of the plan brings, as there is no later installment. */
  atTheEnd?: bigint;
  /** Principal that was paid with it before it was asked for, by fact. */
  readonly more: { readonly fact: string; readonly amount: bigint }[];
}

/** Days on which principal was overdue. */
export interface NotedOverdue {
  readonly from: Day;
  readonly to: Day;
  readonly principal: bigint;
}

/** How a plan came to be: written down only where somebody asks. */
export interface PlanNotes {
  base: NotedBase | undefined;
  flat: NotedFlat | undefined;
  /** Of the installment that is being planned. */
  current: RowNote;
  readonly rows: Map<Row, RowNote>;
  /** Of each installment of the books, by its number less one. */
  inOrder: readonly (RowNote | undefined)[];
  readonly overdue: Map<Row, NotedOverdue[]>;
}

export const noNotes = (): PlanNotes => ({
  base: undefined,
  flat: undefined,
  current: { more: [] },
  rows: new Map(),
  inOrder: [],
  overdue: new Map(),
});

/** The installment that was being planned is this one. */
export const noteRow = (notes: PlanNotes | undefined, row: Row): void => {
  if (notes === undefined) return;
  notes.rows.set(row, notes.current);
  notes.current = { more: [] };
};
