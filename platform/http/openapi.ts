import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Access } from './server';

const PROBLEM = 'application/problem+json';

const MEANINGS: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted; what follows shows at the links',
  304: 'Nothing new',
  400: 'The request cannot be used',
  401: 'No token, or none of ours',
  403: 'Not for this role',
  404: 'There is no such thing, or it is not the caller’s',
  406: 'Not in that form',
  409: 'Not as things stand',
  422: 'Against the rules',
  503: 'Not right now; the same request may succeed later',
};

type Transform = typeof jsonSchemaTransform;
type Responses = Readonly<Record<string, unknown>>;

const isDescribed = (response: unknown): boolean =>
  typeof response === 'object' && response !== null && 'content' in response;

const described = (status: string, schema: unknown): unknown => {
  if (isDescribed(schema)) return schema;
  const type = Number(status) >= 400 ? PROBLEM : 'application/json';
  return { description: MEANINGS[status] ?? status, content: { [type]: { schema } } };
};

const responsesOf = (responses: Responses): Responses =>
  Object.fromEntries(Object.entries(responses).map(([status, schema]) => [status, described(status, schema)]));

const callers = (access: Access | undefined): string =>
  access === 'public' || access === undefined ? 'Needs no token.' : `For ${access.join(', ')}.`;

/** A route as OpenAPI has it: errors as problem documents, who may call it, and no token asked for where none is. */
export const openApiTransform: Transform = (document) => {
  const { route, schema } = document;
  if (!schema || schema.hide) return jsonSchemaTransform(document);
  const access = route.config?.access;
  const said = {
    ...schema,
    description: [schema.description, callers(access)].filter(Boolean).join(' '),
    ...(access === 'public' ? { security: [] } : {}),
    ...(schema.response ? { response: responsesOf(schema.response as Responses) } : {}),
  };
  return jsonSchemaTransform({ ...document, schema: said } as Parameters<Transform>[0]);
};

const SCHEMAS = '#/components/schemas/';

interface OpenApi {
  readonly components?: { readonly schemas?: Record<string, unknown> };
}

/**
 * The whole description with the schemas that routes share, and no others. Where what comes in and what goes out have
 * the same shape, one schema stands for both.
 */
export const openApiTransformObject: typeof jsonSchemaTransformObject = (document) => {
  const whole = jsonSchemaTransformObject(document);
  const schemas = (whole as OpenApi).components?.schemas ?? {};
  const twins = Object.keys(schemas).filter((name) => {
    const twin = outputName(name);
    return twin !== name && twin in schemas && withOutputNames(schemas[name]) === JSON.stringify(schemas[twin]);
  });
  const one = twins.reduce(
    (text, name) => text.replaceAll(`"${SCHEMAS}${name}"`, `"${SCHEMAS}${outputName(name)}"`),
    JSON.stringify(whole),
  );
  const merged = JSON.parse(one) as typeof whole & OpenApi;
  for (const name of twins) delete merged.components?.schemas?.[name];
  for (const name of unused(merged)) delete merged.components?.schemas?.[name];
  return merged;
};

/** Schemas that no route comes to, by whatever way. */
const unused = (document: OpenApi & { readonly paths?: unknown }): readonly string[] => {
  const schemas = document.components?.schemas ?? {};
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  visit(document.paths);
  return Object.keys(schemas).filter((name) => !used.has(name));
};

const outputName = (name: string): string => name.replace(/Input$/, '');

const withOutputNames = (schema: unknown): string =>
  JSON.stringify(schema).replaceAll(/"(#\/components\/schemas\/\w+)Input"/g, '"$1"');
