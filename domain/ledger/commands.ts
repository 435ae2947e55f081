import { z } from 'zod';
import { type CommandOf, ledgerIdSchema } from '../kernel';
import { entrySchema } from './events';

export const ledgerCommands = {
  /** Books one balanced entry; an entry that does not balance is refused, the same entry again changes nothing. */
  PostEntry: z.strictObject({ ledgerId: ledgerIdSchema, entry: entrySchema }),
};

export type LedgerCommand = CommandOf<typeof ledgerCommands>;
