import { z } from 'zod';

/** By which way a message goes. */
export const MESSAGE_CHANNELS = ['sms', 'email', 'push'] as const;
export const messageChannelSchema = z.enum(MESSAGE_CHANNELS);
export type MessageChannel = z.infer<typeof messageChannelSchema>;

export const LANGUAGES = ['zh-CN', 'en'] as const;
export const languageSchema = z.enum(LANGUAGES);
export type Language = z.infer<typeof languageSchema>;

/** What borrowers are told of. */
export const NOTICE_KINDS = [
  'application-approved',
  'application-rejected',
  'contract-signed',
  'loan-paid-out',
  'installment-due',
  'debit-announced',
  'installment-overdue',
  'promise-recorded',
  'promise-broken',
  'loan-paid-off',
] as const;
export const noticeKindSchema = z.enum(NOTICE_KINDS);
export type NoticeKind = z.infer<typeof noticeKindSchema>;

/** Those that a borrower may do without. The others are owed to them by law or by contract. */
export const OPTIONAL_KINDS = ['installment-due', 'promise-recorded', 'loan-paid-off'] as const;
export const optionalKindSchema = z.enum(OPTIONAL_KINDS);

/** Those that ask somebody to pay what is overdue: they keep to the hours of the contact rules. */
const DUNNING: ReadonlySet<NoticeKind> = new Set(['installment-overdue', 'promise-broken']);

export const isDunning = (kind: NoticeKind): boolean => DUNNING.has(kind);
