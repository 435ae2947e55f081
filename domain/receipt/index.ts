import type { Decider } from '../kernel';
import type { ReceiptCommand } from './commands';
import { decide } from './decide';
import type { ReceiptEvent } from './events';
import { evolve, noReceipt, type ReceiptState } from './state';

export { type ReceiptCommand, receiptCommands } from './commands';
export { ASSIGNED_BY, type ReceiptEvent, receiptEvents, receiptPayerSchema } from './events';
export type { ReceiptState } from './state';

/** Payments that came in by themselves: from employers, agencies and people, with or without words. */
export const receiptDecider: Decider<ReceiptState, ReceiptCommand, ReceiptEvent> = {
  initial: noReceipt,
  decide,
  evolve,
};
