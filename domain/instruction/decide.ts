import { type CustodyState, custodyAccountIdFor, holderOf } from '../custody';
import {
  type Actor,
  type Currency,
  isPositive,
  isRefusal,
  minorDigits,
  parseMoney,
  type Refusal,
  refuse,
  unreachable,
} from '../kernel';
import { weighAnswer } from '../payout';
import type { AccountsNamed, InstructionCommand } from './commands';
import type { InstructionEvent } from './events';
import type { CustodyOrder, Flow, Opening } from './order';
import type { InstructionState } from './state';

/** What leaves an account above this amount, in whole units of its currency, takes a second person. */
const FOUR_EYES_ABOVE = 100_000n;

type CommandOfType<Type extends InstructionCommand['type']> = Extract<InstructionCommand, { type: Type }>;
type Outcome = readonly InstructionEvent[] | Refusal;

/**
 * The custody instruction: a fact before the first byte is sent, given once under one effect id, and done or not done
 * only by the bank's own signed word. Whatever takes a large amount out of an account is approved by somebody else.
 */
export const decide = (command: InstructionCommand, state: InstructionState): Outcome => {
  switch (command.type) {
    case 'RequestCustodyInstruction':
      return request(command, state);
    case 'ApproveCustodyInstruction':
      return approve(command, state);
    case 'CancelCustodyInstruction':
      return cancel(command, state);
    case 'SubmitCustodyInstruction':
      return submit(command, state);
    case 'RecordCustodyOutcome':
      return recordOutcome(command, state);
    default:
      return unreachable(command);
  }
};

const request = (command: CommandOfType<'RequestCustodyInstruction'>, state: InstructionState): Outcome => {
  const { data, facts, actor } = command;
  if (state.status !== 'none') return refuse('ALREADY_EXISTS', `${data.instructionId} is ${state.status}`);
  const { order } = data;
  const flow = flowOf(order, facts);
  if (isRefusal(flow)) return flow;
  const needsApproval = flow?.from !== undefined && isLarge(flow);
  return [
    {
      type: 'CustodyInstructionRequested',
      data: { order, ...(flow && { flow }), requestedBy: actor, needsApproval },
    },
  ];
};

const isLarge = ({ amount }: Flow): boolean => {
  const { minor, currency } = parseMoney(amount);
  return minor > FOUR_EYES_ABOVE * 10n ** BigInt(minorDigits(currency));
};

/** What an order moves, undefined when that is nothing; refused when the accounts that it names do not allow it. */
const flowOf = (order: CustodyOrder, named: AccountsNamed): Flow | undefined | Refusal => {
  const { account, to } = named;
  switch (order.kind) {
    case 'open':
      return opening(order, named);
    case 'freeze':
    case 'unfreeze':
      return account.status === 'none' ? notOpen(order.accountId, account) : undefined;
    case 'top-up':
    case 'withdrawal': {
      const holder = holderAt(order.accountId, account, order);
      if (isRefusal(holder)) return holder;
      return { amount: order.amount, ...(order.kind === 'top-up' ? { to: holder.of } : { from: holder.of }) };
    }
    case 'transfer': {
      if (order.to === order.accountId) return refuse('ACCOUNT_NOT_OPEN', `${order.to} is where it comes from`);
      const from = holderAt(order.accountId, account, order);
      if (isRefusal(from)) return from;
      const there = holderAt(order.to, to ?? { status: 'none' }, order);
      return isRefusal(there) ? there : { amount: order.amount, from: from.of, to: there.of };
    }
    default:
      return unreachable(order);
  }
};

const opening = (order: Opening, { account, borrower }: AccountsNamed): Refusal | undefined => {
  const { owner, currency, accountId } = order;
  if (owner.kind === 'borrower') {
    if (borrower?.status !== 'verified') return refuse('NOT_FOUND', `${owner.borrowerId} is not a verified borrower`);
    if (!borrower.cards.includes(owner.cardId)) return refuse('CARD_UNKNOWN', owner.cardId);
  }
  if (account.status !== 'none') return refuse('ALREADY_EXISTS', `${accountId} is ${account.status}`);
  const right = custodyAccountIdFor(owner, currency);
  return right === accountId ? undefined : refuse('ACCOUNT_NOT_OPEN', `the account of that owner is ${right}`);
};

