import { connect, createServer, type Socket } from 'node:net';

/** A line between a client and its server, which can be cut, held up, or lose an answer. */
export interface Wire {
  /** The server's address by way of this line. */
  readonly url: string;
  /** Breaks every connection and takes no new one, like a client's machine that has died. */
  cut(): void;
  mend(): void;
  /** Nothing gets through any more, and nobody is told. */
  holdUp(): void;
  /** Lets the next request through and breaks the connection instead of answering it. */
  loseNextAnswer(): void;
  close(): Promise<void>;
}

/** Lays a line to a server, by the URL of its client. */
export const layWire = async (to: string): Promise<Wire> => {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  let state: 'sound' | 'cut' | 'held up' = 'sound';
  let losing = false;
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };

  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [from, onto] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => from.destroy());
      from.on('close', () => {
        sockets.delete(from);
        onto.destroy();
      });
      from.on('data', (chunk: Buffer) => {
        if (state === 'held up') return;
        if (from === far && losing) {
          losing = false;
          return breakAll();
        }
        onto.write(chunk);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no address');
  const url = new URL(to);
  url.hostname = '127.0.0.1';
  url.port = String(bound.port);

  return {
    url: url.href,
    cut: () => {
      state = 'cut';
      breakAll();
    },
    mend: () => {
      state = 'sound';
    },
    holdUp: () => {
      state = 'held up';
    },
    loseNextAnswer: () => {
      losing = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        breakAll();
      }),
  };
};
