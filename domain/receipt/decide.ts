import {
  type Actor,
  type BusinessDate,
  compareMoney,
  formatMoney,
  isPositive,
  isRefusal,
  type LoanId,
  type Money,
  type MoneyText,
  minMoney,
  minorDigits,
  moneyOf,
  parseMoney,
  type ReceiptId,
  type Refusal,
  receivedRepaymentId,
  refuse,
  subtract,
  unreachable,
} from '../kernel';
import type { PaidInto } from '../loan';
import type { ReceiptCommand } from './commands';
import type { ASSIGNED_BY, ReceiptEvent } from './events';
import { evolve, type KnownReceipt, noReceipt, type ReceiptState } from './state';

type CommandOfType<Type extends ReceiptCommand['type']> = Extract<ReceiptCommand, { type: Type }>;
type Outcome = readonly ReceiptEvent[] | Refusal;

/** What goes back to a payer above this amount, in whole units of its currency, takes a second person. */
const FOUR_EYES_ABOVE = 100_000n;

/**
 * Money that came in by itself: in suspense until it is known whose debt it pays, or goes back to who has paid it. No
 * more leaves it than it has brought, and each part goes to its loan once.
 */
export const decide = (command: ReceiptCommand, state: ReceiptState): Outcome => {
  if (command.type === 'RecordReceipt') return recordReceipt(command, state);
  if (state.status === 'none') return refuse('NOT_FOUND', `there is no ${command.data.receiptId}`);
  switch (command.type) {
    case 'MatchReceipt':
      return match(command, state);
    case 'RequestReceiptRefund':
      return requestRefund(command, state);
    case 'ApproveReceiptRefund':
      return approveRefund(command, state);
    case 'RecordReceiptRefund':
      return recordRefund(command, state);
    default:
      return unreachable(command);
  }
};

const recordReceipt = (command: CommandOfType<'RecordReceipt'>, state: ReceiptState): Outcome => {
  const { data, facts, businessDate } = command;
  const { receiptId, receivedOn: valueDate, lines, amount, channel, channelReference, payer, reference } = data;
  if (state.status !== 'none') return refuse('ALREADY_EXISTS', `${receiptId} is on record`);
  if (!isPositive(parseMoney(amount))) return refuse('AMOUNT_NOT_POSITIVE', `${amount.amount} ${amount.currency}`);
  if (valueDate > businessDate) return refuse('VALUE_DATE_INVALID', `${valueDate} has not come`);
  const about = { amount, channel, channelReference, payer, ...(reference !== undefined && { reference }), valueDate };
  const recorded: ReceiptEvent = { type: 'ReceiptRecorded', data: about };
  const received = evolve(noReceipt, recorded);
  if (received.status === 'none') return [recorded];
  const [split, by] = lines.length > 0 ? [lines, 'list' as const] : [owedBy(facts.named, amount), 'reference' as const];
  const loans = facts.named === undefined ? facts.loans : [...facts.loans, facts.named];
  const assigned = assign(received, receiptId, split, loans, by);
  return isRefusal(assigned) ? assigned : [recorded, ...assigned];
};

/** The loan that the payer has named is given what closes it, at most; a loan that owes nothing is given nothing. */
const owedBy = (named: PaidInto | undefined, amount: MoneyText): readonly Part[] => {
  if (named?.payoff === undefined || named.payoff.currency !== amount.currency) return [];
  const part = minMoney(parseMoney(named.payoff), parseMoney(amount));
  return isPositive(part) ? [{ loanId: named.loanId, amount: formatMoney(part) }] : [];
};

interface Part {
  readonly loanId: LoanId;
  readonly amount: MoneyText;
}

/** What may still leave suspense: what is to be paid back is spoken for. */
const free = ({ suspense, refund }: KnownReceipt): Money => (refund ? subtract(suspense, refund.amount) : suspense);

const assign = (
  state: KnownReceipt,
  receiptId: ReceiptId,
  split: readonly Part[],
  loans: readonly PaidInto[],
  by: (typeof ASSIGNED_BY)[number],
): readonly ReceiptEvent[] | Refusal => {
  const { channel, valueDate: receivedOn } = state.receipt;
  let left = free(state);
  const events: ReceiptEvent[] = [];
  for (const { loanId, amount } of split) {
    const loan = loans.find((each) => each.loanId === loanId);
    const flaw = flawOfPart(loan, { loanId, amount }, left);
    if (flaw || loan?.from === undefined) return flaw ?? refuse('LOAN_NOT_ACTIVE', `${loanId} was not paid out`);
    left = subtract(left, parseMoney(amount));
    const line = state.lines + events.length + 1;
    const valueDate = later(receivedOn, loan.from);
    const repaymentId = receivedRepaymentId(receiptId, line);
    events.push({ type: 'ReceiptAssigned', data: { loanId, line, repaymentId, amount, channel, by, valueDate } });
  }
  return events;
};

