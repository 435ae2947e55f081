import { createServer, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import { z } from 'zod';
import { CommandError } from './command-error';
import { Commands } from './commands';
import { type Fields, replyBytes, takeRequest } from './wire';

/**
 * Stands between a client and its command: may change it, carry it out or not, change the answer, or break the
 * connection before or after the command had its effect.
 */
export type Interceptor = (name: string, body: Fields, carryOut: (body: Fields) => Fields) => Fields | 'hang up';

export interface MongoServer {
  readonly url: string;
  /** From now on; undefined lets everything through again. */
  intercept(interceptor: Interceptor | undefined): void;
  close(): Promise<void>;
}

/** What belongs to every command, whatever it does. */
const envelope = z.looseObject({
  $db: z.string(),
  lsid: z.unknown().optional(),
  txnNumber: z.unknown().optional(),
  autocommit: z.unknown().optional(),
});

/** Starts a server on a free loopback port. To the driver it is the one member of a replica set. */
export const startMongoServer = async (): Promise<MongoServer> => {
  const commands = new Commands();
  const sockets = new Set<Socket>();
  /**
   * The last retryable write of each session and its answer: asked again, a server answers and does not write again.
   */
  const answered = new Map<string, { readonly transaction: string; readonly reply: Fields }>();
  let interceptor: Interceptor | undefined;
  let address = '';

  const carryOut = (name: string, body: Fields): Fields => {
    const { $db, lsid, txnNumber, autocommit } = envelope.parse(body);
    if (autocommit !== undefined) throw new CommandError('IllegalOperation', 'transactions are not offered here');
    const greeting = greetings(name, address);
    if (greeting !== undefined) return greeting;
    const session = BSON.EJSON.stringify(lsid);
    const transaction = String(txnNumber);
    const before = answered.get(session);
    if (txnNumber !== undefined && before?.transaction === transaction) return before.reply;
    const reply = commands.run($db, name, body);
    if (txnNumber !== undefined) answered.set(session, { transaction, reply });
    return reply;
  };

  const answer = (body: Fields): Fields | 'hang up' => {
    const name = Object.keys(body)[0] ?? '';
    try {
      const run = (command: Fields): Fields => carryOut(name, command);
      return interceptor === undefined ? run(body) : interceptor(name, body, run);
    } catch (error) {
      if (error instanceof CommandError) return error.reply();
      return new CommandError('BadValue', `${name}: ${String(error)}`).reply();
    }
  };

  const server = createServer((socket) => {
    let arrived: Buffer = Buffer.alloc(0);
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      arrived = arrived.length === 0 ? chunk : Buffer.concat([arrived, chunk]);
      for (let taken = takeRequest(arrived); taken !== undefined; taken = takeRequest(arrived)) {
        arrived = taken.rest;
        const reply = answer(taken.request.body);
        if (reply === 'hang up') return void socket.destroy();
        if (!taken.request.unanswered) socket.write(replyBytes(taken.request, reply));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no address');
  address = `127.0.0.1:${bound.port}`;

  return {
    url: `mongodb://${address}/`,
    intercept: (next) => {
      interceptor = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

/** Answers of a healthy server with nothing in it: the handshake and the like. */
const greetings = (name: string, address: string): Fields | undefined => {
  switch (name.toLowerCase()) {
    case 'hello':
    case 'ismaster':
      return {
        isWritablePrimary: true,
        ismaster: true,
        helloOk: true,
        setName: 'stand-in',
        setVersion: 1,
        hosts: [address],
        primary: address,
        me: address,
        maxBsonObjectSize: 16 * 2 ** 20,
        maxMessageSizeBytes: 48_000_000,
        maxWriteBatchSize: 100_000,
        localTime: new Date(),
        logicalSessionTimeoutMinutes: 30,
        minWireVersion: 0,
        maxWireVersion: 21,
        readOnly: false,
        ok: 1,
      };
    case 'buildinfo':
      return { version: '7.0.0', versionArray: [7, 0, 0, 0], ok: 1 };
    case 'ping':
    case 'endsessions':
      return { ok: 1 };
    default:
      return undefined;
  }
};
