import { hash, randomUUID } from 'node:crypto';
import { base32 } from './base32';

/** Where new ids come from. Tests and simulations bring their own. */
export interface Ids {
  /** A UUID that has not been before. */
  uuid(): string;
}

export const systemIds: Ids = { uuid: () => randomUUID() };

const VARIANTS = '89ab';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The 16 bytes of a UUID. Throws when the text is none. */
const bytesOf = (uuid: string): Buffer => {
  if (!UUID.test(uuid)) throw new TypeError(`not a UUID: "${uuid}"`);
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
};

/** Where namespace and name are put together; ids are made for every event, and names are short. */
const scratch = Buffer.alloc(16 + 512);
let namespaceInScratch = '';

const nameBased = (namespace: string, name: string): Uint8Array => {
  // A UTF-16 unit takes at most three bytes of UTF-8.
  if (name.length * 3 > scratch.length - 16) return Buffer.concat([bytesOf(namespace), Buffer.from(name, 'utf8')]);
  if (namespace !== namespaceInScratch) {
    bytesOf(namespace).copy(scratch);
    namespaceInScratch = namespace;
  }
  return scratch.subarray(0, 16 + scratch.write(name, 16, 'utf8'));
};

/**
 * UUID version 5 (RFC 9562, 5.5): the same namespace and name give the same id, always and everywhere. The namespace
 * is a UUID; it throws when it is not.
 */
export const uuidV5 = (namespace: string, name: string): string => {
  const digest = hash('sha1', nameBased(namespace, name), 'hex');
  // The variant takes the top two bits of the ninth byte: 10xx.
  const variant = VARIANTS.charAt(Number.parseInt(digest.charAt(16), 16) & 0b0011);
  return (
    `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}` +
    `-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`
  );
};

/** The 128 bits of a UUID in 26 digits of [0-9a-z]: the key of an aggregate whose id derives from it. */
export const idKey = (uuid: string): string => base32(bytesOf(uuid));
