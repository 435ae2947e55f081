import { z } from 'zod';
import { businessDateSchema, type CommandOf, periodIdSchema } from '../kernel';

export const periodCommands = {
  /** Closes the books up to and with a business date that is over. For good. */
  ClosePeriod: z.strictObject({ periodId: periodIdSchema, through: businessDateSchema }),
};

export type PeriodCommand = CommandOf<typeof periodCommands>;
