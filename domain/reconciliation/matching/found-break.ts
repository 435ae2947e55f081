import type { Money } from '../../kernel';

/**
 * Why items are in no match. 'missing-there': ours alone. 'missing-here': theirs alone. 'late': they agree but for a
 * date outside the window, or theirs alone is of another business date than the statement. 'duplicate': theirs once
 * more under a reference that we have. 'ledger': ours and theirs agree, and the books say something else.
 */
export const BREAK_TYPES = [
  'missing-there',
  'missing-here',
  'amount',
  'status',
  'duplicate',
  'currency',
  'direction',
  'late',
  'ledger',
] as const;
export type BreakType = (typeof BREAK_TYPES)[number];

/** Items of the three sides, by index, that belong together and do not agree. */
export interface FoundBreak {
  readonly type: BreakType;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  readonly ledger: readonly number[];
  /** Ours minus theirs, per currency, where it is not nothing. */
  readonly differences: readonly Money[];
  /** Ours minus the ledger's, per currency, where it is not nothing; empty when no ledger was given. */
  readonly ledgerDifferences: readonly Money[];
}

/** A break before the books have been looked at. */
export type Suspect = Pick<FoundBreak, 'type' | 'ours' | 'theirs'>;
