import { addDays, loanIdSchema, loanOfMandate, type MoneyText, mandateId, mandateIdSchema } from '../domain/kernel';
import type { AccountChange } from '../domain/loan';
import type { Agreement } from '../domain/mandate';
import type { Fact, HouseProjection } from './house-projection';

/** A debit as its borrower may see it. */
interface DebitDoc {
  readonly repaymentId: string;
  readonly dueDate: string;
  readonly attempt: number;
  readonly amount: MoneyText;
  readonly orderedOn: string;
  readonly status: 'ordered' | 'taken' | 'failed';
  readonly reason?: string;
}

interface Granted {
  readonly borrowerId: string;
  readonly status: 'live' | 'revoked' | 'expired' | 'refused';
  readonly number: number;
  readonly card: { readonly id: string; readonly bank: string; readonly lastFour: string };
  readonly agreement: Agreement;
  readonly grantedOn: string;
  readonly announced?: { readonly dueDate: string; readonly amount: MoneyText };
  /** When the next attempt for a due date is made. */
  readonly retryAt?: string;
  /** The latest ones, the latest first. */
  readonly debits: readonly DebitDoc[];
}

export interface MandateDoc {
  readonly id: string;
  readonly loanId: string;
  /** Due dates of the loan's installments, by their number. */
  readonly dues: readonly string[];
  /** Due dates up to and with them have been announced, and ordered, deferred or passed over. */
  readonly announcedThrough: string;
  readonly handledThrough: string;
  readonly granted?: Granted;
}

/** Debits that a mandate shows. */
const DEBITS_MOST = 12;

export const MANDATE_PARTITIONS = 16;

/** The part of the mandates that this one belongs to, so that a run can work on several parts at once. */
const partitionOf = (id: string): number => {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 65_521;
  return sum % MANDATE_PARTITIONS;
};

const after = (dues: readonly string[], through: string): string | undefined => dues.find((due) => due > through);

const duesAfter = (before: readonly string[], { count, installments = [] }: AccountChange): readonly string[] => {
  if ((count === undefined || count >= before.length) && installments.every(({ due }) => due === undefined)) {
    return before;
  }
  const dues = before.slice(0, count);
  for (const { n, due } of installments) if (due !== undefined) dues[n - 1] = due;
  return dues;
};

const later = <Date extends string>(one: Date, other: Date): Date => (one > other ? one : other);

const withDebit = (granted: Granted, id: string, change: Partial<DebitDoc>): Granted => ({
  ...granted,
  debits: granted.debits.map((debit) => (debit.repaymentId === id ? { ...debit, ...change } : debit)),
});

const foldGranted = (granted: Granted, event: Fact): Granted => {
  switch (event.type) {
    case 'MandateRevoked':
      return { ...granted, status: 'revoked' };
    case 'MandateExpired':
      return { ...granted, status: 'expired' };
    case 'MandateRefused':
      return { ...granted, status: 'refused' };
    case 'DebitAnnounced': {
      const { dueDate, amount } = event.data;
      return { ...granted, announced: { dueDate, amount } };
    }
    case 'DebitOrdered': {
      const { retryAt: _, ...rest } = granted;
      const { repaymentId, dueDate, attempt, amount, orderedOn } = event.data;
      const debit: DebitDoc = { repaymentId, dueDate, attempt, amount, orderedOn, status: 'ordered' };
      return { ...rest, debits: [debit, ...granted.debits].slice(0, DEBITS_MOST) };
    }
    case 'DebitTaken': {
      const { repaymentId, amount } = event.data;
      return withDebit(granted, repaymentId, { status: 'taken', amount });
    }
    case 'DebitFailed': {
      const { repaymentId, reason } = event.data;
      return withDebit(granted, repaymentId, { status: 'failed', reason });
    }
    case 'DebitRetryPlanned':
      return { ...granted, retryAt: event.data.at };
    case 'DebitGivenUp': {
      const { retryAt: _, ...rest } = granted;
      return rest;
    }
    default:
      return granted;
  }
};

/** A mandate that is granted again goes on showing the debits made under the one before. */
const grantedBy = (before: Granted | undefined, { data }: Extract<Fact, { type: 'MandateGranted' }>): Granted => {
  const { borrowerId, number, payer, agreement, grantedOn } = data;
  return {
    ...{ borrowerId, status: 'live', number, agreement, grantedOn },
    card: { id: payer.cardId, bank: payer.bank, lastFour: payer.lastFour },
    debits: before?.debits ?? [],
  };
};

const foldMandate = (doc: MandateDoc, event: Fact): MandateDoc => {
  if (event.type === 'MandateGranted') {
    const { agreement, grantedOn } = event.data;
    const before = addDays(later(agreement.from, grantedOn), -1);
    return {
      ...doc,
      announcedThrough: later<string>(doc.announcedThrough, before),
      handledThrough: later<string>(doc.handledThrough, before),
      granted: grantedBy(doc.granted, event),
    };
  }
  const granted = doc.granted && foldGranted(doc.granted, event);
  const next = granted === undefined ? doc : { ...doc, granted };
  switch (event.type) {
    case 'DebitAnnounced':
      return { ...next, announcedThrough: later<string>(doc.announcedThrough, event.data.dueDate) };
    case 'DebitOrdered':
    case 'DebitDeferred':
    case 'DebitPassedOver':
      return { ...next, handledThrough: later<string>(doc.handledThrough, event.data.dueDate) };
    default:
      return next;
  }
};

/**
 * The next due date that is not debited yet, or that is to be announced; those that are over are not announced any
 * more.
 */
export const nextOf = ({ dues, handledThrough, announcedThrough }: MandateDoc, what: 'due' | 'notice') =>
  after(dues, what === 'due' ? handledThrough : later(announcedThrough, handledThrough));

const indexed = (doc: MandateDoc, next: string | undefined) =>
  doc.granted?.status === 'live' && next !== undefined ? [partitionOf(doc.id), next, doc.id] : undefined;

/** The mandate of each loan, with the due dates that are still to be announced and to be debited under it. */
export const mandates: HouseProjection<MandateDoc> = {
  name: 'mandates',
  version: 1,
  categories: ['loan', 'mandate'],
  indexes: {
    byBorrower: ({ id, granted }) => (granted ? [granted.borrowerId, id] : undefined),
    byDue: (doc) => indexed(doc, nextOf(doc, 'due')),
    byNotice: (doc) => indexed(doc, nextOf(doc, 'notice')),
  },
  keys: ({ stream, data }) => {
    if (mandateIdSchema.safeParse(stream).success) return [stream];
    // A register of interest has changes too.
    const loan = loanIdSchema.safeParse(stream);
    return loan.success && 'change' in data ? [mandateId(loan.data)] : [];
  },
  fold: (doc, event, key) => {
    const id = mandateIdSchema.parse(key);
    const now = doc ?? { id, loanId: loanOfMandate(id), dues: [], announcedThrough: '', handledThrough: '' };
    if (!('change' in event.data)) return foldMandate(now, event);
    // Only a fact of a loan's account carries a change.
    const dues = duesAfter(now.dues, event.data.change as AccountChange);
    return dues === now.dues && doc !== undefined ? doc : { ...now, dues };
  },
};
