import { CONSENT_SCOPES } from '../../domain/borrower';
import type { BusinessDate } from '../../domain/kernel';
import type { Applicant } from '../people';
import { seededRandom } from '../random';
import { acknowledgementSchema } from './answers';
import { Caller, done, type Line } from './caller';
import type { Customer, Visit } from './errand';

/** A customer who has not applied yet, with the card that the money is to go to. */
export interface Newcomer {
  readonly customer: Customer;
  readonly cardId: string;
}

/** Registers somebody at the partner's counter; they give every consent and bind their card. */
export const register = async (line: Line, counter: Caller, applicant: Applicant): Promise<Newcomer> => {
  const { name, idNumber, phone, cardNumber, bank } = applicant.person;
  const registered = await counter.post(
    '/v1/borrowers',
    { name, idNumber, phone },
    `register ${applicant.key}`,
    acknowledgementSchema,
  );
  const borrowerId = done(registered, 'register').id;
  const caller = await Caller.as(line, 'borrower', borrowerId, applicant.key);
  const path = `/v1/borrowers/${borrowerId}`;
  for (const scope of CONSENT_SCOPES) {
    const consent = { scope, textVersion: '2026-01', channel: 'app' };
    done(await caller.post(`${path}/consents`, consent, `consent ${scope}`, acknowledgementSchema), 'consent');
  }
  const card = await caller.post(`${path}/cards`, { cardNumber, bank }, 'card', acknowledgementSchema);
  const random = seededRandom(line.seed).fork('lives').fork(applicant.key);
  return { customer: { applicant, caller, borrowerId, random }, cardId: done(card, 'card').id };
};

/** Applies; they come back the same day to hear what became of it. Undefined when the house does not know them. */
export const apply = async (
  { customer, cardId }: Newcomer,
  productId: string,
  on: BusinessDate,
): Promise<Visit | undefined> => {
  const { amount, termMonths: installments } = customer.applicant.wants;
  const { declaration } = customer.applicant;
  const body = { productId, amount, installments, cardId, declaration };
  const applied = await customer.caller.post('/v1/applications', body, 'apply', acknowledgementSchema);
  // The identity provider could not confirm them, or gave no answer: nothing to apply with.
  if (applied.kind === 'refused' && applied.code === 'BORROWER_NOT_VERIFIED') return undefined;
  return { customer, on, errand: { kind: 'hear-decision', applicationId: done(applied, 'apply').id } };
};
