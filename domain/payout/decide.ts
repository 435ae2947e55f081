import { isPositive, isRefusal, parseMoney, type Refusal, refuse, unreachable } from '../kernel';
import { weighAnswer } from './channel-answer';
import type { PayoutCommand } from './commands';
import type { PayoutEvent } from './events';
import type { Attempt, PayoutState } from './state';

/** After so many definite failures the payout is given up. */
const MOST_ATTEMPTS = 3;

type CommandOfType<Type extends PayoutCommand['type']> = Extract<PayoutCommand, { type: Type }>;
type Outcome = readonly PayoutEvent[] | Refusal;

/**
 * The payout state machine: the instruction is a fact before the first byte is sent, only a definite refusal is a
 * failure, and as long as an attempt may have moved the money no other is made.
 */
export const decide = (command: PayoutCommand, state: PayoutState): Outcome => {
  switch (command.type) {
    case 'RequestPayout':
      return request(command, state);
    case 'SubmitPayout':
      return submit(command, state);
    case 'RecordPayoutOutcome':
      return recordOutcome(command, state);
    default:
      return unreachable(command);
  }
};

const request = ({ data }: CommandOfType<'RequestPayout'>, state: PayoutState): Outcome => {
  if (state.status !== 'none') return refuse('ALREADY_EXISTS', `${data.payoutId} is ${state.status}`);
  const { loanId, borrowerId, amount, payee, documentHash } = data;
  if (!isPositive(parseMoney(amount))) return refuse('AMOUNT_NOT_POSITIVE', `asked to pay out ${amount.amount}`);
  return [{ type: 'PayoutRequested', data: { loanId, borrowerId, amount, payee, documentHash } }];
};

const submit = ({ data, at, businessDate }: CommandOfType<'SubmitPayout'>, state: PayoutState): Outcome => {
  switch (state.status) {
    case 'none':
      return refuse('NOT_FOUND', `there is no ${data.payoutId}`);
    case 'submitted':
    case 'unknown':
    case 'escalated':
      return refuse('OUTCOME_UNKNOWN', `effect ${state.attempt.effectId} at ${state.attempt.channel} is not decided`);
    case 'settled':
      return refuse('WRONG_STATUS', `${data.payoutId} has settled`);
    case 'failed':
      if (state.final) return refuse('WRONG_STATUS', `${data.payoutId} failed for good`);
      break;
    case 'requested':
      break;
  }
  // A channel would answer an old key with the old failure, and late answers could no longer be told apart.
  if (state.failed.some(({ effectId }) => effectId === data.effectId)) {
    return refuse('IDEMPOTENCY_KEY_REUSED', `effect ${data.effectId} has failed before`);
  }
  const { loanId, amount } = state.request;
  const { channel, effectId, routing } = data;
  if (routing?.ranking.every((ranked) => ranked.channel !== channel)) {
    return refuse('CHANNEL_NOT_RANKED', `${channel} cannot take this movement`);
  }
  const attempt = state.failed.length + 1;
  const submitted = {
    loanId,
    amount,
    channel,
    effectId,
    attempt,
    submittedAt: at,
    valueDate: businessDate,
    ...(routing && { routing }),
  };
  return [{ type: 'PayoutSubmitted', data: submitted }];
};

const recordOutcome = (
  { data, at, businessDate }: CommandOfType<'RecordPayoutOutcome'>,
  state: PayoutState,
): Outcome => {
  if (state.status === 'none') return refuse('NOT_FOUND', `there is no ${data.payoutId}`);
  const attempt = attemptOf(state, data.effectId);
  if (attempt === undefined) return refuse('EFFECT_MISMATCH', `${data.payoutId} has no effect ${data.effectId}`);
  const finding = weighAnswer(attempt.standing, data.answer, at);
  if (isRefusal(finding)) return finding;

  const { loanId, amount } = state.request;
  const { effectId, channel, number } = attempt;
  const movement = { loanId, amount, channel, effectId };
  switch (finding.outcome) {
    case 'settled': {
      const { channelReference, settledOn: valueDate } = finding;
      return [{ type: 'PayoutSettled', data: { ...movement, channelReference, valueDate } }];
    }
    case 'failed': {
      const { reason } = finding;
      const final = number >= MOST_ATTEMPTS;
      return [{ type: 'PayoutFailed', data: { ...movement, attempt: number, reason, final, valueDate: businessDate } }];
    }
    case 'unknown': {
      const { reason, queries, nextQueryAt } = finding;
      return [{ type: 'PayoutUnknown', data: { ...movement, reason, queries, nextQueryAt } }];
    }
    case 'escalated':
      return [{ type: 'PayoutEscalated', data: { ...movement, queries: finding.queries } }];
    case 'nothing-new':
      return [];
    default:
      return unreachable(finding);
  }
};

/** The attempt that an effect id belongs to: the present one, or one that failed before it. */
const attemptOf = (state: Exclude<PayoutState, { status: 'none' }>, effectId: string): Attempt | undefined =>
  state.status !== 'requested' && state.attempt.effectId === effectId
    ? state.attempt
    : state.failed.find((attempt) => attempt.effectId === effectId);
