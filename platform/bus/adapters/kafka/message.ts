import type { KafkaMessage, Message } from 'kafkajs';
import { z } from 'zod';
import type { BusMessage } from '../../bus';
import { cloudEventSchema } from '../../cloud-event';

/** CloudEvents' Kafka binding, structured mode: the whole envelope is the value. */
const CONTENT_TYPE = 'application/cloudevents+json; charset=UTF-8';

export const encode = ({ key, event }: BusMessage): Message & { value: string } => ({
  key,
  value: JSON.stringify(event),
  headers: { 'content-type': CONTENT_TYPE },
});

export type Decoded =
  | { readonly kind: 'message'; readonly message: BusMessage }
  | { readonly kind: 'unreadable'; readonly reason: string };

const unreadable = (reason: string): Decoded => ({ kind: 'unreadable', reason });

/** Reads what lies on a topic. The reason of what cannot be read names fields, never values. */
export const decode = (message: Pick<KafkaMessage, 'key' | 'value'>): Decoded => {
  if (message.key === null) return unreadable('it has no key');
  if (message.value === null) return unreadable('it has no value');
  let json: unknown;
  try {
    json = JSON.parse(message.value.toString('utf8'));
  } catch {
    return unreadable('it is not JSON');
  }
  const event = cloudEventSchema.safeParse(json);
  if (event.success) return { kind: 'message', message: { key: message.key.toString('utf8'), event: event.data } };
  const fields = z.flattenError(event.error).fieldErrors;
  return unreadable(`it is not a CloudEvent: ${Object.keys(fields).join(', ') || 'not an object'}`);
};
