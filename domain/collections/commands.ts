import { z } from 'zod';
import {
  borrowerIdSchema,
  businessDateSchema,
  type CommandOf,
  caseIdSchema,
  loanIdSchema,
  type MoneyText,
  moneyTextSchema,
  personalSchema,
} from '../kernel';
import type { ArrearsStanding } from '../loan';
import { CONTACT_MEANS, CONTACT_PARTIES } from './contact-law';
import { CONTACT_RESULTS, LEGAL_STEPS, reliefSchema } from './events';

const about = { caseId: caseIdSchema };
const reason = z.string().min(1).max(200);

export const collectionsCommands = {
  /** Something has happened to a loan that may change what is to be collected: opens and closes cases by itself. */
  NoteLoan: z.strictObject({
    ...about,
    borrowerId: borrowerIdSchema,
    loanId: loanIdSchema,
    /** It is later than before: a case that a person has closed is opened again. */
    worsened: z.boolean(),
  }),
  ClaimCase: z.strictObject(about),
  ReleaseCase: z.strictObject(about),
  /** Asks leave to turn to somebody, now, and puts it on record. */
  AttemptContact: z.strictObject({
    ...about,
    contactId: z.string(),
    means: z.enum(CONTACT_MEANS),
    party: z.enum(CONTACT_PARTIES),
  }),
  RecordContactResult: z.strictObject({
    ...about,
    contactId: z.string(),
    result: z.enum(CONTACT_RESULTS),
    note: personalSchema.optional(),
  }),
  RecordPromise: z.strictObject({
    ...about,
    promiseId: z.string(),
    loanId: loanIdSchema,
    amount: moneyTextSchema,
    by: businessDateSchema,
  }),
  /** The day of a promise has passed. */
  JudgePromise: z.strictObject({ ...about, promiseId: z.string() }),
  AgreeHardship: z.strictObject({ ...about, planId: z.string(), loanId: loanIdSchema, relief: reliefSchema }),
  RecordHardshipOutcome: z.strictObject({
    ...about,
    planId: z.string(),
    /** Why the loan cannot be served like that; absent: it is. */
    refusal: z.strictObject({ code: z.string(), detail: z.string() }).optional(),
  }),
  HandOverCase: z.strictObject({ ...about, agency: z.string().min(1).max(100) }),
  TakeBackCase: z.strictObject({ ...about, reason }),
  TakeLegalStep: z.strictObject({ ...about, step: z.enum(LEGAL_STEPS), reference: z.string().min(1).max(100) }),
  CloseCase: z.strictObject({ ...about, reason }),
};

/** What has been repaid of what was promised, by promise. */
export type PaidByPromise = Readonly<Record<string, MoneyText>>;

export type CollectionsCommand = CommandOf<
  typeof collectionsCommands,
  {
    NoteLoan: { readonly standing: ArrearsStanding; readonly paid: PaidByPromise };
    JudgePromise: { readonly paid: PaidByPromise };
    /** What closes the loan today, and what has been repaid today so far. */
    RecordPromise: { readonly owed: MoneyText | undefined; readonly paidToday: MoneyText | undefined };
  }
>;
export type CollectionsCommandOf<Type extends CollectionsCommand['type']> = Extract<CollectionsCommand, { type: Type }>;
