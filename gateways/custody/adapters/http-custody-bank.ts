import { type PartnerClient, unavailable } from '../../http';
import { type CustodyBank, custodyBalanceSchema, custodyStatementSchema } from '../custody-bank';

/** A statement is one document of a whole day: some 200 bytes a line. */
const MAX_STATEMENT_BYTES = 64 * 1024 * 1024;

/** A custody bank behind a partner client. */
export const httpCustodyBank = (client: PartnerClient): CustodyBank => ({
  name: client.partner,
  balance: async (date, currency) => {
    const answer = await client.ask({
      operation: 'balance',
      method: 'GET',
      path: `/accounts/${currency}/balances/${date}`,
      answer: custodyBalanceSchema,
    });
    if (answer.kind !== 'answered') return unavailable(answer);
    if (answer.body.businessDate !== date) return { outcome: 'failed', reason: 'balance-of-another-date' };
    return { outcome: 'answered', ...answer.body };
  },
  statement: async (date, currency) => {
    const answer = await client.ask({
      operation: 'statement',
      method: 'GET',
      path: `/accounts/${currency}/statements/${date}`,
      answer: custodyStatementSchema,
      maxAnswerBytes: MAX_STATEMENT_BYTES,
    });
    if (answer.kind !== 'answered') return unavailable(answer);
    if (answer.body.businessDate !== date) return { outcome: 'failed', reason: 'statement-of-another-date' };
    return { outcome: 'answered', statementHash: answer.digest, ...answer.body };
  },
});
