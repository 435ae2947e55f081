import { SignJWT } from 'jose';
import { TOKENS, the } from '../../app/tokens';
import { type Route, routesOf } from '../support/routes';
import { AUDITOR, at, COLLECTOR, FINANCE, OPERATOR, PARTNER, Stage, UNDERWRITER, type Who } from '../support/stage';

let stage: Stage;
let routes: readonly Route[];

beforeAll(async () => {
  stage = await Stage.open();
  routes = routesOf(stage);
});
afterAll(() => stage.close());

const BORROWER: Who = { kind: 'borrower', id: 'borrower-nobody' };
const EVERYBODY = [BORROWER, UNDERWRITER, COLLECTOR, AUDITOR, FINANCE, OPERATOR, PARTNER];

/** An address that fits a route's pattern and names nothing. */
const addressOf = ({ url }: Route): string =>
  url
    .replace(/:(borrower|product|application|loan|case|mandate)Id/g, '$1-nowhere')
    .replace(':stream', 'loan-nowhere')
    .replace(':date', '2026-03-02')
    .replace(/:\w+/g, 'nowhere');

const ask = async (route: Route, token: string | undefined) => {
  const { method } = route;
  const told = await stage.ask(method, addressOf(route), token, method === 'POST' ? { body: {} } : {});
  return { route: route.name, status: told.status, code: at(told, 'code') };
};

/** The routes that need a token, HEAD aside: it answers as GET does, without a body to look at. */
const guarded = () => routes.filter(({ access, method }) => access !== 'public' && method !== 'HEAD');

describe('who may call what', () => {
  it('is said by every route', () => {
    expect(routes.length).toBeGreaterThan(40);
    const open = routes.filter(({ access, method }) => access === 'public' && method !== 'HEAD');
    expect(open.map(({ name }) => name).sort()).toEqual([
      'GET /health/live',
      'GET /health/ready',
      'GET /metrics',
      'POST /v1/channels/:channel/callbacks',
    ]);
  });

  it('every role at every route: let in where it is listed, and nowhere else', async () => {
    const before = await stage.head();
    for (const who of EVERYBODY) {
      const token = await stage.tokenOf(who);
      for (const route of guarded()) {
        const { status, code } = await ask(route, token);
        const cell = { who: who.kind, route: route.name };
        if (route.access.includes(who.kind)) {
          expect({ ...cell, status }).not.toMatchObject({ status: 401 });
          expect({ ...cell, status }).not.toMatchObject({ status: 403 });
          expect(status).toBeLessThan(500);
        } else {
          expect({ ...cell, status, code }).toEqual({ ...cell, status: 403, code: 'FORBIDDEN' });
        }
      }
    }
    expect(await stage.head()).toBe(before);
  });

  it('HEAD is let in as GET is', () => {
    const gets = new Map(routes.filter(({ method }) => method === 'GET').map(({ url, access }) => [url, access]));
    for (const { url, access } of routes.filter(({ method }) => method === 'HEAD')) expect(gets.get(url)).toBe(access);
  });

  const now = () => Math.floor(stage.clock.now() / 1000);
  const SECRET = new Uint8Array(32).fill(9);
  const jwt = (claims: Record<string, unknown> = {}) =>
    new SignJWT({ kind: 'operator', ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('op-1')
      .setIssuer('usance')
      .setAudience('usance-api')
      .setIssuedAt(now())
      .setExpirationTime(now() + 600);
  const unsigned = (claims: object): string =>
    [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  /** The same token with another role in it, and the signature it had. */
  const promoted = (token: string): string => {
    const [head, body = '', signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    const other = Buffer.from(JSON.stringify({ ...claims, kind: 'operator' })).toString('base64url');
    return [head, other, signature].join('.');
  };

  const BAD: Readonly<Record<string, () => Promise<string | undefined>>> = {
    'no token': async () => undefined,
    'no JWT': async () => 'let-me-in',
    'a tampered token': async () => promoted(await stage.tokenOf(BORROWER)),
    'an unsigned token': async () => `${unsigned({ sub: 'op-1', kind: 'operator', exp: now() + 600 })}.`,
    'a token of a foreign secret': () => jwt().sign(SECRET),
    'an expired token': () => stage.tokenOf(OPERATOR, -1),
    'a token that speaks for nobody': () => stage.tokenOf({ kind: 'operator', id: '' }),
    'a token that speaks for a very long name': () => stage.tokenOf({ kind: 'operator', id: 'x'.repeat(129) }),
  };

  it.each(Object.keys(BAD))('%s opens nothing', async (name) => {
    const before = await stage.head();
    const token = await BAD[name]?.();
    for (const route of guarded()) {
      expect(await ask(route, token)).toEqual({ route: route.name, status: 401, code: 'UNAUTHENTICATED' });
    }
    expect(await stage.head()).toBe(before);
  });

  it('a token that was good is good no longer once it has expired', async () => {
    const token = await the(stage.house.container, TOKENS.tokens).issue(OPERATOR, 60);
    const products = () => stage.ask('GET', '/v1/products', token);
    expect(await products()).toMatchObject({ status: 200 });
    stage.clock.advance(60_000);
    expect(await products()).toMatchObject({ status: 401 });
  });
});
