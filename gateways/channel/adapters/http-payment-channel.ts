import type { MoneyText } from '../../../domain/kernel';
import type { ChannelOutcome } from '../../../domain/payout';
import type { Clock } from '../../../platform/runtime';
import { type PartnerClient, type PartnerKeys, unavailable, verifyCallbackSignature } from '../../http';
import { type Instructed, instructionOutcome, outcomeOf, type QueryOutcome, queryOutcome } from '../../instructions';
import type { CallbackVerdict, EffectQuery, PaymentChannel } from '../payment-channel';
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

const sameMoney = (a: MoneyText, b: MoneyText): boolean => a.amount === b.amount && a.currency === b.currency;

/** A movement that was instructed, as words about it are judged. */
const movementOf = ({ effectId, amount }: { effectId: string; amount: MoneyText }): Instructed<MovementWord> => ({
  effectId,
  contradiction: (said) => (sameMoney(said.amount, amount) ? undefined : 'answer-with-another-amount'),
});

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
    return instructionOutcome(answer, movementOf({ effectId, amount }));
  };

  const query = async ({ effectId, amount, businessDate, submittedAt }: EffectQuery): Promise<QueryOutcome> => {
    const answer = await client.ask({
      operation: 'query',
      method: 'GET',
      path: `/movements/${encodeURIComponent(effectId)}`,
      businessDate,
      answer: queryAnswerSchema,
    });
    const { settleLateMs } = options;
    return queryOutcome(answer, movementOf({ effectId, amount }), { submittedAt, settleLateMs, now: clock.now() });
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
  return { genuine: true, callbackId, movement, effectId, amount, answer: outcomeOf(callback, movementOf(callback)) };
};

const parseCallback = (rawBody: Uint8Array): Callback | undefined => {
  try {
    return callbackSchema.safeParse(JSON.parse(Buffer.from(rawBody).toString('utf8'))).data;
  } catch {
    return undefined;
  }
};
