import { CONSENT_SCOPES } from '../../domain/borrower';
import type { BusinessDate } from '../../domain/kernel';
import type { Shape } from '../offerings';
import type { Applicant } from '../people';
import { chance, seededRandom } from '../random';
import { acknowledgementSchema } from './answers';
import { Caller, done, type Line } from './caller';
import { choiceOf } from './choosing';
import type { Customer, Visit } from './errand';

/** Share of applications that come by the app; the others come by the web. */
const BY_APP = 0.8;

/** Share of those who want to be told of things in English, by text message and by mail. */
const BY_MAIL = 0.1;

/** The ids of the house's products. */
export type Products = Readonly<Record<Shape, string>>;

/** Registers somebody at the partner's counter; they give every consent, bind their card and choose a product. */
export const register = async (
  line: Line,
  counter: Caller,
  products: Products,
  applicant: Applicant,
): Promise<Customer> => {
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
  if (chance(random.fork('notices'), BY_MAIL)) {
    const email = `${applicant.key}@example.org`;
    const chosen = { language: 'en', channels: ['sms', 'email'], without: ['loan-paid-off'], email };
    done(await caller.post(`${path}/notice-preferences`, chosen, 'preferences', acknowledgementSchema), 'preferences');
  }
  const choice = choiceOf(applicant, random.fork('choice'));
  const productId = products[choice.shape];
  return { applicant, choice, productId, caller, borrowerId, cardId: done(card, 'card').id, random };
};

/**
 * Applies, for the first time or once more; they come back on a day to hear what became of it. Undefined when the house
 * does not know them.
 */
export const apply = async (customer: Customer, time: number, hearsOn: BusinessDate): Promise<Visit | undefined> => {
  const { productId, cardId, choice, applicant, caller } = customer;
  const { amount, installments } = choice;
  // Everybody comes with a telephone of their own.
  const deviceId = `device-${applicant.key}`;
  const channel = chance(customer.random.fork('channel'), BY_APP) ? 'app' : 'web';
  const { declaration } = applicant;
  const body = { productId, amount, installments, cardId, declaration, deviceId, channel };
  const applied = await caller.post('/v1/applications', body, `apply ${time}`, acknowledgementSchema);
  // The identity provider could not confirm them, or gave no answer: nothing to apply with.
  if (applied.kind === 'refused' && applied.code === 'BORROWER_NOT_VERIFIED') return undefined;
  const errand = { kind: 'hear-decision', applicationId: done(applied, 'apply').id, time } as const;
  return { customer, on: hearsOn, errand };
};
