import { type MailFault, type MailServer, startMailServer } from '../../../tests/support/mail-server';
import { messageGatewayContract } from '../message-gateway.contract';
import { smtpGateway } from './smtp-gateway';

const FROM = 'Usance <no-reply@usance.example>';

/** The text of a message as a mailbox shows it. */
const textOf = (message: string): string => {
  const [head = '', ...body] = message.split('\n\n');
  const text = body.join('\n\n');
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(text, 'base64').toString('utf8').trim();
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return text.trim();
  const joined = text.replace(/=\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').trim();
};

describe('Mail over SMTP', () => {
  messageGatewayContract(async () => {
    const server = await startMailServer();
    const gateway = smtpGateway({ url: server.url, from: FROM });
    return {
      gateway,
      delivered: () => server.received.map(textOf),
      somebody: 'somebody@example.org',
      nobody: 'nobody@example.org',
      close: async () => {
        await server.close();
      },
    };
  });

  describe('when the server goes wrong', () => {
    let server: MailServer;
    beforeAll(async () => {
      server = await startMailServer();
    });
    afterAll(() => server.close());

    it.each<[MailFault, object, number]>([
      // It may have taken the message: never again.
      ['hangs-up-after-data', { outcome: 'unknown' }, 1],
      ['hangs-up-at-once', { outcome: 'failed', final: false }, 0],
      ['hangs-up-before-data', { outcome: 'failed', final: false }, 0],
      ['busy', { outcome: 'failed', final: false }, 0],
      ['full', { outcome: 'failed', final: true }, 0],
    ])('%s: %j', async (fault, expected, taken) => {
      const before = server.received.length;
      server.fault = fault;
      const gateway = smtpGateway({ url: server.url, from: FROM, timeoutMs: 2_000 });
      const message = { key: 'k', to: 'somebody@example.org', language: 'en', subject: 's', text: 't' } as const;
      expect(await gateway.send(message)).toMatchObject(expected);
      expect(server.received.length - before).toBe(taken);
    });

    it('a server that is not there has taken nothing', async () => {
      const gone = await startMailServer();
      await gone.close();
      const gateway = smtpGateway({ url: gone.url, from: FROM });
      const message = { key: 'k', to: 'somebody@example.org', language: 'en', subject: 's', text: 't' } as const;
      expect(await gateway.send(message)).toMatchObject({ outcome: 'failed', final: false });
    });

    it('says who sends it, in which language, and under which key', async () => {
      server.fault = 'none';
      const gateway = smtpGateway({ url: server.url, from: FROM });
      await gateway.send({ key: 'n.1', to: 'somebody@example.org', language: 'zh-CN', subject: '结清', text: '谢谢' });
      const message = server.received.at(-1) ?? '';
      expect(message).toMatch(/^From: Usance <no-reply@usance.example>$/m);
      expect(message).toMatch(/^Message-ID: <n.1@usance.example>$/m);
      expect(message).toMatch(/^Content-Language: zh-CN$/m);
    });
  });
});
