import type { Decider } from '../kernel';
import type { NoticeCommand } from './commands';
import { decide } from './decide';
import type { NoticeEvent } from './events';
import { evolve, type NoticeState, noNotice } from './state';

export { type NoticeCommand, noticeCommands } from './commands';
export { MEANS_OF } from './decide';
export { type NoticeEvent, noticeEvents } from './events';
export {
  isDunning,
  LANGUAGES,
  type Language,
  languageSchema,
  MESSAGE_CHANNELS,
  type MessageChannel,
  messageChannelSchema,
  NOTICE_KINDS,
  type NoticeKind,
  noticeKindSchema,
  OPTIONAL_KINDS,
  optionalKindSchema,
} from './kinds';
export { factsNeeded, type NoticeFacts, noticeFactsSchema, renderNotice } from './render';

export const noticeDecider: Decider<NoticeState, NoticeCommand, NoticeEvent> = { initial: noNotice, decide, evolve };
