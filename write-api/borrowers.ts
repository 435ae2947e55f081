import { z } from 'zod';
import {
  bankCardNumberSchema,
  type ConsentScope,
  consentScopeSchema,
  mobileNumberSchema,
  noticePreferences,
  originationChannelSchema,
  readResidentId,
  residentIdNumberSchema,
} from '../domain/borrower';
import { assert, blindIndexSchema, borrowerId, borrowerIdSchema, Personal } from '../domain/kernel';
import type { HttpServer } from '../platform/http';
import { idKey } from '../platform/runtime';
import { acknowledgementSchema, idempotencyHeaders, partIdSchema, problems } from './answers';
import { give } from './give';
import { onlyOwn } from './own';
import type { WriteContext } from './write-context';

const params = z.strictObject({ borrowerId: borrowerIdSchema });
const reasonBody = z.strictObject({ reason: z.string().min(1).max(200) });
const headers = idempotencyHeaders;

/** The texts of consent that the house shows, by version; what was agreed to is on record by its hash. */
const CONSENT_TEXTS: Readonly<Record<ConsentScope, string>> = {
  'identity-verification': 'I agree that my name, ID number and phone number are checked with an identity provider.',
  'credit-bureau': 'I agree that my credit report is obtained from a credit bureau to decide on my application.',
  'direct-debit': 'I agree that amounts due are debited from the bank card that I have named.',
  'electronic-signature': 'I agree to sign my contract electronically through a certification authority.',
  'anti-fraud': 'I agree that it is checked with a fraud register whether my name, ID number and phone are misused.',
  'telecom-data': 'I agree that my operator says whether my number is mine, for how long, and how much it is used.',
  'device-data': 'I agree that the device I apply with is assessed by a device intelligence service.',
  'court-records': 'I agree that the register of debts under enforcement is searched for my name and ID number.',
};

