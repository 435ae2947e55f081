import { z } from 'zod';
import { aggregates } from '../commands';
import { type Declaration, declarationSchema } from '../domain/application';
import { productIdSchema } from '../domain/kernel';
import { REFUSALS } from '../domain/refusals';
import { type HttpServer, httpProblem, Problem } from '../platform/http';
import { askedAmountSchema, meansSchema } from './amounts';
import { partIdSchema, problems } from './answers';
import { callingBorrower } from './own';
import type { Requirements, WriteContext } from './write-context';

/** A declaration as it comes in. */
const statementSchema = declarationSchema.extend({ monthlyIncome: meansSchema }).meta({ id: 'Statement' });

/** What some borrowers need not supply again; `GET /v1/applications/requirements` says who must. */
export const suppliedBody = { cardId: partIdSchema.optional(), declaration: statementSchema.optional() };

interface Supplied {
  readonly cardId?: string | undefined;
  readonly declaration?: Declaration | undefined;
  readonly deviceId?: string | undefined;
}

/** What was supplied, filled up from last time where the policy allows that. @throws Problem naming what is missing */
export const supplied = (
  body: Supplied,
  { required, known }: Requirements,
): { readonly cardId: string; readonly declaration: Declaration } => {
  const missing = (['cardId', 'declaration', 'deviceId'] as const).filter(
    (field) => body[field] === undefined && required.includes(field),
  );
  const cardId = body.cardId ?? known?.cardId;
  const declaration = body.declaration ?? known?.declaration;
  const named = new Set<string>(missing);
  if (cardId === undefined) named.add('cardId');
  if (declaration === undefined) named.add('declaration');
  if (cardId !== undefined && declaration !== undefined && named.size === 0) return { cardId, declaration };
  throw new Problem({
    status: 422,
    code: 'REQUIREMENTS_MISSING',
    title: REFUSALS.REQUIREMENTS_MISSING.meaning,
    detail: [...named].join(', '),
    errors: [...named].map((field) => ({ pointer: `/${field}`, message: 'asked for by the policy' })),
  });
};

const PROPERTIES = {
  amount: askedAmountSchema,
  installments: z.int().min(1).max(1_200),
  cardId: partIdSchema,
  declaration: statementSchema,
  deviceId: z.string().min(8).max(128),
} as const;

/** What this borrower still has to supply, as the form that their app shows. */
export const requirementRoutes = (server: HttpServer, { bus, requirements }: WriteContext): void => {
  server.get(
    '/v1/applications/requirements',
    {
      config: { access: ['borrower'] },
      schema: {
        tags: ['Applications'],
        summary: 'What an application has to bring, as JSON Schema: few things of the well known, more of others',
        querystring: z.strictObject({ productId: productIdSchema }),
        response: { 200: z.record(z.string(), z.unknown()), ...problems },
      },
    },
    async (request) => {
      const { state } = await bus.load(aggregates.product, request.query.productId);
      if (state.status === 'none' || state.offering === undefined) throw httpProblem('NOT_FOUND');
      const { amount, installments } = state.offering;
      const { required, known } = await requirements(callingBorrower(request));
      const asked = known === undefined ? [...new Set([...required, 'cardId', 'declaration'] as const)] : required;
      const fields = {
        ...PROPERTIES,
        amount: askedAmountSchema.describe(`${amount.least.amount} to ${amount.most.amount} ${amount.least.currency}`),
        installments: z.int().min(installments.least).max(installments.most),
      };
      const form = z.strictObject(Object.fromEntries(asked.map((field) => [field, fields[field]])));
      return z.toJSONSchema(form, { io: 'input' });
    },
  );
};
