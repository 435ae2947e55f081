import { z } from 'zod';

export type AccountKind = 'asset' | 'liability' | 'equity' | 'income' | 'expense';

/** The chart of accounts. The side that increases an account follows from its kind. */
export const ACCOUNTS = {
  '1001': { name: 'Custody cash', kind: 'asset' },
  '1002': { name: 'Custody cash of clients', kind: 'asset' },
  '1101': { name: 'Principal receivable', kind: 'asset' },
  '1102': { name: 'Interest receivable', kind: 'asset' },
  '1103': { name: 'Fee receivable', kind: 'asset' },
  '1104': { name: 'Penalty receivable', kind: 'asset' },
  '1105': { name: 'Accrued interest, not due', kind: 'asset' },
  '1201': { name: 'Payouts in flight', kind: 'asset' },
  '1202': { name: 'Custody instructions in flight', kind: 'asset' },
  '1301': { name: 'Claims on channels', kind: 'asset' },
  '2001': { name: 'Payouts pending', kind: 'liability' },
  '2002': { name: 'Repayments to allocate', kind: 'liability' },
  '2003': { name: 'Overpayments held for borrowers', kind: 'liability' },
  '2004': { name: 'Deferred income', kind: 'liability' },
  '2005': { name: 'Custody instructions pending', kind: 'liability' },
  '2101': { name: 'Suspense', kind: 'liability' },
  '2201': { name: 'Suspended interest', kind: 'liability' },
  '2301': { name: 'Client money in custody', kind: 'liability' },
  '3001': { name: 'House funds', kind: 'equity' },
  '4001': { name: 'Interest income', kind: 'income' },
  '4002': { name: 'Fee income', kind: 'income' },
  '4003': { name: 'Penalty income', kind: 'income' },
  '4004': { name: 'Recovery income', kind: 'income' },
  '5001': { name: 'Write-off expense', kind: 'expense' },
  '5002': { name: 'Channel fees', kind: 'expense' },
  '5003': { name: 'Goodwill expense', kind: 'expense' },
  '5004': { name: 'Charge-off expense', kind: 'expense' },
} as const satisfies Record<string, { name: string; kind: AccountKind }>;

export type AccountCode = keyof typeof ACCOUNTS;
export const ACCOUNT_CODES = Object.keys(ACCOUNTS) as [AccountCode, ...AccountCode[]];
export const accountCodeSchema = z.enum(ACCOUNT_CODES);
