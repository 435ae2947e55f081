import { type MoneyText, unreachable } from '../../../domain/kernel';
import type { ChannelOutcome } from '../../../domain/payout';
import type { Clock } from '../../../platform/runtime';
import { type PartnerClient, type PartnerKeys, unavailable, verifyCallbackSignature } from '../../http';
import type { CallbackVerdict, EffectQuery, PaymentChannel, QueryOutcome } from '../payment-channel';
import {
  type Callback,
  callbackSchema,
  heartbeatAnswerSchema,
  instructionAnswerSchema,
  type MovementWord,
  queryAnswerSchema,
  statementAnswerSchema,
} from '../wire';

/** A statement is one document of a whole day: some 200 bytes a line. */
const MAX_STATEMENT_BYTES = 64 * 1024 * 1024;

export interface PaymentChannelOptions {
  /** The channel's name in our books. */
  readonly name: string;
  readonly client: PartnerClient;
  /** The keys that the channel signs its callbacks with. */
  readonly keys: PartnerKeys;
  /** Judges the age of callbacks and of instructions that the channel does not know. */
  readonly clock: Clock;
  /**
   * For how long after an instruction the channel, by its own documentation, may still act on it although a query does
   * not find it. Until then "not found" tells us nothing.
   */
  readonly settleLateMs: number;
}

const unknown = (reason: string): { outcome: 'unknown'; reason: string } => ({ outcome: 'unknown', reason });

interface Instructed {
  readonly effectId: string;
  readonly amount: MoneyText;
}

const sameMoney = (a: MoneyText, b: MoneyText): boolean => a.amount === b.amount && a.currency === b.currency;

/** What a word about a movement means, or unknown when it speaks of another movement than the one instructed. */
const outcomeOf = (said: MovementWord, instructed: Instructed): ChannelOutcome => {
  if (said.effectId !== instructed.effectId) return unknown('answer-to-another-instruction');
  if (!sameMoney(said.amount, instructed.amount)) return unknown('answer-with-another-amount');
  switch (said.outcome) {
    case 'settled':
      return { outcome: 'settled', channelReference: said.channelReference, settledOn: said.settledOn };
    case 'accepted':
      return unknown('accepted');
    case 'failed':
      return { outcome: 'failed', reason: said.reason };
    default:
      return unreachable(said);
  }
};

/** A payment channel behind a partner client. */
export const httpPaymentChannel = (options: PaymentChannelOptions): PaymentChannel => {
  const { client, clock } = options;

  const instruct = async (
    operation: 'payout' | 'debit',
    { effectId, amount, businessDate, ...account }: Parameters<PaymentChannel[typeof operation]>[0],
  ): Promise<ChannelOutcome> => {
    const answer = await client.ask({
      operation,
      method: 'POST',
      path: operation === 'payout' ? '/payouts' : '/debits',
      idempotencyKey: effectId,
      businessDate,
      body: { amount, ...account },
      answer: instructionAnswerSchema,
    });
    switch (answer.kind) {
      case 'answered':
        return outcomeOf(answer.body, { effectId, amount });
      case 'refused':
        return { outcome: 'failed', reason: answer.code };
      case 'silent':
        return unknown(answer.reason);
      default:
        return unreachable(answer);
    }
  };

  const query = async ({ effectId, amount, businessDate, submittedAt }: EffectQuery): Promise<QueryOutcome> => {
    const answer = await client.ask({
      operation: 'query',
      method: 'GET',
      path: `/movements/${encodeURIComponent(effectId)}`,
      businessDate,
      answer: queryAnswerSchema,
    });
    // A refusal to answer the query says nothing about the movement itself.
    if (answer.kind === 'refused') return unknown('query-refused');
    if (answer.kind === 'silent') return unknown(answer.reason);
    const said = answer.body;
    if (said.outcome !== 'not-found') return outcomeOf(said, { effectId, amount });
    if (said.effectId !== effectId) return unknown('answer-to-another-instruction');
    const mayStillAct = clock.now() < Date.parse(submittedAt) + options.settleLateMs;
    return mayStillAct ? unknown('not-found-yet') : { outcome: 'not-found' };
  };

  return {
    name: options.name,
    payout: (instruction) => instruct('payout', instruction),
    debit: (instruction) => instruct('debit', instruction),
    query,
    statement: async (date) => {
      const answer = await client.ask({
        operation: 'statement',
        method: 'GET',
        path: `/statements/${date}`,
        answer: statementAnswerSchema,
        maxAnswerBytes: MAX_STATEMENT_BYTES,
      });
      if (answer.kind !== 'answered') return unavailable(answer);
      if (answer.body.businessDate !== date) return { outcome: 'failed', reason: 'statement-of-another-date' };
      return { outcome: 'answered', statementHash: answer.digest, lines: answer.body.lines };
    },
    heartbeat: async () => {
      const answer = await client.ask({
        operation: 'heartbeat',
        method: 'GET',
        path: '/heartbeat',
        answer: heartbeatAnswerSchema,
      });
      return answer.kind === 'answered' ? { outcome: 'answered', ...answer.body } : unavailable(answer);
    },
    verifyCallback: async (headers, rawBody) => {
      const verdict = await verifyCallbackSignature(options.keys, headers, rawBody, clock.now());
      return verdict.genuine ? readCallback(verdict.callbackId, rawBody) : verdict;
    },
  };
};

const readCallback = (callbackId: string, rawBody: Uint8Array): CallbackVerdict => {
  const callback = parseCallback(rawBody);
  if (callback === undefined) return { genuine: false, reason: 'unparsable' };
  const { movement, effectId, amount } = callback;
  return { genuine: true, callbackId, movement, effectId, amount, answer: outcomeOf(callback, callback) };
};

const parseCallback = (rawBody: Uint8Array): Callback | undefined => {
  try {
    return callbackSchema.safeParse(JSON.parse(Buffer.from(rawBody).toString('utf8'))).data;
  } catch {
    return undefined;
  }
};
