import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { z } from 'zod';
import type { MessageGateway, MessageOutcome } from '../message-gateway';

export interface SmtpOptions {
  /** smtp://user:password@host:port, or smtps://… */
  readonly url: string;
  /** The sender, "Name <address>". */
  readonly from: string;
  /** For connecting, and between any two words of the server. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

/** What an error of the mailer says of the server's answer, if there was one. */
const mailErrorSchema = z.object({ code: z.string().optional(), responseCode: z.number().optional() });

/**
 * What an error means for the message. As long as nothing of it was on its way, it has not gone out; a server that
 * answers with a code has decided, 5xx for good and 4xx for now. No answer to the message itself: it may be taken.
 */
const judged = (error: unknown, underWay: boolean): MessageOutcome => {
  const { code = 'ERROR', responseCode } = mailErrorSchema.safeParse(error).data ?? {};
  if (responseCode !== undefined) {
    // A server that turns us away has said nothing of the message: it can be tried again.
    const final = responseCode >= 500 && (code === 'EENVELOPE' || underWay);
    return { outcome: 'failed', reason: `${code} ${responseCode}`, final };
  }
  return underWay ? { outcome: 'unknown', reason: code } : { outcome: 'failed', reason: code, final: false };
};

/**
 * Electronic mail through a server, a connection for each message. SMTP knows no keys and answers no questions: what is
 * unknown stays unknown. The key is the message's own id, by which a mailbox may still tell a copy.
 */
export const smtpGateway = ({ url, from, timeoutMs = TIMEOUT_MS }: SmtpOptions): MessageGateway => {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const options = {
    ...{ host: hostname, port: Number(port) || (secure ? 465 : 587), secure },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
  };
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    name: 'smtp',
    channel: 'email',
    knowsKeys: false,
    send: async ({ key, to, language, subject, text }) => {
      const messageId = `<${key}@${domain}>`;
      const headers = { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' };
      const mail = new MailComposer({ from, to, subject, text, headers, messageId }).compile();
      const [content, envelope] = [await mail.build(), mail.getEnvelope()];
      return new Promise((resolve) => {
        const connection = new SMTPConnection(options);
        let underWay = false;
        const end = (outcome: MessageOutcome): void => {
          resolve(outcome);
          connection.close();
        };
        const failed = (error: unknown): void => end(judged(error, underWay));
        // Read only once the server has asked for the message: from then on it may have it.
        const message = Readable.from(
          (function* () {
            underWay = true;
            yield content;
          })(),
        );
        const deliver = (): void =>
          connection.send(envelope, message, (error) =>
            error ? failed(error) : end({ outcome: 'sent', reference: messageId }),
          );
        connection.on('error', failed);
        connection.on('end', () => failed(undefined));
        connection.connect((error) => {
          if (error) return failed(error);
          if (username === '') return deliver();
          return connection.login(auth, (refused) => (refused ? failed(refused) : deliver()));
        });
      });
    },
    find: async () => ({ outcome: 'unknown', reason: 'mail servers do not tell' }),
  };
};
