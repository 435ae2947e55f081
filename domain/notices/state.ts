import { unreachable } from '../kernel';
import type { NoticeEvent } from './events';
import type { MessageChannel } from './kinds';

/** How far a message has come. */
export interface MessageStanding {
  readonly status: 'begun' | 'sent' | 'failed' | 'given-up' | 'unknown';
  readonly attempt: number;
}

/** One notice: a message on each channel, at most. */
export type NoticeState = ReadonlyMap<MessageChannel, MessageStanding>;

export const noNotice: NoticeState = new Map();

export const evolve = (state: NoticeState, event: NoticeEvent): NoticeState => {
  const { channel, attempt } = event.data;
  return new Map(state).set(channel, { status: statusAfter(event), attempt });
};

const statusAfter = (event: NoticeEvent): MessageStanding['status'] => {
  switch (event.type) {
    case 'MessageBegun':
      return 'begun';
    case 'MessageSent':
      return 'sent';
    case 'MessageFailed':
      return event.data.final ? 'given-up' : 'failed';
    case 'MessageUnknown':
      return 'unknown';
    default:
      return unreachable(event);
  }
};
