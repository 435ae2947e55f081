import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Where a mail server goes wrong: it hangs up when it is greeted, or after it has been given a message. */
export type MailFault = 'none' | 'hangs-up-at-once' | 'hangs-up-before-data' | 'hangs-up-after-data' | 'busy' | 'full';

export interface MailServer {
  readonly url: string;
  /** Every message that it was given to its end, headers and all. */
  readonly received: readonly string[];
  fault: MailFault;
  close(): Promise<void>;
}

const ANSWERS: Partial<Record<MailFault, string>> = { busy: '451 try again later', full: '552 too much' };

/** A mail server on the loopback interface that knows as much of SMTP as a client asks for. */
export const startMailServer = async (): Promise<MailServer> => {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const state: { fault: MailFault } = { fault: 'none' };

  /** What is said to one line of a client outside a message; undefined where the connection ends instead. */
  const answerTo = (line: string): string | undefined => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT' && line.includes('nobody@')) return '550 no such mailbox';
    if (verb === 'DATA') return state.fault === 'hangs-up-before-data' ? undefined : '354 go on';
    return verb === 'QUIT' ? undefined : '250 ok';
  };

  /** What is said to a whole message. */
  const take = (message: string): string | undefined => {
    const refusal = ANSWERS[state.fault];
    if (refusal !== undefined) return refusal;
    received.push(message);
    return state.fault === 'hangs-up-after-data' ? undefined : '250 taken';
  };

  const talk = (socket: Socket): void => {
    let message: string[] | undefined;
    const hear = (line: string): string | undefined | 'nothing' => {
      if (message === undefined) {
        const answer = answerTo(line);
        if (answer?.startsWith('354')) message = [];
        return answer;
      }
      if (line !== '.') {
        message.push(line.startsWith('..') ? line.slice(1) : line);
        return 'nothing';
      }
      const whole = message.join('\n');
      message = undefined;
      return take(whole);
    };
    createInterface(socket).on('line', (line) => {
      const answer = hear(line);
      if (answer === undefined) socket.destroy();
      else if (answer !== 'nothing') socket.write(`${answer}\r\n`);
    });
    socket.write('220 mail.test\r\n');
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    if (state.fault === 'hangs-up-at-once') socket.destroy();
    else talk(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    get fault() {
      return state.fault;
    },
    set fault(fault) {
      state.fault = fault;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
