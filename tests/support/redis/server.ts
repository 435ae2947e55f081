import { createServer, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type Connection, commandsOn } from './commands';
import { Keyspace } from './keyspace';
import { replyBytes, takeRequest } from './resp';

export interface RedisServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server on a free loopback port. */
export const startRedisServer = async (): Promise<RedisServer> => {
  const commands = commandsOn(new Keyspace(() => performance.timeOrigin + performance.now()));
  const sockets = new Set<Socket>();

  const answer = ([name = '', ...args]: readonly string[], connection: Connection): string => {
    const command = commands.get(name.toUpperCase());
    const reply = command ? command(args, connection) : { error: `ERR unknown command '${name}'` };
    return replyBytes(reply, connection.protocol);
  };

  const server = createServer((socket) => {
    const connection: Connection = { protocol: 2 };
    let arrived: Buffer = Buffer.alloc(0);
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      arrived = arrived.length === 0 ? chunk : Buffer.concat([arrived, chunk]);
      for (let taken = takeRequest(arrived); taken !== undefined; taken = takeRequest(arrived)) {
        arrived = taken.rest;
        socket.write(answer(taken.words, connection));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no address');
  return {
    url: `redis://127.0.0.1:${bound.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
