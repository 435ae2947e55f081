import { z } from 'zod';
import { decisionReasonSchema, decisionSchema } from '../domain/application';
import { consentScopeSchema } from '../domain/borrower';
import { currencySchema, moneyTextSchema, rateTextSchema } from '../domain/kernel';
import { entrySchema } from '../domain/ledger';
import { ARREARS_BUCKETS } from '../domain/loan';
import { agreementSchema } from '../domain/mandate';
import { offeringSchema } from '../domain/product';
import { breakSchema } from '../domain/reconciliation';
import { quoteSchema } from '../domain/schedule';
import { APPLICATION_STAGES, LOAN_STATUSES } from '../projections';

/** What read models show, as it goes out: each document's type is in `projections/`, and says what its fields mean. */

const id = z.string();
const day = z.string().describe('A calendar day, YYYY-MM-DD.');
const instant = z.string().describe('An instant in UTC.');
const count = z.int().min(0);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

const stepSchema = z.strictObject({
  n: z.int().min(1),
  stage: z.enum(APPLICATION_STAGES),
  at: instant,
  event: z.string(),
});

/** What only staff are shown of an application is optional here. */
export const applicationSchema = z
  .strictObject({
    id,
    borrowerId: id,
    productId: id,
    stage: z.enum(APPLICATION_STAGES),
    referred: z.boolean().optional(),
    amount: moneyTextSchema,
    installments: z.int(),
    submittedOn: day,
    steps: list(stepSchema),
    reasons: list(decisionReasonSchema),
    claim: z.strictObject({ reviewer: z.string(), until: z.string() }).nullish(),
    endorsedBy: z.string().optional(),
    secondLook: z.boolean().optional(),
    reviewed: z.boolean().optional(),
    decision: decisionSchema.optional(),
    offer: quoteSchema.optional(),
    offerExpiresOn: day.optional(),
    contractHash: z.string().optional(),
    loanId: id.optional(),
  })
  .meta({ id: 'Application', description: 'Where an application stands, with every step of its way.' });

const partsSchema = z.strictObject({
  penalty: z.string(),
  fee: z.string(),
  interest: z.string(),
  principal: z.string(),
});

const installmentSchema = z.strictObject({
  n: z.int().min(1),
  kind: z.enum(['regular', 'down-payment', 'additional', 're-aged']),
  due: day,
  scheduled: partsSchema,
  paid: partsSchema,
  /** Dropped or given up: not asked for any more. */
  remitted: partsSchema,
  balance: z.string(),
  metOn: day.optional(),
});

export const loanSchema = z
  .strictObject({
    id,
    applicationId: id,
    borrowerId: id,
    productId: id,
    status: z.enum(LOAN_STATUSES),
    principal: moneyTextSchema,
    lent: moneyTextSchema,
    allInRate: rateTextSchema,
    ratePerYear: rateTextSchema,
    principalOutstanding: moneyTextSchema,
    disbursedOn: day.optional(),
    closedOn: day.optional(),
    bucket: z.enum(ARREARS_BUCKETS),
    daysPastDue: count,
    installments: list(installmentSchema),
    repayments: list(z.strictObject({ id, on: day, amount: moneyTextSchema, unapplied: moneyTextSchema })),
    credit: moneyTextSchema,
  })
  .meta({ id: 'Loan', description: 'A loan with its plan, what was paid and what is in arrears.' });

const debitSchema = z.strictObject({
  repaymentId: id,
  dueDate: day,
  attempt: z.int().min(1),
  amount: moneyTextSchema,
  orderedOn: day,
  status: z.enum(['ordered', 'taken', 'failed']),
  reason: z.string().optional(),
});

export const mandateSchema = z
  .strictObject({
    id,
    loanId: id,
    borrowerId: id,
    status: z.enum(['live', 'revoked', 'expired', 'refused']),
    number: z.int().min(1).describe('Mandates of this loan, counted from 1.'),
    card: z.strictObject({ id, bank: z.string(), lastFour: z.string() }),
    agreement: agreementSchema,
    grantedOn: day,
    announced: z.strictObject({ dueDate: day, amount: moneyTextSchema }).optional(),
    nextDue: day.optional().describe('The next due date that is to be debited.'),
    retryAt: instant.optional().describe('When a debit that was refused is tried again.'),
    debits: list(debitSchema),
  })
  .meta({ id: 'Mandate', description: 'The permission to debit a loan, and the latest debits under it.' });

