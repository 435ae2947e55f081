import { z } from 'zod';
import { type BusinessDate, businessDateSchema, type CommandOf, ledgerIdSchema } from '../kernel';
import { entrySchema } from './events';

export const ledgerCommands = {
  /**
   * Books one balanced entry, in the books of today or of an earlier date whose period is still open; an entry that
   * does not balance is refused, the same entry again changes nothing.
   */
  PostEntry: z.strictObject({ ledgerId: ledgerIdSchema, entry: entrySchema, bookOn: businessDateSchema.optional() }),
};

/** The last business date of the periods that are closed; none is where it is absent. */
export interface ClosedPeriods {
  readonly closedThrough?: BusinessDate;
}

export type LedgerCommand = CommandOf<typeof ledgerCommands, { PostEntry: ClosedPeriods }>;