const notOpen = (accountId: string, { status }: CustodyState): Refusal =>
  refuse('ACCOUNT_NOT_OPEN', `${accountId} is ${status === 'none' ? 'not there' : status}`);

/** Whose money an account holds, when that much of it can be moved. */
const holderAt = (
  accountId: string,
  account: CustodyState,
  { amount }: Extract<CustodyOrder, { amount: unknown }>,
): { readonly of: ReturnType<typeof holderOf> } | Refusal => {
  if (account.status !== 'open') return notOpen(accountId, account);
  if (!isPositive(parseMoney(amount))) return refuse('AMOUNT_NOT_POSITIVE', `${amount.amount} of ${accountId}`);
  const currency: Currency = amount.currency;
  if (account.currency !== currency) return refuse('CURRENCY_MISMATCH', `${accountId} holds ${account.currency}`);
  return { of: holderOf(account.owner) };
};

const isSame = (a: Actor, b: Actor): boolean => a.kind === b.kind && a.id === b.id;

const approve = ({ data, actor }: CommandOfType<'ApproveCustodyInstruction'>, state: InstructionState): Outcome => {
  if (state.status !== 'awaiting-approval') return wrongStatus(data.instructionId, state);
  if (isSame(actor, state.request.requestedBy)) {
    return refuse('FOUR_EYES', 'whoever asked for an instruction does not approve it');
  }
  return [{ type: 'CustodyInstructionApproved', data: { approvedBy: actor, note: data.note } }];
};

const cancel = ({ data }: CommandOfType<'CancelCustodyInstruction'>, state: InstructionState): Outcome =>
  state.status === 'awaiting-approval'
    ? [{ type: 'CustodyInstructionCancelled', data: { reason: data.reason } }]
    : wrongStatus(data.instructionId, state);

const wrongStatus = (instructionId: string, { status }: InstructionState): Refusal =>
  status === 'none'
    ? refuse('NOT_FOUND', `there is no ${instructionId}`)
    : refuse('WRONG_STATUS', `${instructionId} is ${status}`);

const submit = (command: CommandOfType<'SubmitCustodyInstruction'>, state: InstructionState): Outcome => {
  const { data, at, businessDate } = command;
  if (state.status !== 'requested') return wrongStatus(data.instructionId, state);
  const { order, flow } = state.request;
  const { effectId } = data;
  return [
    {
      type: 'CustodyInstructionSubmitted',
      data: { order, ...(flow && { flow }), effectId, submittedAt: at, valueDate: businessDate },
    },
  ];
};

const recordOutcome = (command: CommandOfType<'RecordCustodyOutcome'>, state: InstructionState): Outcome => {
  const { data, at, businessDate } = command;
  if (!('effectId' in state)) return wrongStatus(data.instructionId, state);
  if (state.effectId !== data.effectId) {
    return refuse('EFFECT_MISMATCH', `${data.instructionId} has no effect ${data.effectId}`);
  }
  const finding = weighAnswer(state.standing, data.answer, at);
  if (isRefusal(finding)) return finding;
  const { order, flow } = state.request;
  const about = { order, ...(flow && { flow }), effectId: state.effectId };
  switch (finding.outcome) {
    case 'settled': {
      const { channelReference: bankReference, settledOn: valueDate } = finding;
      return [{ type: 'CustodyInstructionSettled', data: { ...about, bankReference, valueDate } }];
    }
    case 'failed': {
      const { reason } = finding;
      return [{ type: 'CustodyInstructionFailed', data: { ...about, reason, valueDate: businessDate } }];
    }
    case 'unknown': {
      const { reason, queries, nextQueryAt } = finding;
      return [{ type: 'CustodyInstructionUnknown', data: { ...about, reason, queries, nextQueryAt } }];
    }
    case 'escalated':
      return [{ type: 'CustodyInstructionEscalated', data: { ...about, queries: finding.queries } }];
    case 'nothing-new':
      return [];
    default:
      return unreachable(finding);
  }
};
