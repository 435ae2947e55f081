import { z } from 'zod';
import { originationChannelSchema } from '../borrower';
import {
  blindIndexSchema,
  borrowerIdSchema,
  businessDateSchema,
  type EventOf,
  eventType,
  instantSchema,
  moneyTextSchema,
  personalSchema,
  productIdSchema,
  rateTextSchema,
} from '../kernel';
import { loanTermsSchema, quoteSchema } from '../schedule';
import { decisionReasonSchema, decisionSchema } from './decision';

/** What the applicant says of their means; pseudonymous attributes, no identifying values. */
export const declarationSchema = z
  .strictObject({
    monthlyIncome: moneyTextSchema,
    employment: z.enum(['unemployed', 'under-1-year', '1-to-4-years', '4-to-7-years', '7-years-and-more']),
    job: z.enum(['unskilled-non-resident', 'unskilled', 'skilled', 'management']),
    housing: z.enum(['free', 'rent', 'own']),
    property: z.enum(['none', 'car-or-other', 'life-insurance', 'real-estate']),
    purpose: z.enum([
      'new-car',
      'used-car',
      'furniture',
      'electronics',
      'appliances',
      'repairs',
      'education',
      'vacation',
      'retraining',
      'business',
      'other',
    ]),
    otherInstallmentPlans: z.enum(['bank', 'stores', 'none']),
    dependants: z.enum(['0-to-2', '3-or-more']),
    residence: z.enum(['under-1-year', '1-to-4-years', '4-to-7-years', '7-years-and-more']),
  })
  .meta({ id: 'Declaration' });

export type Declaration = Readonly<z.infer<typeof declarationSchema>>;

/** How the form was filled in, as the client sums it up: durations and counts, never what was typed or clicked. */
export const formSessionSchema = z
  .strictObject({
    seconds: z.int().min(0).max(86_400),
    keystrokes: z.int().min(0).max(100_000),
    /** Fields that were filled by pasting. */
    pastes: z.int().min(0).max(1_000),
    corrections: z.int().min(0).max(10_000),
    /** How often the form was left for another window. */
    departures: z.int().min(0).max(10_000),
  })
  .meta({ id: 'FormSession' });
export type FormSession = Readonly<z.infer<typeof formSessionSchema>>;

/** From where and with what an application came in. Keyed hashes to compare by; clear values only sealed. */
export const originFields = {
  deviceIndex: blindIndexSchema.optional(),
  networkIndex: blindIndexSchema.optional(),
  /** The neighbourhood of the address: /24, or /48 in IPv6. */
  subnetIndex: blindIndexSchema.optional(),
  phoneIndex: blindIndexSchema.optional(),
  cardIndex: blindIndexSchema.optional(),
  /** The home address. */
  addressIndex: blindIndexSchema.optional(),
  /** Phones of people who can be asked, comparable with `phoneIndex`. */
  contactIndexes: z.array(blindIndexSchema).max(5).optional(),
  /** Absent: it was not said, and the app is what nearly all come by. */
  channel: originationChannelSchema.optional(),
  session: formSessionSchema.optional(),
  /** What the device calls itself; opaque, never a number of its hardware. */
  deviceId: personalSchema.optional(),
  networkAddress: personalSchema.optional(),
};

/** Who looked at what the engine had referred, and what they noted. */
const reviewSchema = z.strictObject({ reviewer: z.string(), note: z.string() });

