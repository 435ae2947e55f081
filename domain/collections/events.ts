import { z } from 'zod';
import {
  borrowerIdSchema,
  businessDateSchema,
  type EventOf,
  eventType,
  instantSchema,
  loanIdSchema,
  moneyTextSchema,
  personalSchema,
} from '../kernel';
import { arrearsBucketSchema, loanCommands } from '../loan';
import { CONTACT_MEANS } from './contact-law';
import { nextActionSchema, stageSchema } from './strategy';

export const CONTACT_RESULTS = ['reached', 'not-reached', 'delivered', 'not-delivered', 'refused-to-talk'] as const;
export const LEGAL_STEPS = ['demand', 'filed', 'judgment', 'enforcement'] as const;

/** Why nothing is to be collected of a loan any more. */
export const ENDINGS = ['cured', 'repaid', 'settled', 'written-off', 'cancelled'] as const;

const inCase = { loanId: true, valueDate: true } as const;

/** What a hardship plan asks of the loan: one of the servicing commands, with its terms. */
export const reliefSchema = z.discriminatedUnion('kind', [
  loanCommands.ReAgeLoan.omit(inCase).extend({ kind: z.literal('re-age') }),
  loanCommands.GrantGrace.omit(inCase).extend({ kind: z.literal('grace') }),
  loanCommands.PauseInterest.omit(inCase).extend({ kind: z.literal('interest-pause') }),
]);
export type Relief = Readonly<z.infer<typeof reliefSchema>>;

/** What is to be done next on the case; absent: nothing by the strategy. */
const next = nextActionSchema.optional();
const promise = { promiseId: z.string(), paid: moneyTextSchema, on: businessDateSchema, next };
const nothing = (): Readonly<Record<string, unknown>> => ({});

export const collectionsEvents = {
  /** A loan of the borrower has come into arrears, and none was. Contacts count on from earlier arrears. */
  CaseOpened: eventType({
    schema: 1,
    data: z.strictObject({
      borrowerId: borrowerIdSchema,
      jurisdiction: z.literal('CN'),
      strategy: z.string(),
      openedOn: businessDateSchema,
    }),
    published: ({ openedOn }) => ({ openedOn }),
  }),
  /** How late a loan of the case is, whenever that is other than before. */
  ArrearsNoted: eventType({
    schema: 1,
    data: z.strictObject({
      loanId: loanIdSchema,
      bucket: arrearsBucketSchema,
      pastDueSince: businessDateSchema,
      overdue: moneyTextSchema,
      on: businessDateSchema,
    }),
  }),
  ArrearsEnded: eventType({
    schema: 1,
    data: z.strictObject({ loanId: loanIdSchema, why: z.enum(ENDINGS), on: businessDateSchema }),
  }),
  StageEntered: eventType({
    schema: 1,
    data: z.strictObject({ stage: stageSchema, on: businessDateSchema, next }),
    published: ({ stage, on }) => ({ stage, on }),
  }),
  CaseClaimed: eventType({ schema: 1, data: z.strictObject({ owner: z.string() }) }),
  CaseReleased: eventType({ schema: 1, data: z.strictObject({ owner: z.string() }) }),
  /** Somebody turns to the debtor: on record before it is done, so that the limits hold. */
  ContactAttempted: eventType({
    schema: 1,
    data: z.strictObject({
      contactId: z.string(),
      means: z.enum(CONTACT_MEANS),
      at: instantSchema,
      by: z.string(),
      /** It was made by this agency, to which the case is handed over. */
      agency: z.string().optional(),
      next,
    }),
  }),
  /** What came of it. What was said may tell of the debtor's life: it is sealed. */
  ContactEnded: eventType({
    schema: 1,
    subject: { field: 'borrowerId' },
    data: z.strictObject({
      contactId: z.string(),
      borrowerId: borrowerIdSchema,
      result: z.enum(CONTACT_RESULTS),
      note: personalSchema.optional(),
    }),
  }),
  PromiseMade: eventType({
    schema: 1,
    data: z.strictObject({
      promiseId: z.string(),
      loanId: loanIdSchema,
      amount: moneyTextSchema,
      /** The day on which it will have been paid. */
      by: businessDateSchema,
      madeOn: businessDateSchema,
      /** Had been repaid on that day before the promise was made: counts for nothing. */
      paidBefore: moneyTextSchema,
      /** The first day on which it can be called broken. */
      judgedOn: businessDateSchema,
      next,
    }),
    published: ({ promiseId, by }) => ({ promiseId, by }),
  }),
  PromiseKept: eventType({
    schema: 1,
    data: z.strictObject(promise),
    published: ({ promiseId, on }) => ({ promiseId, on }),
  }),
  PromiseBroken: eventType({
    schema: 1,
    data: z.strictObject(promise),
    published: ({ promiseId, on }) => ({ promiseId, on }),
  }),
  /** There is nothing left to pay for which it was made. */
  PromiseLapsed: eventType({ schema: 1, data: z.strictObject(promise), published: nothing }),
  /** Agreed with the borrower; the loan is asked to be served like that. */
  HardshipAgreed: eventType({
    schema: 1,
    data: z.strictObject({
      planId: z.string(),
      loanId: loanIdSchema,
      relief: reliefSchema,
      agreedOn: businessDateSchema,
    }),
    published: ({ planId, agreedOn }) => ({ planId, agreedOn }),
  }),
  /** The loan is served as agreed. */
  HardshipGranted: eventType({
    schema: 1,
    data: z.strictObject({
      planId: z.string(),
      on: businessDateSchema,
      /** Nothing is done on the case before, by the strategy. */
      quietUntil: businessDateSchema,
      next,
    }),
    published: ({ planId, on }) => ({ planId, on }),
  }),
  /** The loan cannot be served like that. */
  HardshipRefused: eventType({
    schema: 1,
    data: z.strictObject({ planId: z.string(), code: z.string(), detail: z.string(), on: businessDateSchema }),
    published: ({ planId, code }) => ({ planId, code }),
  }),
  CaseHandedOver: eventType({
    schema: 1,
    data: z.strictObject({ agency: z.string(), on: businessDateSchema }),
    published: ({ on }) => ({ on }),
  }),
  CaseTakenBack: eventType({
    schema: 1,
    data: z.strictObject({ agency: z.string(), reason: z.string(), on: businessDateSchema, next }),
    published: ({ on }) => ({ on }),
  }),
  LegalStepTaken: eventType({
    schema: 1,
    data: z.strictObject({ step: z.enum(LEGAL_STEPS), reference: z.string(), on: businessDateSchema }),
    published: ({ step, on }) => ({ step, on }),
  }),
  CaseClosed: eventType({
    schema: 1,
    data: z.strictObject({
      reason: z.enum([...ENDINGS, 'by-person']),
      /** Why a person has closed it. */
      because: z.string().optional(),
      closedOn: businessDateSchema,
    }),
    published: ({ reason, closedOn }) => ({ reason, closedOn }),
  }),
};

export type CollectionsEvent = EventOf<typeof collectionsEvents>;
