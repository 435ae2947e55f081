import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import pino from 'pino';
import { z } from 'zod';
import { createHttpServer, createTokens, type HttpServer, type Limits, requestIdentity } from '.';

const secret = new Uint8Array(32).fill(7);
let now = Date.parse('2026-03-02T02:00:00.000Z');
const tokens = createTokens(secret, () => now);

const open = (limits?: Limits): HttpServer => {
  const logger = pino({ enabled: false });
  const server = createHttpServer({ tokens, logger, checkAnswers: true, ...(limits && { limits }) });
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

const addressOf = (server: HttpServer): { readonly address: string; readonly port: number } => {
  const [first] = server.addresses();
  if (first === undefined || typeof first === 'string') throw new Error('the server does not listen');
  return first;
};

const connectTo = (server: HttpServer): Socket => {
  const { address, port } = addressOf(server);
  return connect(port, address);
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

  test('half a surrogate pair is no text; a whole one, and a backslash before the same letters, are', async () => {
    const sent = async (amount: string) => (await post(open(), { payload: `{"amount":"${amount}"}` })).statusCode;
    expect(await Promise.all(['\\ud83d', 'x\\udcb8', '\\udcb8\\ud83d'].map(sent))).toEqual([400, 400, 400]);
    expect(await Promise.all(['\\ud83d\\udcb8', '💸', '\\\\ud83d'].map(sent))).toEqual([200, 200, 200]);
  });

  test('an address that cannot be read, or is absurdly long, is answered under its request id', async () => {
    const server = open();
    for (const url of ['/%zz', `/things/${'a'.repeat(300)}`]) {
      const answer = await server.inject({ method: 'POST', url, headers: { 'x-request-id': 'request-12345' } });
      expect(answer.json()).toMatchObject({ status: 400, code: 'MALFORMED_REQUEST', requestId: 'request-12345' });
      expect(answer.headers['x-request-id']).toBe('request-12345');
    }
  });

  test('what is no HTTP is answered as such', async () => {
    const server = open();
    await server.listen({ host: '127.0.0.1', port: 0 });
    const socket = connectTo(server);
    socket.write('HELO there\r\n\r\n');
    const answer = (await socket.toArray()).join('');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ code: 'MALFORMED_REQUEST' });
    await server.close();
  });

  test('what does not arrive whole in time is answered as such, and may be sent again', async () => {
    const server = open();
    await server.listen({ host: '127.0.0.1', port: 0 });
    const socket = connectTo(server);
    const [served] = (await once(server.server, 'connection')) as [Socket];
    socket.write('POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{');
    server.server.emit('clientError', Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), served);
    const answer = (await socket.toArray()).join('');
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ code: 'REQUEST_TIMEOUT', retryable: true });
    await server.close();
  });

  test('closes though clients hold their connections open, used or not, and ends what is under way first', async () => {
    const server = open();
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    server.get('/slow', { config: { access: 'public' } }, () => held.then(() => ({ slow: true })));
    await server.listen({ host: '127.0.0.1', port: 0 });
    const { address, port } = addressOf(server);
    const [unused, used] = [connectTo(server), connectTo(server)];
    used.write('GET /public HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(used, 'data');
    const slow = fetch(`http://${address}:${port}/slow`);
    await once(server.server, 'request');
    const closed = server.close();
    finish();
    expect(await (await slow).json()).toEqual({ slow: true });
    await closed;
    await Promise.all([unused, used].map(async (socket) => socket.closed || once(socket, 'close')));
  });

  describe('takes on so much and no more', () => {
    const limited = (rate: { perSecond: number; burst: number } | undefined, inFlight = 2): HttpServer =>
      open({ inFlight, stayOpen: 1, rateOf: ({ kind }) => (kind === 'borrower' ? rate : undefined) });

    test('what there is no room for is told so at once, and let in when there is', async () => {
      const server = limited(undefined);
      const finishing: (() => void)[] = [];
      const held = () => new Promise<object>((resolve) => finishing.push(() => resolve({ done: true })));
      server.get('/slow', { config: { access: 'public' } }, held);
      server.get('/live', { config: { access: 'public', staysOpen: true } }, held);
      server.get('/alive', { config: { access: 'public', unbounded: true } }, () => ({ alive: true }));
      await server.listen({ host: '127.0.0.1', port: 0 });
      const { address, port } = addressOf(server);
      const get = (path: string) => fetch(`http://${address}:${port}${path}`);
      const under = async (count: number): Promise<void> => {
        while (finishing.length < count) await new Promise(setImmediate);
      };

      const served = [get('/slow'), get('/slow'), get('/live')];
      await under(3);
      for (const path of ['/public', '/live']) {
        const refused = await get(path);
        expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
        expect(await refused.json()).toMatchObject({ code: 'OVERLOADED' });
      }
      expect((await get('/alive')).status).toBe(200);
      for (const finish of finishing.splice(0)) finish();
      for (const answer of await Promise.all(served)) expect(await answer.json()).toEqual({ done: true });
      expect((await get('/public')).status).toBe(200);

      // Who goes away before the answer makes room as well.
      const impatient = [1, 2].map(() => new AbortController());
      const gone = impatient.map(({ signal }) => fetch(`http://${address}:${port}/slow`, { signal }));
      await under(2);
      for (const caller of impatient) caller.abort();
      await Promise.allSettled(gone);
      for (let status = 503; status !== 200; ) status = (await get('/public')).status;
      await server.close();
    });

    test('a caller who calls too often is told when to call again; others are not held up', async () => {
      const server = limited({ perSecond: 0.5, burst: 3 });
      const statuses: number[] = [];
      for (let n = 0; n < 3; n += 1) statuses.push((await post(server)).statusCode);
      expect(statuses).toEqual([200, 200, 200]);
      const refused = await post(server);
      expect(refused.statusCode).toBe(429);
      expect(refused.headers['retry-after']).toBe('2');
      expect(refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
      const other = await tokens.issue({ kind: 'borrower', id: 'borrower-2' }, 60);
      expect((await post(server, { headers: { authorization: `Bearer ${other}` } })).statusCode).toBe(200);
      await server.close();
    });
  });
});
