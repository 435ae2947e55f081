import { hash, randomUUID } from 'node:crypto';
import { base32 } from './base32';

/** Where new ids come from. Tests and simulations bring their own. */
export interface Ids {
  /** A UUID that has not been before. */
  uuid(): string;
}

export const systemIds: Ids = { uuid: () => randomUUID() };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The 16 bytes of a UUID. Throws when the text is none. */
const bytesOf = (uuid: string): Buffer => {
  if (!UUID.test(uuid)) throw new TypeError(`not a UUID: "${uuid}"`);
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
};

/**
 * UUID version 5 (RFC 9562, 5.5): the same namespace and name give the same id, always and everywhere. The namespace
 * is a UUID; it throws when it is not.
 */
export const uuidV5 = (namespace: string, name: string): string => {
  const digest = hash('sha1', Buffer.concat([bytesOf(namespace), Buffer.from(name, 'utf8')]), 'hex');
  // The variant takes the top two bits of the ninth byte: 10xx.
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return (
    `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}` +
    `-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`
  );
};

/** The 128 bits of a UUID in 26 digits of [0-9a-z]: the key of an aggregate whose id derives from it. */
export const idKey = (uuid: string): string => base32(bytesOf(uuid));
