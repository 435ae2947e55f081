import { contactRefusal } from '../collections';
import { type Instant, type Refusal, refuse } from '../kernel';
import type { NoticeCommand } from './commands';
import type { Message, NoticeEvent } from './events';
import { isDunning, type MessageChannel } from './kinds';
import type { NoticeState } from './state';

type Outcome = readonly NoticeEvent[] | Refusal;
type Given<Type extends NoticeCommand['type']> = Extract<NoticeCommand, { readonly type: Type }>;

/** What reaches a debtor by these means, as the contact rules see it. */
export const MEANS_OF: Readonly<Record<MessageChannel, 'sms' | 'email'>> = { sms: 'sms', push: 'sms', email: 'email' };

export const decide = (command: NoticeCommand, state: NoticeState): Outcome =>
  command.type === 'BeginMessage' ? begin(command, state) : record(command, state);

/** At most one message for each notice and channel: another attempt only after one that certainly did not go out. */
const begin = ({ data, at }: Given<'BeginMessage'>, state: NoticeState): Outcome => {
  const { noticeId: _, ...message } = data;
  const refusal = objection(message, at, state);
  return refusal ?? [{ type: 'MessageBegun', data: { ...message, at } }];
};

/** Why a message may not go out at an instant; undefined when it may. */
const objection = (message: Message, at: Instant, state: NoticeState): Refusal | undefined => {
  const before = state.get(message.channel);
  if (before !== undefined && before.status !== 'failed') {
    return refuse('MESSAGE_BEGUN', `attempt ${before.attempt} is ${before.status}`);
  }
  if (message.attempt !== (before?.attempt ?? 0) + 1) {
    return refuse('MESSAGE_BEGUN', `the next attempt is number ${(before?.attempt ?? 0) + 1}`);
  }
  if (!isDunning(message.kind)) return undefined;
  return contactRefusal('CN', { means: MEANS_OF[message.channel], party: 'debtor', at }, []);
};

/** What was unknown may be found out later; what was sent or has failed stays so. */
const record = ({ data, at: now }: Given<'RecordMessage'>, state: NoticeState): Outcome => {
  const { channel, attempt, result, handedOver } = data;
  const first = handedOver === undefined ? undefined : objection(handedOver.message, handedOver.at, state);
  const isFirst = handedOver !== undefined && first === undefined;
  const standing = isFirst ? ({ status: 'begun', attempt } as const) : state.get(channel);
  if (standing === undefined || standing.attempt !== attempt) {
    return refuse('EFFECT_MISMATCH', `attempt ${attempt} is not the one that was begun`);
  }
  if (standing.status !== 'begun' && standing.status !== 'unknown') return [];
  const about = isFirst ? { channel, attempt, ...handedOver } : { channel, attempt, at: now };
  switch (result.outcome) {
    case 'sent': {
      const { gateway, reference } = result;
      return [{ type: 'MessageSent', data: { ...about, gateway, reference } }];
    }
    case 'failed':
      return [{ type: 'MessageFailed', data: { ...about, reason: result.reason, final: result.final } }];
    case 'unknown':
      if (standing.status === 'unknown') return [];
      return [{ type: 'MessageUnknown', data: { ...about, reason: result.reason } }];
  }
};