const consentSchema = z.strictObject({
  consentId: id,
  scope: consentScopeSchema,
  textVersion: z.string(),
  textHash: z.string(),
  grantedAt: instant,
  withdrawnAt: instant.optional(),
});

export const borrowerSchema = z
  .strictObject({
    id,
    status: z.enum(['registered', 'verified', 'frozen', 'erased']),
    verified: z.boolean(),
    region: z.string(),
    registeredAt: instant,
    consents: list(consentSchema),
    cards: list(z.strictObject({ cardId: id, bank: z.string(), lastFour: z.string() })),
  })
  .meta({ id: 'Borrower', description: 'A borrower’s standing; nothing that identifies them.' });

export const productSchema = z
  .strictObject({
    id,
    status: z.enum(['drafted', 'published', 'retired']),
    version: z.int().min(1),
    offering: offeringSchema,
    cap: rateTextSchema.optional(),
    dearestAllInRate: rateTextSchema.optional(),
  })
  .meta({ id: 'Product', description: 'What is, was or will be on offer.' });

export const journalEntrySchema = entrySchema
  .extend({ ledgerId: id, bookedOn: day })
  .meta({ id: 'JournalEntry', description: 'One balanced entry, and the fact that caused it.' });

const sumsSchema = z.strictObject({ in: moneyTextSchema, out: moneyTextSchema });

export const reconciliationSchema = z
  .strictObject({
    id,
    channel: z.string(),
    businessDate: day,
    status: z.enum(['open', 'closed']),
    lines: count,
    matched: count,
    theirs: sumsSchema,
    ours: sumsSchema.optional(),
    fees: moneyTextSchema.optional(),
    statementHash: z.string(),
    rules: z.string().optional(),
    rulesHash: z.string().optional(),
    breaks: list(
      breakSchema.extend({
        openedAt: instant,
        owner: z.string().optional(),
        explanation: z.string().optional(),
        action: z.string().optional(),
        evidence: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'Reconciliation', description: 'One statement of one day against our own events.' });

export const portfolioSchema = z
  .strictObject({
    borrowers: count,
    applications: z.strictObject({ submitted: count, approved: count, rejected: count, referred: count }),
    decisions: z.strictObject({ count, totalMs: count, mostMs: count }),
    loans: z.strictObject({ disbursed: count, closed: count, writtenOff: count, cancelled: count }),
    disbursed: moneyTextSchema,
    repaid: moneyTextSchema,
  })
  .meta({ id: 'Portfolio', description: 'The whole house in figures.' });

export const trailSchema = z
  .strictObject({
    correlationId: z.string(),
    steps: list(
      z.strictObject({
        stream: z.string(),
        revision: z.string(),
        type: z.string(),
        at: instant,
        actor: z.string(),
        eventId: z.string(),
        causationId: z.string(),
      }),
    ),
  })
  .meta({ id: 'Trail', description: 'Everything that one request led to.' });

export const trialBalanceSchema = z
  .strictObject({
    currency: currencySchema,
    rows: list(
      z.strictObject({
        account: z.string(),
        name: z.string(),
        kind: z.string(),
        debit: z.string(),
        credit: z.string(),
      }),
    ),
    debits: z.string(),
    credits: z.string(),
    balanced: z.boolean(),
  })
  .meta({ id: 'TrialBalance', description: 'Balance of every account of a currency.' });

export const periodSchema = z
  .strictObject({
    after: day.optional(),
    through: day,
    closedOn: day,
    closedBy: z.strictObject({ kind: z.string(), id }),
  })
  .meta({ id: 'Period', description: 'A closed accounting period: from the day after one date through another.' });

export const subLedgerSchema = z
  .strictObject({
    currency: currencySchema,
    rows: list(
      z.strictObject({
        portion: z.string(),
        account: z.string(),
        subLedger: z.string(),
        generalLedger: z.string(),
        difference: z.string(),
      }),
    ),
    agrees: z.boolean(),
  })
  .meta({ id: 'SubLedger', description: 'What all loans owe in a currency, by portion, against the general ledger.' });