export const applicationEvents = {
  ApplicationSubmitted: eventType({
    schema: 1,
    subject: { field: 'borrowerId' },
    data: z.strictObject({
      borrowerId: borrowerIdSchema,
      productId: productIdSchema,
      productVersion: z.int().min(1),
      /** The terms on offer at that moment; later versions of the product do not touch this application. */
      terms: loanTermsSchema,
      amount: moneyTextSchema,
      installments: z.int(),
      cardId: z.string(),
      declaration: declarationSchema,
      ...originFields,
      submittedOn: businessDateSchema,
    }),
    published: ({ borrowerId, productId, amount, installments }) => ({ borrowerId, productId, amount, installments }),
  }),
  /** The amount is reserved in the credit line; features are being gathered. */
  DecisionStarted: eventType({ schema: 1, data: z.strictObject({}), published: () => ({}) }),
  ApplicationApproved: eventType({
    schema: 1,
    data: z.strictObject({
      decision: decisionSchema,
      offer: quoteSchema,
      /** The legal cap that the offer was checked against. */
      cap: rateTextSchema,
      /** The last day on which the offer can be accepted and its signature asked for. */
      offerExpiresOn: businessDateSchema,
      /** Present when a person approved what the engine had referred; the decision stays as the engine made it. */
      review: reviewSchema.optional(),
    }),
    published: ({ offer, offerExpiresOn }) => ({
      principal: offer.principal,
      installments: offer.installments,
      allInRate: offer.allInRate,
      offerExpiresOn,
    }),
  }),
  ApplicationRejected: eventType({
    schema: 1,
    data: z.strictObject({
      reasons: z.array(decisionReasonSchema).min(1),
      /** Absent when the credit line was insufficient and no decision was needed. */
      decision: decisionSchema.optional(),
      /** Present when a person rejected what the engine had referred. */
      review: reviewSchema.optional(),
    }),
    published: ({ reasons }) => ({ reasons }),
  }),
  /** A person has to look. */
  ApplicationReferred: eventType({
    schema: 1,
    data: z.strictObject({ decision: decisionSchema }),
    published: ({ decision }) => ({ reasons: decision.reasons }),
  }),
  /** A reviewer looks at it: others keep away until then. */
  ReviewClaimed: eventType({ schema: 1, data: z.strictObject({ reviewer: z.string(), until: instantSchema }) }),
  ReviewReleased: eventType({ schema: 1, data: z.strictObject({ reviewer: z.string() }) }),
  /** The first of two who must approve what is above the policy's limit. */
  ReviewEndorsed: eventType({ schema: 1, data: reviewSchema }),
  /** The borrower wants a person to look at what the engine rejected. */
  HumanReviewRequested: eventType({
    schema: 1,
    data: z.strictObject({ reason: z.string(), borrowerId: borrowerIdSchema }),
    published: () => ({}),
  }),
  /** The borrower accepted exactly this quote, and the contract was made from it. */
  OfferAccepted: eventType({
    schema: 1,
    data: z.strictObject({
      quoteHash: z.string(),
      contract: z.strictObject({
        templateVersion: z.string(),
        /** SHA-256 of the contract's text, which can be made again from the template and this stream. */
        documentHash: z.string(),
      }),
      acceptedOn: businessDateSchema,
    }),
    published: ({ quoteHash, contract }) => ({ quoteHash, documentHash: contract.documentHash }),
  }),
  /** The borrower wants to sign; the e-sign authority is asked. */
  SignatureRequested: eventType({
    schema: 1,
    data: z.strictObject({ documentHash: z.string(), borrowerId: borrowerIdSchema }),
    published: ({ documentHash }) => ({ documentHash }),
  }),
  ContractSigned: eventType({
    schema: 1,
    data: z.strictObject({
      documentHash: z.string(),
      evidence: z.strictObject({
        authority: z.string(),
        reference: z.string(),
        keyId: z.string(),
        /** Ed25519 over the document hash and the signer's reference, base64url. */
        signature: z.string(),
        signedAt: instantSchema,
      }),
      borrowerId: borrowerIdSchema,
    }),
    published: ({ documentHash }) => ({ documentHash }),
  }),
  ApplicationExpired: eventType({
    schema: 1,
    data: z.strictObject({ expiredOn: businessDateSchema, borrowerId: borrowerIdSchema }),
    published: () => ({}),
  }),
  ApplicationWithdrawn: eventType({
    schema: 1,
    data: z.strictObject({ reason: z.string(), borrowerId: borrowerIdSchema }),
    published: () => ({}),
  }),
};

export type ApplicationEvent = EventOf<typeof applicationEvents>;
