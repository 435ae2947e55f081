import sse from '@fastify/sse';
import pino from 'pino';
import { createHttpServer, createTokens, type HttpServer } from '../platform/http';
import type { ApplicationDoc } from '../projections';
import { Listener } from '../tests/support/event-stream';
import { until } from '../tests/support/until';
import { liveRoutes } from './live';
import type { Changes, ReadContext } from './read-context';

const ID = 'application-4q2m';
const BORROWER = { kind: 'borrower', id: 'borrower-li' };
const tokens = createTokens(new Uint8Array(32).fill(7), () => Date.now());

const docWith = (steps: number): ApplicationDoc => ({
  id: ID,
  borrowerId: BORROWER.id,
  productId: 'product-1',
  stage: 'under_review',
  referred: false,
  amount: { amount: '1.00', currency: 'CNY' },
  installments: 12,
  submittedOn: '2026-03-02',
  reasons: [],
  steps: Array.from({ length: steps }, (_, index) => ({
    n: index + 1,
    stage: 'under_review',
    at: '2026-03-02T02:00:00.000Z',
    event: 'ApplicationSubmitted',
  })),
});

/** Changes that come when the test says so, and never by themselves. */
class ToldChanges implements Changes {
  readonly waiting = new Set<() => void>();

  next(_projection: string, _key: string, _withinMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  tell(): void {
    for (const wake of [...this.waiting]) wake();
  }
}

const open = async (heartbeatInterval = 60_000) => {
  const changes = new ToldChanges();
  const shown = { doc: docWith(1) as ApplicationDoc | undefined };
  const reader = { get: async () => shown.doc && { doc: shown.doc, position: '1' } };
  // Of the context, live views use only what tells them of changes and the documents.
  const context = { changes, queries: { reader: () => reader } } as unknown as ReadContext;
  const server: HttpServer = createHttpServer({ tokens, logger: pino({ enabled: false }), checkAnswers: true });
  await server.register(sse, { heartbeatInterval });
  await server.register(async (scope) => liveRoutes(scope as unknown as HttpServer, context));
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const listen = async () =>
    Listener.to(`${url}/v1/applications/${ID}/live`, {
      authorization: `Bearer ${await tokens.issue(BORROWER, 600)}`,
    });
  return { server, changes, shown, listen };
};

describe('a live view', () => {
  it('shows news when it is told of them, and none that are none', async () => {
    const { server, changes, shown, listen } = await open();
    const listener = await listen();
    await until(
      async () => listener.ids.length,
      (heard) => heard === 1,
    );
    changes.tell();
    shown.doc = docWith(3);
    changes.tell();
    await until(
      async () => listener.ids.length,
      (heard) => heard === 3,
    );
    expect(listener.ids).toEqual(['1', '2', '3']);
    await listener.hangUp();
    await server.close();
  });

  it('waits for nothing any more when its client has hung up', async () => {
    const { server, changes, listen } = await open();
    const listeners = await Promise.all([listen(), listen(), listen()]);
    await until(
      async () => changes.waiting.size,
      (waiting) => waiting === 3,
    );
    await Promise.all(listeners.map((listener) => listener.hangUp()));
    await until(
      async () => changes.waiting.size,
      (waiting) => waiting === 0,
    );
    await server.close();
  });

  it('waits for nothing any more when it has ended', async () => {
    const { server, changes, shown, listen } = await open();
    shown.doc = { ...docWith(2), stage: 'completed' };
    const listener = await listen();
    await listener.ended;
    expect(listener.ids).toEqual(['1', '2']);
    expect(changes.waiting.size).toBe(0);
    await server.close();
  });

  it('beats its heart while there is nothing to tell', async () => {
    const { server, listen } = await open(5);
    const listener = await listen();
    const beats = async () => listener.heard.filter(({ comment }) => comment === 'heartbeat').length;
    await until(beats, (count) => count >= 3);
    expect(listener.ids).toEqual(['1']);
    await listener.hangUp();
    await server.close();
  });

  it('breaks off when its documents cannot be read; the client comes back', async () => {
    const { server, changes, shown, listen } = await open();
    const listener = await listen();
    await until(
      async () => changes.waiting.size,
      (waiting) => waiting === 1,
    );
    Object.defineProperty(shown, 'doc', {
      get: () => {
        throw new Error('the store is out of reach');
      },
    });
    changes.tell();
    await listener.ended;
    expect(listener.ids).toEqual(['1']);
    await server.close();
  });
});
