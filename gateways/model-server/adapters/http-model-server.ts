import { Pool } from 'undici';
import { z } from 'zod';
import type { Timers } from '../../../platform/runtime';
import { MODEL_DEADLINE_MS, type ModelAnswer, type ModelServer } from '../model-server';

const answerSchema = z.object({
  outputs: z.record(z.string().max(100), z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()])),
});

const CONNECTIONS = 16;
const BODY_BYTES_MOST = 65_536;

export interface HttpModelServerOptions {
  readonly url: string;
  readonly timers: Timers;
  /** Default: 100. */
  readonly deadlineMs?: number;
}

/**
 * A model server over HTTP: `POST /v1/models/<document>/score` with the model's hash and inputs, answered with outputs.
 * Nothing is tried again: before a second answer came, the house's own model has long scored.
 */
export const httpModelServer = ({
  url,
  timers,
  deadlineMs = MODEL_DEADLINE_MS,
}: HttpModelServerOptions): ModelServer & { close(): Promise<void> } => {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1, maxResponseSize: BODY_BYTES_MOST });
  return {
    score: async ({ document, hash }, inputs) => {
      const deadline = new AbortController();
      const timer = timers.after(deadlineMs, () => deadline.abort());
      try {
        const answer = await pool.request({
          method: 'POST',
          path: `/v1/models/${document}/score`,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ hash, inputs }),
          signal: deadline.signal,
        });
        const body: unknown = await answer.body.json();
        const read = answerSchema.safeParse(body);
        if (answer.statusCode !== 200 || !read.success) return { outcome: 'failed' };
        return { outcome: 'answered', outputs: read.data.outputs };
      } catch {
        return { outcome: deadline.signal.aborted ? 'timed-out' : 'failed' } satisfies ModelAnswer;
      } finally {
        timer.cancel();
      }
    },
    close: () => pool.destroy(),
  };
};
