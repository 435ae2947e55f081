import type { BusinessDate } from '../kernel';
import { businessDate } from '../kernel';

/** By what a debtor is reached. */
export const CONTACT_MEANS = ['call', 'sms', 'email', 'letter', 'visit'] as const;
export type ContactMeans = (typeof CONTACT_MEANS)[number];

/** Whom a contact is with. */
export const CONTACT_PARTIES = ['debtor', 'third-party'] as const;
export type ContactParty = (typeof CONTACT_PARTIES)[number];

/** One rule about contacts. Hours are those of the house's calendar; every rule says where it is written. */
export type ContactRule = { readonly means: readonly ContactMeans[]; readonly source: string } & (
  | { readonly kind: 'debtor-only' }
  /** Not before and not from these hours on. */
  | { readonly kind: 'hours'; readonly from: number; readonly to: number }
  /** At most so often in so many calendar days, that of the contact among them. */
  | { readonly kind: 'at-most'; readonly times: number; readonly days: number }
  | { readonly kind: 'no-holidays'; readonly calendar: string }
);

/** The rules of a jurisdiction from a day on, until the next ones. */
export interface ContactLaw {
  readonly jurisdiction: 'CN';
  readonly from: BusinessDate;
  readonly rules: readonly ContactRule[];
}

const STANDARD = 'GB/T 45251—2025, 5.3';
const HOUSE = 'rule of the house, stricter than the law';

/**
 * The rules on contacts, oldest first: a change is a new line, never an edit. The national standard on collecting
 * online consumer loans, in force since its day of publication, asks that nobody but the debtor is asked to pay, that
 * there is quiet from 22:00 to 8:00, and that a debtor is called at most three times a day by the lender and its
 * agencies together.
 */
export const CONTACT_LAWS: readonly ContactLaw[] = [
  {
    jurisdiction: 'CN',
    from: businessDate('2025-02-28'),
    rules: [
      { kind: 'debtor-only', means: CONTACT_MEANS, source: STANDARD },
      { kind: 'hours', means: ['call', 'sms', 'email'], from: 8, to: 22, source: STANDARD },
      { kind: 'at-most', means: ['call'], times: 3, days: 1, source: STANDARD },
      { kind: 'hours', means: ['visit'], from: 8, to: 20, source: HOUSE },
      { kind: 'no-holidays', means: ['call', 'visit'], calendar: 'CN@2026.1', source: HOUSE },
      { kind: 'at-most', means: ['call'], times: 10, days: 7, source: HOUSE },
      { kind: 'at-most', means: ['sms', 'email'], times: 2, days: 1, source: HOUSE },
      { kind: 'at-most', means: ['visit'], times: 1, days: 7, source: HOUSE },
    ],
  },
];
