import type { ConsentScope } from '../../domain/borrower';

/** On which terms a source is asked, and how long what it said is good for. */
interface SourceTerms {
  /** Partners are asked over the wire; everything else is the house's own knowledge. */
  readonly kind: 'partner' | 'house';
  /** Without a consent in force to this, the source is not asked. Null: the contract or the law is the ground. */
  readonly scope: ConsentScope | null;
  /** An answer up to this old is used again instead of asking. */
  readonly freshForMs: number;
  /** When the source does not answer, an answer up to this old stands in for it, with its age on record. */
  readonly usableForMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const house = { kind: 'house', scope: null, freshForMs: 0, usableForMs: 0 } as const;

/** Where features come from. */
export const SOURCES = {
  /** What the applicant asks for and declares, and who they are. */
  application: house,
  /** Credit file (征信). */
  bureau: { kind: 'partner', scope: 'credit-bureau', freshForMs: DAY, usableForMs: 7 * DAY },
  /** What the industry shares about fraud and about borrowing at many lenders at once (多头借贷). */
  antifraud: { kind: 'partner', scope: 'anti-fraud', freshForMs: 10 * MINUTE, usableForMs: DAY },
  /** The operator of the phone: three factors (三要素) and aggregates; no calls, no messages. */
  telecom: { kind: 'partner', scope: 'telecom-data', freshForMs: HOUR, usableForMs: 7 * DAY },
  /** What a device looks like from outside. */
  device: { kind: 'partner', scope: 'device-data', freshForMs: 10 * MINUTE, usableForMs: HOUR },
  /** The public register of debts under enforcement (被执行人). */
  courts: { kind: 'partner', scope: 'court-records', freshForMs: DAY, usableForMs: 7 * DAY },
  /** What the house has lived through with the borrower. */
  history: house,
  /** Applications by device, address, phone and card, counted as they come in. */
  counters: house,
  /** Who is connected with whom. */
  associations: house,
  /** The house's lists of what is known to be bad, or trusted. */
  lists: house,
} as const satisfies Record<string, SourceTerms>;

export type SourceName = keyof typeof SOURCES;
export type PartnerSource = {
  readonly [Name in SourceName]: (typeof SOURCES)[Name]['kind'] extends 'partner' ? Name : never;
}[SourceName];
