import Ajv2020 from 'ajv/dist/2020';
import { REFUSALS } from '../../domain/refusals';
import { HTTP_PROBLEMS } from '../../platform/http';
import { type Route, routesOf } from '../support/routes';
import { Stage } from '../support/stage';

let stage: Stage;
let routes: readonly Route[];
let description: OpenApi;

interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema: object }>>;

interface OpenApi {
  readonly openapi: string;
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

beforeAll(async () => {
  stage = await Stage.open();
  routes = routesOf(stage).filter(({ hidden, method }) => !hidden && method !== 'HEAD');
  // Read as the interface says; the tests below look whether it is so.
  description = (await stage.ask('GET', '/docs/json', undefined)).body as OpenApi;
});
afterAll(() => stage.close());

const pathOf = ({ url }: Pick<Route, 'url'>): string => url.replaceAll(/:(\w+)/g, '{$1}');

const operations = () =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

const operationOf = (route: Route): Operation => {
  const operation = description.paths[pathOf(route)]?.[route.method.toLowerCase()];
  if (operation === undefined) throw new Error(`${route.name} is not described`);
  return operation;
};

const schemasIn = function* (value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return;
  if ('schema' in value && typeof value.schema === 'object' && value.schema !== null) yield value.schema;
  for (const each of Object.values(value)) yield* schemasIn(each);
};

describe('the description of the API', () => {
  it('is OpenAPI 3.1', () => {
    expect(description.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(description.components.securitySchemes)).toEqual(['bearer']);
    expect(description.security).toEqual([{ bearer: [] }]);
  });

  it('has every route, and no other', () => {
    const described = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(described.sort()).toEqual(routes.map((route) => `${route.method} ${pathOf(route)}`).sort());
  });

  it('says of every route what it is for, who may call it, and what it answers', () => {
    for (const route of routes) {
      const operation = operationOf(route);
      expect({ route: route.name, ...operation }).toMatchObject({
        tags: [expect.any(String)],
        summary: expect.stringMatching(/.{10}/),
        description: route.access === 'public' ? 'Needs no token.' : `For ${[...route.access].join(', ')}.`,
      });
      expect(operation.security).toEqual(route.access === 'public' ? [] : undefined);
      const success = Object.entries(operation.responses).filter(([status]) => status < '300');
      expect({ route: route.name, success: success.length }).toEqual({ route: route.name, success: 1 });
    }
  });

  it('names every parameter of an address', () => {
    for (const route of routes) {
      const named = [...route.url.matchAll(/:(\w+)/g)].map(([, name]) => name);
      const declared = (operationOf(route).parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => name).sort()).toEqual(named.sort());
      expect(declared.every(({ required }) => required)).toBe(true);
    }
  });

  it('has every error as a problem document', () => {
    for (const { path, operation } of operations()) {
      for (const [status, response] of Object.entries(operation.responses).filter(([code]) => code >= '400')) {
        expect({ path, status, content: response.content }).toEqual({
          path,
          status,
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        });
      }
    }
  });

  it('refers only to what is there, and shares what is the same', () => {
    const text = JSON.stringify(description);
    const named = new Set(Object.keys(description.components.schemas));
    const referred = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
    expect([...referred].filter((name) => name === undefined || !named.has(name))).toEqual([]);
    expect([...text.matchAll(/"\$ref":"(?!#\/components\/schemas\/)/g)]).toEqual([]);
    const shared = [
      'Money',
      'Problem',
      'Quote',
      'Statement',
      'Application',
      'Loan',
      'Borrower',
      'Product',
      'JournalEntry',
    ];
    expect([...named]).toEqual(expect.arrayContaining(shared));
    expect([...named].filter((name) => name.endsWith('Input'))).toEqual([]);
  });

  it('has schemas that are JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'api', components: description.components }, 'api');
    for (const schema of schemasIn(description.paths)) {
      const rooted = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/'));
      expect(() => ajv.compile(rooted)).not.toThrow();
    }
  });

  it('has a page to read it on, and one that lists every error', async () => {
    expect((await stage.ask('GET', '/docs/', undefined)).headers.get('content-type')).toMatch('text/html');
    const { text } = await stage.ask('GET', '/docs/errors', undefined);
    for (const code of [...Object.keys(HTTP_PROBLEMS), ...Object.keys(REFUSALS)])
      expect(text).toContain(`id="${code}"`);
  });
});