export const borrowerRoutes = (server: HttpServer, context: WriteContext): void => {
  const { blindIndex, hash } = context;
  const index = (purpose: 'id-number' | 'phone' | 'card', value: string) =>
    blindIndexSchema.parse(blindIndex(purpose, value));

  server.post(
    '/v1/borrowers',
    {
      config: { access: ['partner', 'operator'] },
      schema: {
        tags: ['Borrowers'],
        summary: 'Register a borrower',
        headers,
        body: z.strictObject({
          name: z.string().trim().min(1).max(80),
          idNumber: residentIdNumberSchema,
          phone: mobileNumberSchema,
        }),
        response: { 201: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { name, idNumber, phone } = request.body;
      const person = readResidentId(idNumber);
      assert(person !== undefined, 'the schema lets through only ID numbers that can be read');
      const { stream } = await give(context, request, reply, ({ commandId }) => ({
        type: 'RegisterBorrower',
        data: {
          borrowerId: borrowerId(idKey(commandId)),
          name: Personal.of(name),
          idNumber: Personal.of(person.number),
          phone: Personal.of(phone),
          birthDate: Personal.of(person.birthDate),
          idNumberIndex: index('id-number', person.number),
          phoneIndex: index('phone', phone),
          region: person.region,
        },
      }));
      reply.code(201);
      return { id: stream, status: 'registered', links: { self: `/v1/borrowers/${stream}` } };
    },
  );

  server.post(
    '/v1/borrowers/:borrowerId/consents',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Borrowers'],
        summary: 'Grant a consent',
        headers,
        params,
        body: z.strictObject({
          scope: consentScopeSchema,
          textVersion: z.literal('2026-01'),
          channel: originationChannelSchema,
        }),
        response: { 201: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { borrowerId: id } = request.params;
      onlyOwn(request, id);
      const { scope, textVersion, channel } = request.body;
      const text = CONSENT_TEXTS[scope];
      let consentId = '';
      await give(context, request, reply, ({ commandId }) => {
        consentId = idKey(commandId);
        return {
          type: 'GrantConsent',
          data: { borrowerId: id, consentId, scope, purpose: text, textVersion, textHash: hash(text), channel },
        };
      });
      reply.code(201);
      return { id: consentId, status: 'granted', links: { borrower: `/v1/borrowers/${id}` } };
    },
  );

  server.post(
    '/v1/borrowers/:borrowerId/consents/:consentId/withdrawal',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Borrowers'],
        summary: 'Withdraw a consent',
        headers,
        params: z.strictObject({ borrowerId: borrowerIdSchema, consentId: partIdSchema }),
        body: z.strictObject({}),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { borrowerId: id, consentId } = request.params;
      onlyOwn(request, id);
      await give(context, request, reply, { type: 'WithdrawConsent', data: { borrowerId: id, consentId } });
      return { id: consentId, status: 'withdrawn', links: { borrower: `/v1/borrowers/${id}` } };
    },
  );

  server.post(
    '/v1/borrowers/:borrowerId/notice-preferences',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Borrowers'],
        summary: 'Say how to be told of things: language, channels, their addresses, and what to do without',
        headers,
        params,
        body: z.strictObject({
          ...noticePreferences,
          email: z.email().max(254).optional(),
          device: z.string().min(8).max(256).optional().describe('Where the app is reached; as its platform gives it.'),
        }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { borrowerId: id } = request.params;
      onlyOwn(request, id);
      const { email, device, ...chosen } = request.body;
      const addresses = {
        ...(email !== undefined && { email: Personal.of(email) }),
        ...(device !== undefined && { device: Personal.of(device) }),
      };
      await give(context, request, reply, {
        type: 'SetNoticePreferences',
        data: { borrowerId: id, ...chosen, ...addresses },
      });
      return { id, status: 'set', links: { borrower: `/v1/borrowers/${id}` } };
    },
  );

  server.post(
    '/v1/borrowers/:borrowerId/cards',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Borrowers'],
        summary: 'Bind a bank card',
        headers,
        params,
        body: z.strictObject({ cardNumber: bankCardNumberSchema, bank: z.string().trim().min(1).max(40) }),
        response: { 201: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { borrowerId: id } = request.params;
      onlyOwn(request, id);
      const { cardNumber, bank } = request.body;
      let cardId = '';
      await give(context, request, reply, ({ commandId }) => {
        cardId = idKey(commandId);
        return {
          type: 'BindBankCard',
          data: {
            borrowerId: id,
            cardId,
            cardNumber: Personal.of(cardNumber),
            cardIndex: index('card', cardNumber),
            bank,
            lastFour: cardNumber.slice(-4),
          },
        };
      });
      reply.code(201);
      return { id: cardId, status: 'bound', links: { borrower: `/v1/borrowers/${id}` } };
    },
  );

  for (const [action, type, status] of [
    ['freeze', 'FreezeBorrower', 'frozen'],
    ['unfreeze', 'UnfreezeBorrower', 'unfrozen'],
  ] as const) {
    server.post(
      `/v1/borrowers/:borrowerId/${action}`,
      {
        config: { access: ['operator'] },
        schema: {
          tags: ['Borrowers'],
          summary: action === 'freeze' ? 'Freeze a borrower' : 'Lift the freeze of a borrower',
          headers,
          params,
          body: reasonBody,
          response: { 200: acknowledgementSchema, ...problems },
        },
      },
      async (request, reply) => {
        const { borrowerId: id } = request.params;
        await give(context, request, reply, { type, data: { borrowerId: id, reason: request.body.reason } });
        return { id, status, links: { self: `/v1/borrowers/${id}` } };
      },
    );
  }

  server.post(
    '/v1/borrowers/:borrowerId/erasure',
    {
      config: { access: ['borrower', 'operator'] },
      schema: {
        tags: ['Borrowers'],
        summary: 'Erase a borrower: their personal data can never be read again',
        headers,
        params,
        body: reasonBody,
        response: { 202: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { borrowerId: id } = request.params;
      onlyOwn(request, id);
      await give(context, request, reply, {
        type: 'EraseBorrower',
        data: { borrowerId: id, reason: request.body.reason },
      });
      reply.code(202);
      return { id, status: 'erased', links: { self: `/v1/borrowers/${id}` } };
    },
  );
};
