import type { Language, MessageChannel, NoticeEvent, NoticeKind } from '../domain/notices';
import type { Fact, HouseProjection } from './house-projection';

type DataOf<Type extends NoticeEvent['type']> = Extract<NoticeEvent, { type: Type }>['data'];

export const MESSAGE_STATUSES = ['begun', 'sent', 'failed', 'unknown'] as const;

/** A message to a borrower. Its text follows from the template; its address stands nowhere. */
export interface MessageDoc {
  readonly id: string;
  readonly borrowerId: string;
  readonly kind: NoticeKind;
  readonly about: string;
  readonly channel: MessageChannel;
  readonly language: Language;
  /** With its version: "loan-paid-out@1". */
  readonly template: string;
  readonly status: (typeof MESSAGE_STATUSES)[number];
  readonly attempts: number;
  readonly at: string;
  readonly gateway?: string;
  readonly reason?: string;
}

const OUTCOMES = { MessageSent: 'sent', MessageFailed: 'failed', MessageUnknown: 'unknown' } as const;

const begun = (
  id: string,
  at: string,
  { template, version, attempt, ...message }: NonNullable<DataOf<'MessageSent'>['message']>,
): MessageDoc => ({ id, ...message, template: `${template}@${version}`, status: 'begun', attempts: attempt, at });

const foldMessage = (doc: MessageDoc | undefined, event: Fact, id: string): MessageDoc | undefined => {
  switch (event.type) {
    case 'MessageBegun': {
      const { at, ...message } = event.data;
      return begun(id, at, message);
    }
    case 'MessageSent':
    case 'MessageFailed':
    case 'MessageUnknown': {
      const { message, at } = event.data;
      const before = message === undefined ? doc : begun(id, at, message);
      const { type, data } = event;
      const told = type === 'MessageSent' ? { gateway: data.gateway } : { reason: data.reason };
      return before && { ...before, status: OUTCOMES[type], at, ...told };
    }
    default:
      return doc;
  }
};

/** What borrowers were told, by which ways. */
export const messages: HouseProjection<MessageDoc> = {
  name: 'messages',
  version: 1,
  categories: ['notice'],
  indexes: {
    byBorrower: ({ borrowerId, at, id }) => [borrowerId, at, id],
    /** What did not certainly arrive, for those who look after it. */
    troubled: ({ status, at, id }) => (status === 'sent' ? undefined : [at, id]),
  },
  keys: (event) => ('channel' in event.data ? [`${event.stream}.${event.data.channel}`] : []),
  fold: foldMessage,
};
