import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { type OutsideWorld, outsideWorld } from '../../tests/support/outside-world';
import { sandboxKeySet } from '../sandbox';
import { PartnerClient, type PartnerOptions, type Question, readKeySet } from '.';

const ENQUIRY = { idNumber: '11010119900307001X', name: '李雷', consentId: 'consent-1', requestId: 'request-1' };

const enquiries = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...ENQUIRY, requestId: `r-${index}` }));

describe('A partner client', () => {
  let world: OutsideWorld;
  afterEach(() => world.close());

  it('opens its breaker after failures in a row, leaves the partner alone, and recovers', async () => {
    world = await outsideWorld({ limits: { breakerFailures: 5, breakerOpenMs: 100, retries: 0 } });
    world.sandbox.behave('bureau', { behaviour: 'server-error' });
    for (const enquiry of enquiries(5)) await world.bureau.report(enquiry);
    expect(world.clients.bureau.breaker).toBe('open');
    expect(await world.bureau.report(ENQUIRY)).toEqual({ outcome: 'failed', reason: 'breaker-open' });
    expect(world.calls.at(-1)).toMatchObject({ outcome: 'breaker-open', attempts: 0 });

    world.sandbox.behave('bureau', {});
    let outcome = await world.bureau.report(ENQUIRY);
    while (outcome.outcome !== 'answered') {
      expect(outcome.reason).toBe('breaker-open');
      await new Promise((resolve) => setTimeout(resolve, 10));
      outcome = await world.bureau.report(ENQUIRY);
    }
    expect(world.clients.bureau.breaker).toBe('closed');
    expect(world.breakers).toEqual(['bureau open', 'bureau half-open', 'bureau closed']);
  });

  it('keeps its breaker closed while a partner refuses: a signed no is an answer', async () => {
    world = await outsideWorld({ limits: { breakerFailures: 3 } });
    world.sandbox.behave('bureau', { behaviour: 'refuse', refusal: 'no-such-consent' });
    for (const enquiry of enquiries(6)) {
      expect(await world.bureau.report(enquiry)).toEqual({ outcome: 'failed', reason: 'no-such-consent' });
    }
    expect(world.clients.bureau.breaker).toBe('closed');
  });

  it('lets a partner that hangs hold up nobody else', async () => {
    world = await outsideWorld({ limits: { deadlineMs: 1_000, connections: 4 } });
    world.sandbox.behave('bureau', { behaviour: 'hang' });
    const order: string[] = [];
    const hanging = enquiries(50).map(async (enquiry) => {
      const outcome = await world.bureau.report(enquiry);
      order.push(outcome.outcome);
    });
    const sign = { documentHash: 'ab'.repeat(32), signerReference: 'borrower-1', requestId: 'sign-1' };
    const signed = await world.esign.sign(sign);
    order.push(signed.outcome);
    await Promise.all(hanging);
    // The signature came back while all fifty enquiries, waiting ones included, ran into the one deadline.
    expect(order).toEqual(['signed', ...Array.from({ length: 50 }, () => 'timed-out')]);
  });

  it('turns calls away at once when too many wait already', async () => {
    world = await outsideWorld({ limits: { connections: 2, queue: 3 } });
    world.sandbox.behave('bureau', { behaviour: 'hang' });
    const outcomes = await Promise.all(enquiries(9).map((enquiry) => world.bureau.report(enquiry)));
    const reasons = outcomes.map((outcome) => outcome.outcome !== 'answered' && outcome.reason).sort();
    expect(reasons).toEqual([...Array(4).fill('overloaded'), ...Array(5).fill('timed-out')]);
  });

  it('asks again under the same key when the first try came to nothing', async () => {
    world = await outsideWorld({ seed: 'retry', limits: { deadlineMs: 5_000, retries: 12 } });
    world.sandbox.behave('bureau', { behaviour: { 'server-error': 0.3, reset: 0.2, garbage: 0.2 } });
    const outcomes = await Promise.all(enquiries(20).map((enquiry) => world.bureau.report(enquiry)));
    expect(outcomes.every(({ outcome }) => outcome === 'answered')).toBe(true);
    expect(Math.max(...world.calls.map(({ attempts }) => attempts))).toBeGreaterThan(1);
  });
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('A partner client in front of a server of any kind', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  const partnerThat = async (answer: Answer, options: Partial<PartnerOptions> = {}) => {
    const seen: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      seen.push(request);
      request.resume();
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = new PartnerClient({
      partner: 'any',
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
      keys: readKeySet(sandboxKeySet('any', 'channel')),
      deadlineMs: 500,
      retryDelayMs: 1,
      ...options,
    });
    closers.push(async () => {
      await client.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return { client, seen };
  };

  const question: Question<object> = { operation: 'ask', method: 'GET', path: '/thing', answer: z.object({}) };

  it.each([
    ['500', 'server-error', (_, response) => response.writeHead(500).end('{}')],
    ['an unsigned 200', 'unsigned', (_, response) => response.writeHead(200).end('{}')],
    ['an unsigned 422', 'unsigned', (_, response) => response.writeHead(422).end('{"outcome":"refused","code":"no"}')],
    ['a redirect', 'unsigned', (_, response) => response.writeHead(302, { location: '/' }).end()],
    ['a cut connection', 'connection-failed', (request) => request.socket.destroy()],
    [
      'half an answer',
      'connection-failed',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{');
        request.socket.end();
      },
    ],
    ['no HTTP at all', 'connection-failed', (request) => request.socket.end('SSH-2.0-OpenSSH\r\n\r\n')],
    ['headers only', 'timed-out', (_, response) => response.writeHead(200).flushHeaders()],
  ] satisfies [string, string, Answer][])('takes %s for silence', async (_name, reason, answer) => {
    const { client } = await partnerThat(answer);
    expect(await client.ask(question)).toEqual({ kind: 'silent', reason });
  });

  it('puts key, business date and a new request id on each request, and the path under its base', async () => {
    const { client, seen } = await partnerThat((_, response) => response.writeHead(503).end(), { retries: 2 });
    const idempotent = { ...question, method: 'POST', body: {}, idempotencyKey: 'key-1' } as const;
    await client.ask(idempotent);
    expect(seen.map(({ url }) => url)).toEqual(['/api/thing', '/api/thing', '/api/thing']);
    expect(new Set(seen.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set(['key-1']));
    expect(new Set(seen.map(({ headers }) => headers['x-request-id'])).size).toBe(3);
  });

  it('never repeats what has no key', async () => {
    const { client, seen } = await partnerThat((_, response) => response.writeHead(503).end(), { retries: 2 });
    await client.ask({ ...question, method: 'POST', body: {} });
    expect(seen).toHaveLength(1);
  });

  it('gives up what is under way when it is closed', async () => {
    const { client } = await partnerThat(() => undefined, { deadlineMs: 60_000, retries: 0 });
    const asked = client.ask(question);
    await new Promise((resolve) => setImmediate(resolve));
    await client.close();
    expect(await asked).toEqual({ kind: 'silent', reason: 'connection-failed' });
  });
});
