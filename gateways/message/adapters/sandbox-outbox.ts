import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type MessageChannel, messageChannelSchema } from '../../../domain/notices';
import type { MessageGateway } from '../message-gateway';

const entrySchema = z.strictObject({
  key: z.string(),
  channel: messageChannelSchema,
  /** The end of the address, which names nobody. */
  to: z.string(),
  subject: z.string(),
  text: z.string(),
});
export type OutboxEntry = Readonly<z.infer<typeof entrySchema>>;

/** What would have been sent: nobody is told anything. */
export interface SandboxOutbox {
  readonly entries: readonly OutboxEntry[];
  /** A way into it for a channel. */
  readonly gateway: (channel: MessageChannel) => MessageGateway;
}

const FILE = 'outbox.jsonl';

const readEntries = (file: string): OutboxEntry[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        // The last line of a process that was killed may be cut short.
        .flatMap((line, n, lines) =>
          line === '' || n === lines.length - 1 ? [] : [entrySchema.parse(JSON.parse(line))],
        )
    : [];

/**
 * A sandbox that takes messages, each key once, and keeps them in a file that outlives the process; without a folder in
 * memory. An address that ends with "0000" does not exist.
 */
export const sandboxOutbox = (folder?: string): SandboxOutbox => {
  const file = folder === undefined ? undefined : join(folder, FILE);
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const entries = file === undefined ? [] : readEntries(file);
  const keys = new Set(entries.map(({ key }) => key));
  const taken = (key: string) => ({ outcome: 'sent', reference: `outbox:${key}` }) as const;
  return {
    entries,
    gateway: (channel) => ({
      name: `sandbox-${channel}`,
      channel,
      knowsKeys: true,
      send: async ({ key, to, subject, text }) => {
        if (keys.has(key)) return taken(key);
        if (to.endsWith('0000')) return { outcome: 'failed', reason: 'no such address', final: true };
        const entry: OutboxEntry = { key, channel, to: `…${to.slice(-2)}`, subject, text };
        if (file !== undefined) appendFileSync(file, `${JSON.stringify(entry)}\n`);
        keys.add(key);
        entries.push(entry);
        return taken(key);
      },
      find: async (key) => (keys.has(key) ? taken(key) : { outcome: 'unknown', reason: 'not there' }),
    }),
  };
};
