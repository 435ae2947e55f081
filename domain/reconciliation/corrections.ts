import { z } from 'zod';
import type { BusinessDate } from '../kernel';
import { businessDateSchema, daysBetween, type MoneyText, moneyTextSchema, parseMoney, unreachable } from '../kernel';
import type { BreakType, ItemStatus } from './matching';

/**
 * What would put a break right. 'query-channel': ask once more what became of the payment. 'confirm-settled': record it
 * as settled, as the statement says. 'correct-amount': let the books say what the event says, by a reversing entry. The
 * others book the difference: held as suspense until somebody claims it, owed back to the payer, owed by the channel,
 * or given up as a fee.
 */
export const correctionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('query-channel'), reference: z.string() }),
  z.strictObject({ action: z.literal('confirm-settled'), reference: z.string(), settledOn: businessDateSchema }),
  z.strictObject({ action: z.literal('book-suspense'), amount: moneyTextSchema }),
  z.strictObject({ action: z.literal('return-double-payment'), reference: z.string(), amount: moneyTextSchema }),
  z.strictObject({ action: z.literal('correct-amount'), by: moneyTextSchema }),
  z.strictObject({ action: z.literal('claim-from-channel'), amount: moneyTextSchema }),
  z.strictObject({ action: z.literal('write-off-fee'), amount: moneyTextSchema }),
  z.strictObject({ action: z.literal('none'), why: z.string() }),
]);
export type Correction = Readonly<z.infer<typeof correctionSchema>>;

/** The corrections that end a break; asking and waiting do not. */
export const SETTLING_ACTIONS = [
  'confirm-settled',
  'book-suspense',
  'return-double-payment',
  'correct-amount',
  'claim-from-channel',
  'write-off-fee',
] as const;
export type SettlingAction = (typeof SETTLING_ACTIONS)[number];

/** P1: money may be gone, or be somewhere it should not be. P3: most likely a matter of days. */
export const PRIORITIES = ['P1', 'P2', 'P3'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What we know of a payment whose reference stands in a break. */
export interface KnownPayment {
  /** 'open': given to the channel, and no definite answer yet. 'unheard-of': no event of ours has the reference. */
  readonly standing: 'settled' | 'open' | 'failed' | 'unheard-of';
  /** Up to which difference to our disadvantage it is taken for a fee. */
  readonly feeLimit?: MoneyText;
}

/** A break as it is found, before anything is suggested: what a judgement looks at. */
export interface Unjudged {
  readonly type: BreakType;
  readonly reference: string;
  readonly difference: MoneyText;
  readonly ledgerDifference?: MoneyText | undefined;
  readonly ours?: object | undefined;
  readonly theirs?:
    | {
        readonly direction: 'in' | 'out';
        readonly amount: MoneyText;
        readonly bookedOn: BusinessDate;
        readonly status?: ItemStatus | undefined;
      }
    | undefined;
}

export interface Judgement {
  readonly suggestion: Correction;
  readonly priority: Priority;
}

const judged = (priority: Priority, suggestion: Correction): Judgement => ({ suggestion, priority });

/** Money that came in counts positive, so a difference above zero is money that we think we have and they do not. */
const size = ({ amount, currency }: MoneyText): MoneyText => ({ amount: amount.replace(/^-/, ''), currency });
const isAbove = (a: MoneyText, b: MoneyText): boolean =>
  a.currency !== b.currency || parseMoney(a).minor > parseMoney(b).minor;

/** What to do about a break, and how soon: a function of the break and of what we know of the payment. */
export const judge = (found: Unjudged, known: KnownPayment): Judgement => {
  const { type, reference, difference, ours, theirs } = found;
  const amount = size(difference);
  switch (type) {
    case 'missing-there':
      return judged('P2', { action: 'query-channel', reference });
    case 'missing-here':
      return missingHere(found, known);
    case 'late':
      return judged('P3', { action: 'none', why: ours ? 'the same payment on another day' : 'a line of another day' });
    case 'amount':
      return wrongAmount(amount, parseMoney(difference).minor > 0n, known);
    case 'status':
      return theirs?.status === 'returned'
        ? judged('P1', { action: 'book-suspense', amount: theirs?.amount ?? amount })
        : judged('P2', { action: 'query-channel', reference });
    case 'duplicate':
      return theirs?.direction === 'in'
        ? judged('P2', { action: 'return-double-payment', reference, amount })
        : judged('P1', { action: 'claim-from-channel', amount });
    case 'currency':
      return judged('P1', { action: 'query-channel', reference });
    case 'direction':
      return judged('P1', { action: 'claim-from-channel', amount });
    case 'ledger':
      return judged('P1', { action: 'correct-amount', by: found.ledgerDifference ?? difference });
    default:
      return unreachable(type);
  }
};

const missingHere = ({ reference, difference, theirs }: Unjudged, { standing }: KnownPayment): Judgement => {
  switch (standing) {
    case 'open':
      return theirs
        ? judged('P2', { action: 'confirm-settled', reference, settledOn: theirs.bookedOn })
        : judged('P2', { action: 'query-channel', reference });
    case 'failed':
      // Paid while we say that it failed: the statement has the last word, and a person looks at it first.
      return judged('P1', { action: 'book-suspense', amount: size(difference) });
    case 'settled':
    case 'unheard-of':
      return judged(theirs?.direction === 'out' ? 'P1' : 'P2', { action: 'book-suspense', amount: size(difference) });
    default:
      return unreachable(standing);
  }
};

const wrongAmount = (amount: MoneyText, poorer: boolean, { feeLimit }: KnownPayment): Judgement => {
  if (!poorer) return judged('P2', { action: 'book-suspense', amount });
  if (feeLimit !== undefined && !isAbove(amount, feeLimit)) return judged('P3', { action: 'write-off-fee', amount });
  return judged('P2', { action: 'claim-from-channel', amount });
};

/** How many days a break has been known on a day. */
export const ageOf = (openedOn: BusinessDate, today: BusinessDate): number => Math.max(0, daysBetween(openedOn, today));
