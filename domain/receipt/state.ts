import { type Actor, assert, type Money, moneyOf, parseMoney, unreachable } from '../kernel';
import type { ReceiptEvent } from './events';

type DataOf<Type extends ReceiptEvent['type']> = Extract<ReceiptEvent, { type: Type }>['data'];

/** A refund that is not over. */
interface Refund {
  readonly amount: Money;
  readonly requestedBy: Actor;
  readonly mayBePaid: boolean;
}

/** One payment that came in by itself. What is in suspense is for a loan or the payer, and nobody has said which. */
export type ReceiptState =
  | { readonly status: 'none' }
  | {
      readonly status: 'received';
      readonly receipt: DataOf<'ReceiptRecorded'>;
      /** How many parts have gone to loans. */
      readonly lines: number;
      /** Neither assigned nor paid back; what is to be paid back among it. */
      readonly suspense: Money;
      readonly refund?: Refund;
    };

export type KnownReceipt = Exclude<ReceiptState, { readonly status: 'none' }>;

export const noReceipt: ReceiptState = { status: 'none' };

const less = (suspense: Money, { amount, currency }: DataOf<'ReceiptAssigned'>['amount']): Money => {
  const minor = suspense.minor - parseMoney({ amount, currency }).minor;
  assert(minor >= 0n, 'more left suspense than was there');
  return moneyOf(minor, suspense.currency);
};

export const evolve = (state: ReceiptState, event: ReceiptEvent): ReceiptState => {
  if (event.type === 'ReceiptRecorded') {
    return { status: 'received', receipt: event.data, lines: 0, suspense: parseMoney(event.data.amount) };
  }
  assert(state.status !== 'none', `${event.type} before anything was received`);
  const { refund, ...rest } = state;
  switch (event.type) {
    case 'ReceiptAssigned':
      return { ...state, lines: event.data.line, suspense: less(state.suspense, event.data.amount) };
    case 'ReceiptRefundRequested': {
      const { amount, requestedBy, needsApproval } = event.data;
      return { ...rest, refund: { amount: parseMoney(amount), requestedBy, mayBePaid: !needsApproval } };
    }
    case 'ReceiptRefundApproved':
      assert(refund !== undefined, 'a refund was approved that nobody had asked for');
      return { ...rest, refund: { ...refund, mayBePaid: true } };
    case 'ReceiptRefunded':
      return { ...rest, suspense: less(state.suspense, event.data.amount) };
    case 'ReceiptRefundFailed':
      return rest;
    default:
      return unreachable(event);
  }
};
