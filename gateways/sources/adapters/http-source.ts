import type { z } from 'zod';
import { type PartnerClient, unavailable } from '../../http';
import { type CourtRegister, courtAnswerSchema } from '../court-register';
import { type DeviceIntelligence, deviceAnswerSchema } from '../device-intelligence';
import { type FraudRegister, fraudAnswerSchema } from '../fraud-register';
import { operatorAnswerSchema, type PhoneOperator } from '../phone-operator';
import type { Source } from '../source';

/** A source behind a partner client: one question, one shape of answer. */
const httpSource = <Question, Answer>(
  client: PartnerClient,
  {
    operation,
    path,
    schema,
  }: { readonly operation: string; readonly path: string; readonly schema: z.ZodType<Answer> },
): Source<Question, Answer> => ({
  name: client.partner,
  ask: async ({ requestId, ...body }, deadlineMs) => {
    const heard = await client.ask({
      operation,
      method: 'POST',
      path,
      idempotencyKey: requestId,
      body,
      deadlineMs,
      answer: schema,
    });
    return heard.kind === 'answered' ? { outcome: 'answered', answer: heard.body } : unavailable(heard);
  },
});

export const httpFraudRegister = (client: PartnerClient): FraudRegister =>
  httpSource(client, { operation: 'fraud-check', path: '/fraud-checks', schema: fraudAnswerSchema });

export const httpPhoneOperator = (client: PartnerClient): PhoneOperator =>
  httpSource(client, { operation: 'phone-check', path: '/phone-checks', schema: operatorAnswerSchema });

export const httpDeviceIntelligence = (client: PartnerClient): DeviceIntelligence =>
  httpSource(client, { operation: 'device-check', path: '/device-checks', schema: deviceAnswerSchema });

export const httpCourtRegister = (client: PartnerClient): CourtRegister =>
  httpSource(client, { operation: 'court-search', path: '/searches', schema: courtAnswerSchema });
