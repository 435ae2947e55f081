import { isDeepStrictEqual } from 'node:util';
import type { CustodyOrder } from '../../../domain/instruction';
import type { Clock } from '../../../platform/runtime';
import { type PartnerAnswer, type PartnerClient, unavailable } from '../../http';
import { type Instructed, instructionOutcome, queryOutcome } from '../../instructions';
import {
  accountStatementSchema,
  type CustodyBank,
  custodyAccountSchema,
  custodyBalanceSchema,
  custodyStatementSchema,
} from '../custody-bank';
import { type CustodyWord, custodyAnswerSchema, custodyQueryAnswerSchema } from '../wire';

/** A statement is one document of a whole day: some 200 bytes a line. */
const MAX_STATEMENT_BYTES = 64 * 1024 * 1024;

export interface CustodyBankOptions {
  /** Signs what it asks: the bank carries out no instruction that is not signed. */
  readonly client: PartnerClient;
  /** Judges the age of instructions that the bank does not know. */
  readonly clock: Clock;
  /** For how long after an instruction the bank may still act on it although a query does not find it. */
  readonly settleLateMs: number;
}

/** An instruction as words about it are judged: the bank repeats the whole order. */
const instructed = (effectId: string, order: CustodyOrder): Instructed<CustodyWord> => ({
  effectId,
  contradiction: (said) => (isDeepStrictEqual(said.order, order) ? undefined : 'answer-about-another-order'),
});

/** An answer, unless it is about something else than was asked for. */
const answered = <Body extends object>(
  answer: PartnerAnswer<Body>,
  isAsked: (body: Body) => boolean,
  otherwise: string,
) => {
  if (answer.kind !== 'answered') return unavailable(answer);
  const { body, digest } = answer;
  if (!isAsked(body)) return { outcome: 'failed', reason: otherwise } as const;
  return { outcome: 'answered', body, digest } as const;
};

/** A custody bank behind a partner client. */
export const httpCustodyBank = ({ client, clock, settleLateMs }: CustodyBankOptions): CustodyBank => ({
  name: client.partner,
  instruct: async ({ effectId, businessDate, order, holder }) => {
    const answer = await client.ask({
      operation: order.kind,
      method: 'POST',
      path: `/instructions/${order.kind}`,
      idempotencyKey: effectId,
      businessDate,
      body: { order, ...(holder && { holder }) },
      answer: custodyAnswerSchema,
    });
    return instructionOutcome(answer, instructed(effectId, order));
  },
  query: async ({ effectId, order, businessDate, submittedAt }) => {
    const answer = await client.ask({
      operation: 'query',
      method: 'GET',
      path: `/instructions/${encodeURIComponent(effectId)}`,
      businessDate,
      answer: custodyQueryAnswerSchema,
    });
    return queryOutcome(answer, instructed(effectId, order), { submittedAt, settleLateMs, now: clock.now() });
  },
  account: async (accountId) => {
    const answer = await client.ask({
      operation: 'account',
      method: 'GET',
      path: `/custody-accounts/${accountId}`,
      answer: custodyAccountSchema,
    });
    const said = answered(answer, (body) => body.accountId === accountId, 'another-account');
    return said.outcome === 'answered' ? { outcome: 'answered', ...said.body } : said;
  },
  accountStatement: async (accountId, date) => {
    const answer = await client.ask({
      operation: 'statement',
      method: 'GET',
      path: `/custody-accounts/${accountId}/statements/${date}`,
      answer: accountStatementSchema,
      maxAnswerBytes: MAX_STATEMENT_BYTES,
    });
    const isAsked = (body: { accountId: string; businessDate: string }) =>
      body.accountId === accountId && body.businessDate === date;
    const said = answered(answer, isAsked, 'statement-of-another-date');
    return said.outcome === 'answered' ? { outcome: 'answered', statementHash: said.digest, ...said.body } : said;
  },
  balance: async (date, currency) => {
    const answer = await client.ask({
      operation: 'balance',
      method: 'GET',
      path: `/accounts/${currency}/balances/${date}`,
      answer: custodyBalanceSchema,
    });
    const said = answered(answer, ({ businessDate }) => businessDate === date, 'balance-of-another-date');
    return said.outcome === 'answered' ? { outcome: 'answered', ...said.body } : said;
  },
  statement: async (date, currency) => {
    const answer = await client.ask({
      operation: 'statement',
      method: 'GET',
      path: `/accounts/${currency}/statements/${date}`,
      answer: custodyStatementSchema,
      maxAnswerBytes: MAX_STATEMENT_BYTES,
    });
    const said = answered(answer, ({ businessDate }) => businessDate === date, 'statement-of-another-date');
    return said.outcome === 'answered' ? { outcome: 'answered', statementHash: said.digest, ...said.body } : said;
  },
});
