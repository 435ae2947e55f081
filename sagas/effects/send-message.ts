import { aggregates, type StateReader } from '../../commands';
import { noticePreferencesOf } from '../../domain/borrower';
import { nextContactTime } from '../../domain/collections';
import { type Instant, instantAt } from '../../domain/kernel';
import { isDunning, type Language, MEANS_OF, type NoticeCommand, renderNotice } from '../../domain/notices';
import type { MessageGateway, MessageOutcome, OutgoingMessage } from '../../gateways/message';
import type { EffectContext } from '../../platform/processing';
import type { Clock } from '../../platform/runtime';
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

type HandedOver = Extract<NoticeCommand, { readonly type: 'RecordMessage' }>['data']['handedOver'];

const recording = (
  { noticeId, channel, attempt }: MessageOrder,
  outcome: MessageOutcome,
  gateway: string,
  handedOver?: HandedOver,
): Reaction => {
  const result = outcome.outcome === 'sent' ? { ...outcome, gateway } : outcome;
  return command(
    'record',
    { type: 'RecordMessage', data: { noticeId, channel, attempt, ...(handedOver && { handedOver }), result } },
    nothing,
  );
};

/** A message as it is sent, and as it is put on record. */
interface Prepared {
  readonly order: MessageOrder;
  readonly gateway: MessageGateway;
  readonly content: Omit<OutgoingMessage, 'key'>;
  readonly message: NonNullable<HandedOver>['message'];
}
type World = Pick<OutsideWorld, 'read' | 'clock' | 'messages'>;

const standingOf = async ({ read }: World, { noticeId, channel }: MessageOrder) =>
  (await read.load(aggregates.notice, noticeId)).state.get(channel);

/** To a partner that takes one key once: under one key for all attempts, so that none goes out beside another. */
const handOver = async (world: World, { order, gateway, content, message }: Prepared): Promise<readonly Reaction[]> => {
  const { noticeId, channel, attempt } = order;
  const before = await standingOf(world, order);
  const isNext = before === undefined ? attempt === 1 : before.status === 'failed' && before.attempt + 1 === attempt;
  if (!isNext) return [];
  const at = instantAt(world.clock.now());
  const outcome = await gateway.send({ key: `${noticeId}.${channel}`, ...content });
  return recorded(order, outcome, gateway.name, world.clock, { message, at });
};

/** To any other: whoever finds that it had been begun before does not send it, but asks what became of it. */
const sendOnce = async (
  world: World,
  { order, gateway, content, message }: Prepared,
  context: Parameters<OutsideWorld['messages']['begin']>[1],
): Promise<readonly Reaction[]> => {
  const { noticeId, channel, attempt } = order;
  const key = `${noticeId}.${channel}.${attempt}`;
  const begun = await world.messages.begin({ noticeId, ...message }, context);
  if (begun.kind === 'accepted') {
    return recorded(order, await gateway.send({ key, ...content }), gateway.name, world.clock);
  }
  const before = await standingOf(world, order);
  const isOurs = before?.status === 'begun' && before.attempt === attempt;
  return isOurs ? [recording(order, await gateway.find(key), gateway.name)] : [];
};

/**
 * Sends a message, once, by whatever way the borrower has chosen. What asks somebody to pay waits for an hour in which
 * it may.
 */
export const sendMessage = async (
  world: World,
  { order }: Extract<Effect, { readonly kind: 'send-message' }>,
  context: Pick<EffectContext, 'correlationId' | 'causationId'>,
): Promise<readonly Reaction[]> => {
  const { noticeId: _, facts, ...about } = order;
  const { kind, channel } = order;
  const gateway = world.messages.gatewayFor(channel);
  const address = await addressOf(world.read, order);
  if (gateway === undefined || address === undefined) return [];
  if (isDunning(kind)) {
    const now = instantAt(world.clock.now());
    const at = nextContactTime('CN', MEANS_OF[channel], now);
    if (at !== now) return [later(order, at)];
  }
  const { to, language } = address;
  const { template, version, subject, text } = renderNotice(kind, language, facts);
  const prepared: Prepared = {
    order,
    gateway,
    content: { to, language, subject, text },
    message: { ...about, template, version, language },
  };
  return gateway.knowsKeys ? handOver(world, prepared) : sendOnce(world, prepared, context);
};

/** What became of an attempt goes on record; what certainly did not go out is tried again a few times. */
const recorded = (
  order: MessageOrder,
  outcome: MessageOutcome,
  gateway: string,
  clock: Clock,
  handedOver?: HandedOver,
): readonly Reaction[] => {
  if (outcome.outcome !== 'failed' || outcome.final) return [recording(order, outcome, gateway, handedOver)];
  const minutes = TRIED_AGAIN_AFTER_MINUTES[order.attempt - 1];
  if (minutes === undefined) return [recording(order, { ...outcome, final: true }, gateway, handedOver)];
  const at = instantAt(clock.now() + minutes * 60_000);
  return [recording(order, outcome, gateway, handedOver), later({ ...order, attempt: order.attempt + 1 }, at)];
};
