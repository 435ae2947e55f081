import { accrualIdSchema, type CommandOf } from '../kernel';
import { registeredSchema } from './events';

export const accrualCommands = {
  /** Registers a business date, once; dates that were passed over are in the next one. */
  AccrueInterest: registeredSchema.extend({ accrualId: accrualIdSchema }),
};

export type AccrualCommand = CommandOf<typeof accrualCommands>;
