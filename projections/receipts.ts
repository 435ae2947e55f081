import type { Actor, MoneyText } from '../domain/kernel';
import type { ASSIGNED_BY, ReceiptEvent } from '../domain/receipt';
import { type Fact, type HouseProjection, minus, nought, plus } from './house-projection';

/** In suspense: nobody knows whose it is; part of it is on its way back; all of it has gone where it belongs. */
export const RECEIPT_STATES = ['suspense', 'refunding', 'settled'] as const;

type Recorded = Extract<ReceiptEvent, { readonly type: 'ReceiptRecorded' }>['data'];

export interface ReceiptDoc {
  readonly id: string;
  readonly state: (typeof RECEIPT_STATES)[number];
  readonly amount: MoneyText;
  readonly channel: string;
  readonly channelReference: string;
  readonly payer: Recorded['payer'];
  readonly reference?: string;
  readonly receivedOn: string;
  /** Neither assigned to a loan nor paid back. */
  readonly suspense: MoneyText;
  readonly refunded: MoneyText;
  readonly lines: readonly {
    readonly line: number;
    readonly loanId: string;
    readonly repaymentId: string;
    readonly amount: MoneyText;
    readonly by: (typeof ASSIGNED_BY)[number];
    readonly valueDate: string;
  }[];
  /** The refund that is under way, or why the last one came to nothing. */
  readonly refund?: {
    readonly amount: MoneyText;
    readonly reason: string;
    readonly requestedBy: Actor;
    readonly needsApproval: boolean;
    readonly approvedBy?: Actor;
    readonly failedFor?: string;
  };
}

const isNothing = ({ amount }: MoneyText): boolean => !/[1-9]/.test(amount);

const settledIfNothingIsLeft = (doc: ReceiptDoc): ReceiptDoc => ({
  ...doc,
  state: isNothing(doc.suspense) ? 'settled' : 'suspense',
});

const follow = (doc: ReceiptDoc, event: Fact): ReceiptDoc => {
  switch (event.type) {
    case 'ReceiptAssigned': {
      const { channel: _, ...line } = event.data;
      const after = { ...doc, suspense: minus(doc.suspense, line.amount), lines: [...doc.lines, line] };
      return doc.state === 'refunding' ? after : settledIfNothingIsLeft(after);
    }
    case 'ReceiptRefundRequested': {
      const { requestedOn: _, ...refund } = event.data;
      return { ...doc, state: 'refunding', refund };
    }
    case 'ReceiptRefundApproved': {
      const { approvedBy } = event.data;
      return doc.refund ? { ...doc, refund: { ...doc.refund, approvedBy } } : doc;
    }
    case 'ReceiptRefundFailed': {
      const { reason: failedFor } = event.data;
      return { ...doc, state: 'suspense', ...(doc.refund && { refund: { ...doc.refund, failedFor } }) };
    }
    case 'ReceiptRefunded': {
      const { refund: _, ...rest } = doc;
      const { amount } = event.data;
      const [suspense, refunded] = [minus(doc.suspense, amount), plus(doc.refunded, amount)];
      return settledIfNothingIsLeft({ ...rest, suspense, refunded });
    }
    default:
      return doc;
  }
};

/** Payments that came in by themselves: what they brought, whose it is, and what nobody has found a loan for. */
export const receipts: HouseProjection<ReceiptDoc> = {
  name: 'receipts',
  version: 1,
  categories: ['receipt'],
  indexes: {
    byTime: ({ receivedOn, id }) => [receivedOn, id],
    byState: ({ state, receivedOn, id }) => [state, receivedOn, id],
  },
  keys: ({ stream }) => [stream],
  fold: (doc, event, key) => {
    if (event.type !== 'ReceiptRecorded') return doc && follow(doc, event);
    const { valueDate: receivedOn, amount, reference, channel, channelReference, payer } = event.data;
    const refunded = nought(amount.currency);
    return {
      id: key,
      state: 'suspense',
      ...{ channel, channelReference, payer, amount },
      ...(reference !== undefined && { reference }),
      receivedOn,
      suspense: amount,
      refunded,
      lines: [],
    };
  },
};
