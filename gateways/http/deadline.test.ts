import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { deadlineIn } from './deadline';

/** Nothing else happens in this process for a while. */
const beBusy = (milliseconds: number): void => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};

describe('a deadline', () => {
  it('passes', async () => {
    const { signal } = deadlineIn(1);
    if (!signal.aborted) await once(signal, 'abort');
    expect(signal.aborted).toBe(true);
  });

  it('does not pass before what has come in meanwhile is looked at, however late that is', async () => {
    const server = createServer((socket) => socket.end('an answer')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const socket = createConnection(port, '127.0.0.1');
    await once(socket, 'connect');
    const seen: string[] = [];
    socket.on('data', () => seen.push('answer'));
    const { signal } = deadlineIn(5);
    signal.addEventListener('abort', () => seen.push('deadline'));
    // Let the server, which lives in this process too, write; then be away for longer than the deadline.
    await new Promise((resolve) => setImmediate(resolve));
    beBusy(20);
    if (!signal.aborted) await once(signal, 'abort');
    expect(seen).toEqual(['answer', 'deadline']);
    socket.destroy();
    server.close();
  });

  it('that was called off never passes', async () => {
    const { signal, cancel } = deadlineIn(1);
    cancel();
    const later = deadlineIn(5).signal;
    await once(later, 'abort');
    expect(signal.aborted).toBe(false);
  });
});