const later = (one: BusinessDate, other: BusinessDate): BusinessDate => (one > other ? one : other);

const flawOfPart = (loan: PaidInto | undefined, { loanId, amount }: Part, left: Money): Refusal | undefined => {
  if (loan === undefined || loan.status === 'unknown') return refuse('NOT_FOUND', `there is no ${loanId}`);
  if (loan.from === undefined) return refuse('LOAN_NOT_ACTIVE', `${loanId} is ${loan.status}`);
  if (amount.currency !== left.currency) return refuse('CURRENCY_MISMATCH', `the receipt is in ${left.currency}`);
  if (loan.currency !== left.currency) return refuse('CURRENCY_MISMATCH', `${loanId} is in ${loan.currency}`);
  const part = parseMoney(amount);
  if (!isPositive(part)) return refuse('AMOUNT_NOT_POSITIVE', `${amount.amount} for ${loanId}`);
  return compareMoney(part, left) > 0 ? exceeded(left) : undefined;
};

const exceeded = (left: Money): Refusal =>
  refuse('RECEIPT_EXCEEDED', `${formatMoney(left).amount} ${left.currency} is in suspense`);

const match = ({ data, facts }: CommandOfType<'MatchReceipt'>, state: KnownReceipt): Outcome =>
  assign(state, data.receiptId, data.lines, facts.loans, 'hand');

const requestRefund = (command: CommandOfType<'RequestReceiptRefund'>, state: KnownReceipt): Outcome => {
  const { data, actor: requestedBy, businessDate: requestedOn } = command;
  const { receiptId, amount, reason } = data;
  if (state.refund !== undefined) return refuse('WRONG_STATUS', `a refund of ${receiptId} is under way`);
  const { suspense } = state;
  if (amount.currency !== suspense.currency) {
    return refuse('CURRENCY_MISMATCH', `the receipt is in ${suspense.currency}`);
  }
  const back = parseMoney(amount);
  if (!isPositive(back)) return refuse('AMOUNT_NOT_POSITIVE', `${amount.amount} of ${receiptId}`);
  if (compareMoney(back, suspense) > 0) return exceeded(suspense);
  const limit = moneyOf(FOUR_EYES_ABOVE * 10n ** BigInt(minorDigits(back.currency)), back.currency);
  const needsApproval = compareMoney(back, limit) > 0;
  return [{ type: 'ReceiptRefundRequested', data: { amount, reason, requestedBy, needsApproval, requestedOn } }];
};

const isSame = (a: Actor, b: Actor): boolean => a.kind === b.kind && a.id === b.id;

const noRefund = (receiptId: ReceiptId): Refusal => refuse('WRONG_STATUS', `no refund of ${receiptId} is under way`);

const approveRefund = ({ data, actor }: CommandOfType<'ApproveReceiptRefund'>, { refund }: KnownReceipt): Outcome => {
  if (refund === undefined) return noRefund(data.receiptId);
  if (refund.mayBePaid) return refuse('WRONG_STATUS', 'the refund needs no approval, or has it');
  if (isSame(actor, refund.requestedBy)) {
    return refuse('FOUR_EYES', 'whoever asked for a refund does not approve it');
  }
  return [{ type: 'ReceiptRefundApproved', data: { approvedBy: actor, note: data.note } }];
};

const recordRefund = (
  { data: { receiptId, result }, businessDate }: CommandOfType<'RecordReceiptRefund'>,
  { refund, receipt }: KnownReceipt,
): Outcome => {
  if (refund === undefined) return noRefund(receiptId);
  const amount = formatMoney(refund.amount);
  if (result.outcome === 'failed') return [{ type: 'ReceiptRefundFailed', data: { amount, reason: result.reason } }];
  if (!refund.mayBePaid) return refuse('FOUR_EYES', `nobody has approved the refund of ${receiptId}`);
  const { channelReference, settledOn: valueDate } = result;
  if (valueDate > businessDate || valueDate < receipt.valueDate) {
    return refuse('VALUE_DATE_INVALID', `${valueDate}: from ${receipt.valueDate} to ${businessDate}`);
  }
  return [{ type: 'ReceiptRefunded', data: { amount, channel: receipt.channel, channelReference, valueDate } }];
};
