import { compareMoney, isPositive, type MoneyText, parseMoney } from '../../../domain/kernel';
import type { DebitOutcome } from '../../../domain/repayment';
import type { Clock } from '../../../platform/runtime';
import {
  type PartnerAnswer,
  type PartnerClient,
  type PartnerKeys,
  unavailable,
  verifyCallbackSignature,
} from '../../http';
import { type Instructed, instructionOutcome, outcomeOf, type QueryOutcome, queryOutcome } from '../../instructions';
import type { CallbackVerdict, EffectQuery, PaymentChannel } from '../payment-channel';
import {
  type Callback,
  callbackSchema,
  heartbeatAnswerSchema,
  instructionAnswerSchema,
  type MovementWord,
  type QueryAnswer,
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

interface Asked {
  readonly effectId: string;
  readonly amount: MoneyText;
  readonly mayBePartial?: boolean;
}

const isPartOf = (taken: MoneyText, amount: MoneyText): boolean =>
  taken.currency === amount.currency &&
  isPositive(parseMoney(taken)) &&
  compareMoney(parseMoney(taken), parseMoney(amount)) <= 0;

/** A movement that was instructed, as words about it are judged. */
const movementOf = ({ effectId, amount, mayBePartial = false }: Asked): Instructed<MovementWord> => ({
  effectId,
  contradiction: (said) => {
    if (!sameMoney(said.amount, amount)) return 'answer-with-another-amount';
    if (said.outcome !== 'settled' || said.taken === undefined) return undefined;
    if (!mayBePartial) return 'part-where-all-was-asked';
    return isPartOf(said.taken, amount) ? undefined : 'answer-with-another-amount';
  },
});

/** An outcome with what the word that it follows from says was taken. */
const withTaken = <Outcome extends QueryOutcome>(
  outcome: Outcome,
  said: QueryAnswer | undefined,
): Outcome | DebitOutcome =>
  outcome.outcome === 'settled' && said?.outcome === 'settled' && said.taken !== undefined
    ? { ...outcome, taken: said.taken }
    : outcome;

const saidIn = <Word extends QueryAnswer>(answer: PartnerAnswer<Word>): Word | undefined =>
  answer.kind === 'answered' ? answer.body : undefined;

/** A payment channel behind a partner client. */
export const httpPaymentChannel = (options: PaymentChannelOptions): PaymentChannel => {
  const { client, clock } = options;

  const instruct = async (
    operation: 'payout' | 'debit',
    instruction: Parameters<PaymentChannel[typeof operation]>[0],
  ): Promise<DebitOutcome> => {
    const { effectId, businessDate, ...body } = instruction;
    const answer = await client.ask({
      operation,
      method: 'POST',
      path: operation === 'payout' ? '/payouts' : '/debits',
      idempotencyKey: effectId,
      businessDate,
      body,
      answer: instructionAnswerSchema,
    });
    return withTaken(instructionOutcome(answer, movementOf(instruction)), saidIn(answer));
  };

  const query = async (asked: EffectQuery): Promise<QueryOutcome | DebitOutcome> => {
    const { effectId, businessDate, submittedAt } = asked;
    const answer = await client.ask({
      operation: 'query',
      method: 'GET',
      path: `/movements/${encodeURIComponent(effectId)}`,
      businessDate,
      answer: queryAnswerSchema,
    });
    const { settleLateMs } = options;
    const outcome = queryOutcome(answer, movementOf(asked), { submittedAt, settleLateMs, now: clock.now() });
    return withTaken(outcome, saidIn(answer));
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
  const asked = movementOf({ effectId, amount, mayBePartial: movement === 'debit' });
  const answer = withTaken(outcomeOf(callback, asked), callback);
  return { genuine: true, callbackId, movement, effectId, amount, answer };
};

const parseCallback = (rawBody: Uint8Array): Callback | undefined => {
  try {
    return callbackSchema.safeParse(JSON.parse(Buffer.from(rawBody).toString('utf8'))).data;
  } catch {
    return undefined;
  }
};
