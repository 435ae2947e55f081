import { aggregates, type StateReader } from '../../commands';
import { noticePreferencesOf } from '../../domain/borrower';
import { nextContactTime } from '../../domain/collections';
import { type Instant, instantAt } from '../../domain/kernel';
import { isDunning, type Language, MEANS_OF, renderNotice } from '../../domain/notices';
import type { MessageOutcome } from '../../gateways/message';
import type { EffectContext } from '../../platform/processing';
import { command, nothing, type Reaction } from '../house-saga';
import type { Effect } from './effect';
import type { MessageOrder } from './message-order';
import type { OutsideWorld } from './outside-world';

/** After how many minutes a message that did not go out is tried again; then it is given up. */
const TRIED_AGAIN_AFTER_MINUTES = [1, 10, 60] as const;

const later = (order: MessageOrder, at: Instant): Reaction => ({
  kind: 'deadline',
  name: `send-${order.noticeId}-${order.channel}`,
  at,
  data: order,
});

/** Where the borrower is reached, in clear, for one message; undefined once they have been erased. */
const addressOf = async (
  read: StateReader,
  { borrowerId, channel }: MessageOrder,
): Promise<{ readonly to: string; readonly language: Language } | undefined> => {
  const { state } = await read.load(aggregates.borrower, borrowerId);
  if (!('cards' in state)) return undefined;
  const { language, email, device } = noticePreferencesOf(state);
  const to = await { sms: state.phone, email, push: device }[channel]?.reveal();
  return to === undefined ? undefined : { to, language };
};

const recording = (
  { noticeId, channel, attempt }: MessageOrder,
  outcome: MessageOutcome,
  gateway: string,
): Reaction => {
  const result = outcome.outcome === 'sent' ? { ...outcome, gateway } : outcome;
  return command('record', { type: 'RecordMessage', data: { noticeId, channel, attempt, result } }, nothing);
};

/**
 * Sends a message, once. That it is about to go out is on record before its first byte: whoever finds that it had been
 * begun before does not send it, but asks what became of it. What asks somebody to pay waits for an hour in which it
 * may; what certainly did not go out is tried again a few times.
 */
export const sendMessage = async (
  { read, clock, messages }: Pick<OutsideWorld, 'read' | 'clock' | 'messages'>,
  { order }: Extract<Effect, { readonly kind: 'send-message' }>,
  context: Pick<EffectContext, 'correlationId' | 'causationId'>,
): Promise<readonly Reaction[]> => {
  const { noticeId, kind, borrowerId, about, channel, facts, attempt } = order;
  const gateway = messages.gatewayFor(channel);
  const address = await addressOf(read, order);
  if (gateway === undefined || address === undefined) return [];
  if (isDunning(kind)) {
    const now = instantAt(clock.now());
    const at = nextContactTime('CN', MEANS_OF[channel], now);
    if (at !== now) return [later(order, at)];
  }
  const { to, language } = address;
  const { template, version, subject, text } = renderNotice(kind, language, facts);
  const message = { noticeId, borrowerId, kind, about, channel, template, version, language, attempt };
  const key = `${noticeId}.${channel}.${attempt}`;
  const begun = await messages.begin(message, context);
  if (begun.kind === 'refused') {
    const before = (await read.load(aggregates.notice, noticeId)).state.get(channel);
    const isOurs = before?.status === 'begun' && before.attempt === attempt;
    return isOurs ? [recording(order, await gateway.find(key), gateway.name)] : [];
  }
  const outcome = await gateway.send({ key, to, language, subject, text });
  if (outcome.outcome !== 'failed' || outcome.final) return [recording(order, outcome, gateway.name)];
  const minutes = TRIED_AGAIN_AFTER_MINUTES[attempt - 1];
  if (minutes === undefined) return [recording(order, { ...outcome, final: true }, gateway.name)];
  const at = instantAt(clock.now() + minutes * 60_000);
  return [recording(order, outcome, gateway.name), later({ ...order, attempt: attempt + 1 }, at)];
};
