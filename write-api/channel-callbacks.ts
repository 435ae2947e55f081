import { z } from 'zod';
import type { CommandRequest } from '../commands';
import { payoutIdSchema, repaymentIdSchema } from '../domain/kernel';
import type { DebitOutcome } from '../domain/repayment';
import { type HttpServer, httpProblem } from '../platform/http';
import { uuidV5 } from '../platform/runtime';
import { problems } from './answers';
import type { WriteContext } from './write-context';

/** What a callback says, once its signature has been checked by the channel's own gateway. */
export type CallbackVerdict =
  | {
      readonly genuine: true;
      readonly callbackId: string;
      readonly movement: 'payout' | 'debit';
      /** The stream that is waiting for this effect, if any. */
      readonly stream: string | undefined;
      readonly effectId: string;
      readonly answer: DebitOutcome;
    }
  | { readonly genuine: false };

type Genuine = Extract<CallbackVerdict, { readonly genuine: true }>;

/** Checks a callback by its headers and raw body, and finds what it is about. */
export type CallbackJudge = (
  channel: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  rawBody: string,
) => Promise<CallbackVerdict>;

const CALLBACKS = '2d6c2d0e-7a57-5b2c-8f6e-3a1d8c3b9e55';

/**
 * Where channels report back. May come twice, late or out of order: the same callback is the same command, and what has
 * reached its end never changes. A forged one is refused before its body is read.
 */
export const callbackRoutes = (server: HttpServer, context: WriteContext, judge: CallbackJudge): void => {
  server.post(
    '/v1/channels/:channel/callbacks',
    {
      config: { access: 'public' },
      schema: {
        tags: ['Channels'],
        summary: 'Outcome of an instruction, reported by a channel and signed by it',
        params: z.strictObject({ channel: z.string().regex(/^[0-9a-z-]{1,32}$/) }),
        response: { 200: z.object({ received: z.literal(true) }), ...problems },
      },
    },
    async (request) => {
      const verdict = await judge(request.params.channel, request.headers, request.rawBody);
      if (!verdict.genuine) throw httpProblem('UNAUTHENTICATED');
      const command = commandOf(verdict);
      // Of an instruction that was never given here there is nothing to record; the statement will show it as a break.
      if (command === undefined) return { received: true as const };
      // A refusal here says that the outcome is known already; the channel need not hear of it.
      await context.bus.execute(command, {
        commandId: uuidV5(CALLBACKS, verdict.callbackId),
        actor: { kind: 'system', id: `channel:${request.params.channel}` },
        correlationId: request.id,
        causationId: verdict.callbackId.slice(0, 64),
      });
      return { received: true as const };
    },
  );
};

/** What a callback has to say to the stream that waits for it, if one of ours could. */
const commandOf = ({ movement, stream, effectId, answer }: Genuine): CommandRequest | undefined => {
  if (movement === 'payout') {
    const { data: payoutId } = payoutIdSchema.safeParse(stream);
    return payoutId && { type: 'RecordPayoutOutcome', data: { payoutId, effectId, answer } };
  }
  const { data: repaymentId } = repaymentIdSchema.safeParse(stream);
  return repaymentId && { type: 'RecordRepaymentOutcome', data: { repaymentId, effectId, answer } };
};
