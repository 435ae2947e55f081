import pino from 'pino';
import { z } from 'zod';
import { createHttpServer, createTokens, type HttpServer, requestIdentity } from '.';

const secret = new Uint8Array(32).fill(7);
let now = Date.parse('2026-03-02T02:00:00.000Z');
const tokens = createTokens(secret, () => now);

const open = (): HttpServer => {
  const server = createHttpServer({ tokens, logger: pino({ enabled: false }), checkAnswers: true });
  server.get('/public', { config: { access: 'public' } }, () => ({ ok: true }));
  server.post(
    '/things/:id',
    {
      config: { access: ['borrower'] },
      schema: {
        params: z.strictObject({ id: z.string() }),
        body: z.strictObject({ amount: z.string() }),
        response: { 200: z.strictObject({ id: z.string(), commandId: z.string(), caller: z.string() }) },
      },
    },
    (request) => ({
      id: request.params.id,
      commandId: requestIdentity(request).commandId,
      caller: request.actor.id,
    }),
  );
  server.get('/broken', { config: { access: 'public' } }, () => {
    throw new Error('secret detail');
  });
  return server;
};

const post = async (server: HttpServer, changes: { headers?: Record<string, string>; payload?: string } = {}) => {
  const token = await tokens.issue({ kind: 'borrower', id: 'borrower-1' }, 60);
  return server.inject({
    method: 'POST',
    url: '/things/a',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': 'key-0123456789abcdef',
      ...changes.headers,
    },
    payload: changes.payload ?? '{"amount":"1.00"}',
  });
};

describe('the HTTP server', () => {
  test('lets a caller in by token and role', async () => {
    const answer = await post(open());
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ id: 'a', caller: 'borrower-1' });
  });

  test('the same key of the same caller at the same address is the same command', async () => {
    const server = open();
    const [first, second] = [await post(server), await post(server)];
    expect(first.json().commandId).toBe(second.json().commandId);
    const other = await post(server, { headers: { 'idempotency-key': 'key-0123456789abcdeg' } });
    expect(other.json().commandId).not.toBe(first.json().commandId);
  });

  test.each([
    ['no token', { headers: { authorization: '' } }, 401, 'UNAUTHENTICATED'],
    ['a token of somebody else’s making', { headers: { authorization: 'Bearer e30.e30.e30' } }, 401, 'UNAUTHENTICATED'],
    ['malformed JSON', { payload: '{"amount":' }, 400, 'MALFORMED_REQUEST'],
    ['a poisoned prototype', { payload: '{"__proto__":{"a":1},"amount":"1"}' }, 400, 'MALFORMED_REQUEST'],
    ['an unknown field', { payload: '{"amount":"1","more":1}' }, 400, 'VALIDATION_FAILED'],
    ['a wrong type', { payload: '{"amount":1}' }, 400, 'VALIDATION_FAILED'],
    ['an array', { payload: '[]' }, 400, 'VALIDATION_FAILED'],
    ['another media type', { headers: { 'content-type': 'text/xml' } }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a body too large', { payload: `{"amount":"${'1'.repeat(300_000)}"}` }, 413, 'PAYLOAD_TOO_LARGE'],
    ['no idempotency key', { headers: { 'idempotency-key': '' } }, 400, 'IDEMPOTENCY_KEY_MISSING'],
  ] as const)('%s is a problem document', async (_name, changes, status, code) => {
    const answer = await post(open(), changes);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.json()).toMatchObject({ status, code, requestId: expect.any(String) });
    expect(answer.statusCode).toBe(status);
  });

  test('another role is forbidden, an expired token unauthenticated', async () => {
    const server = open();
    const auditor = await tokens.issue({ kind: 'auditor', id: 'a' }, 60);
    expect((await post(server, { headers: { authorization: `Bearer ${auditor}` } })).statusCode).toBe(403);
    const token = await tokens.issue({ kind: 'borrower', id: 'borrower-2' }, 60);
    const headers = { authorization: `Bearer ${token}` };
    expect((await post(server, { headers })).statusCode).toBe(200);
    now += 61_000;
    expect((await post(server, { headers })).statusCode).toBe(401);
  });

  test('a fault of ours says nothing of its cause', async () => {
    const answer = await open().inject({ method: 'GET', url: '/broken' });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret detail');
    expect(answer.json().code).toBe('INTERNAL');
  });

  test.each(['/nowhere', '/%zz', `/things/${'a'.repeat(500)}`])('%s is a problem document', async (url) => {
    const answer = await open().inject({ method: 'GET', url });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
  });

  test('a route without an access rule cannot be added', () => {
    expect(() => open().get('/open', () => ({}))).toThrow('no access rule');
  });
});
