import { z } from 'zod';
import { blindIndexSchema, type EventOf, eventType, instantSchema, personalSchema } from '../kernel';
import { languageSchema, messageChannelSchema, OPTIONAL_KINDS, optionalKindSchema } from '../notices';

/** What a borrower can consent to. No source of data is asked without a consent in force that covers it. */
export const CONSENT_SCOPES = [
  'identity-verification',
  'credit-bureau',
  'direct-debit',
  'electronic-signature',
  'anti-fraud',
  'telecom-data',
  'device-data',
  'court-records',
] as const;
export const consentScopeSchema = z.enum(CONSENT_SCOPES);
export type ConsentScope = z.infer<typeof consentScopeSchema>;

/** Through what somebody came to us: where they gave a consent, where they applied. */
export const originationChannelSchema = z.enum(['web', 'app', 'partner', 'branch']);

const subject = 'stream';

/** What somebody may choose of how they are told of things. */
export const noticePreferences = {
  language: languageSchema,
  channels: z.array(messageChannelSchema).min(1).max(3),
  /** Kinds of notices that they do without. */
  without: z.array(optionalKindSchema).max(OPTIONAL_KINDS.length),
};

export const borrowerEvents = {
  BorrowerRegistered: eventType({
    schema: 1,
    subject,
    data: z.strictObject({
      name: personalSchema,
      idNumber: personalSchema,
      phone: personalSchema,
      birthDate: personalSchema,
      idNumberIndex: blindIndexSchema,
      phoneIndex: blindIndexSchema,
      /** Province, the first two digits of the area code (GB/T 2260). */
      region: z.string().regex(/^\d{2}$/),
    }),
    published: ({ region }) => ({ region }),
  }),
  ConsentGranted: eventType({
    schema: 1,
    data: z.strictObject({
      consentId: z.string(),
      scope: consentScopeSchema,
      purpose: z.string(),
      textVersion: z.string(),
      /** SHA-256 of the text that was shown. */
      textHash: z.string(),
      channel: originationChannelSchema,
    }),
    published: ({ scope }) => ({ scope }),
  }),
  ConsentWithdrawn: eventType({
    schema: 1,
    data: z.strictObject({ consentId: z.string(), scope: consentScopeSchema }),
    published: ({ scope }) => ({ scope }),
  }),
  /** Name, ID number and phone belong together, says the provider (三要素). */
  IdentityVerified: eventType({
    schema: 1,
    data: z.strictObject({ provider: z.string(), reference: z.string(), checkedAt: instantSchema }),
    published: ({ provider }) => ({ provider }),
  }),
  /** The provider says they do not, or could not say: unknown is not a match. */
  IdentityCheckFailed: eventType({
    schema: 1,
    data: z.strictObject({
      provider: z.string(),
      reference: z.string(),
      result: z.enum(['mismatch', 'unknown']),
      checkedAt: instantSchema,
    }),
    published: ({ result }) => ({ result }),
  }),
  BankCardBound: eventType({
    schema: 1,
    subject,
    data: z.strictObject({
      cardId: z.string(),
      cardNumber: personalSchema,
      cardIndex: blindIndexSchema,
      bank: z.string(),
      lastFour: z.string().regex(/^\d{4}$/),
    }),
    published: ({ cardId, bank }) => ({ cardId, bank }),
  }),
  /** How the borrower wants to be told of things: in which language, by which ways, and what not at all. */
  NoticePreferencesSet: eventType({
    schema: 1,
    subject,
    data: z.strictObject({ ...noticePreferences, email: personalSchema.optional(), device: personalSchema.optional() }),
  }),
  BorrowerFrozen: eventType({ schema: 1, data: z.strictObject({ reason: z.string() }), published: () => ({}) }),
  BorrowerUnfrozen: eventType({ schema: 1, data: z.strictObject({ reason: z.string() }), published: () => ({}) }),
  /** The borrower's data key is to be destroyed; nothing personal can be read from here on. */
  BorrowerErased: eventType({
    schema: 1,
    data: z.strictObject({ idNumberIndex: blindIndexSchema, reason: z.string() }),
    published: () => ({}),
  }),
};

export type BorrowerEvent = EventOf<typeof borrowerEvents>;
