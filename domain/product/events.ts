import { z } from 'zod';
import { businessDateSchema, type EventOf, eventType, moneyTextSchema, rateTextSchema } from '../kernel';
import { loanTermsSchema } from '../schedule';

/** What is on offer: the terms, the bounds a borrower may choose within, and the law it is offered under. */
export const offeringSchema = z.strictObject({
  name: z.string().min(1).max(80),
  terms: loanTermsSchema,
  amount: z.strictObject({ least: moneyTextSchema, most: moneyTextSchema }),
  /** How many installments, of the period that the terms name. */
  installments: z.strictObject({ least: z.int().min(1).max(1_200), most: z.int().min(1).max(1_200) }),
  jurisdiction: z.literal('CN'),
  licence: z.enum(['micro-lender', 'consumer-finance', 'private-lender']),
  /** Provinces it is not offered in (first two digits of the area code). */
  deniedRegions: z.array(z.string().regex(/^\d{2}$/)).max(40),
});

export type Offering = Readonly<z.infer<typeof offeringSchema>>;

export const productEvents = {
  ProductDrafted: eventType({
    schema: 1,
    data: z.strictObject({ version: z.int().min(1), offering: offeringSchema }),
  }),
  ProductPublished: eventType({
    schema: 1,
    data: z.strictObject({
      version: z.int().min(1),
      offering: offeringSchema,
      /** The legal cap in force on that day, and an all-in rate that no choice within the offering exceeds. */
      cap: rateTextSchema,
      dearestAllInRate: rateTextSchema,
      publishedOn: businessDateSchema,
    }),
    published: ({ version, offering }) => ({ version, name: offering.name }),
  }),
  ProductRetired: eventType({
    schema: 1,
    data: z.strictObject({ reason: z.string() }),
    published: ({ reason }) => ({ reason }),
  }),
};

export type ProductEvent = EventOf<typeof productEvents>;
