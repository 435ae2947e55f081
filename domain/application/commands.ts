import { z } from 'zod';
import type { BorrowerStanding } from '../borrower';
import {
  applicationIdSchema,
  borrowerIdSchema,
  type CommandOf,
  instantSchema,
  type MoneyText,
  moneyTextSchema,
  productIdSchema,
  type RateText,
} from '../kernel';
import type { OfferingInForce } from '../product';
import { quoteSchema } from '../schedule';
import { decisionReasonSchema, decisionSchema } from './decision';
import { declarationSchema, originFields } from './events';

export const applicationCommands = {
  SubmitApplication: z.strictObject({
    applicationId: applicationIdSchema,
    borrowerId: borrowerIdSchema,
    productId: productIdSchema,
    amount: moneyTextSchema,
    installments: z.int().min(1).max(1_200),
    /** The bound card that the money is to go to. */
    cardId: z.string(),
    declaration: declarationSchema,
    ...originFields,
  }),
  /** The amount has been reserved. */
  StartDecision: z.strictObject({ applicationId: applicationIdSchema }),
  /** Refused without asking anybody: the credit line is insufficient, or consent was missing. */
  RejectApplication: z.strictObject({
    applicationId: applicationIdSchema,
    reasons: z.array(decisionReasonSchema).min(1),
  }),
  /** What the engine decided; an approval brings the offer that was made from it. */
  RecordDecision: z.strictObject({
    applicationId: applicationIdSchema,
    decision: decisionSchema,
    offer: quoteSchema.optional(),
  }),
  /** A person decides what the engine referred. */
  ReviewApplication: z.strictObject({
    applicationId: applicationIdSchema,
    approve: z.boolean(),
    note: z.string().min(1).max(500),
    offer: quoteSchema.optional(),
  }),
  ClaimReview: z.strictObject({ applicationId: applicationIdSchema }),
  ReleaseReview: z.strictObject({ applicationId: applicationIdSchema }),
  /** A borrower wants a person to look at what the engine rejected. */
  RequestHumanReview: z.strictObject({
    applicationId: applicationIdSchema,
    borrowerId: borrowerIdSchema,
    reason: z.string().min(1).max(500),
  }),
  AcceptOffer: z.strictObject({
    applicationId: applicationIdSchema,
    borrowerId: borrowerIdSchema,
    quoteHash: z.string(),
    contract: z.strictObject({ templateVersion: z.string(), documentHash: z.string() }),
  }),
  RequestSignature: z.strictObject({ applicationId: applicationIdSchema, borrowerId: borrowerIdSchema }),
  RecordSignature: z.strictObject({
    applicationId: applicationIdSchema,
    documentHash: z.string(),
    evidence: z.strictObject({
      authority: z.string(),
      reference: z.string(),
      keyId: z.string(),
      signature: z.string(),
      signedAt: instantSchema,
    }),
  }),
  ExpireApplication: z.strictObject({ applicationId: applicationIdSchema }),
  WithdrawApplication: z.strictObject({
    applicationId: applicationIdSchema,
    borrowerId: borrowerIdSchema,
    reason: z.string().max(200),
  }),
};

/** The legal cap in force today for the application's product. */
export interface CapInForce {
  readonly cap: RateText;
}

/** Above which amount it takes two reviewers to approve; absent: nobody has said. */
export interface FourEyes {
  readonly fourEyesAbove?: MoneyText;
}

export type ApplicationCommand = CommandOf<
  typeof applicationCommands,
  {
    SubmitApplication: { readonly borrower: BorrowerStanding; readonly product: OfferingInForce | undefined };
    RecordDecision: CapInForce;
    ReviewApplication: CapInForce & FourEyes;
    RequestSignature: { readonly borrower: BorrowerStanding };
  }
>;
