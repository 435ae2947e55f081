import { hash, randomUUID } from 'node:crypto';
import { base32 } from './base32';

/** Where new ids come from. Tests and simulations bring their own. */
export interface Ids {
  /** A UUID that has not been before. */
  uuid(): string;
}

export const systemIds: Ids = { uuid: () => randomUUID() };

const VARIANTS = '89ab';

/** What a UTF-16 unit is worth as a hexadecimal digit, and -1 where it is none. */
const DIGITS = Int8Array.from({ length: 128 }, (_, unit) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(unit).toLowerCase());
  return unit > 0x20 ? digit : -1;
});
const DASH = 0x2d;
const UUID_LENGTH = 36;

const digitAt = (text: string, at: number): number => DIGITS[text.charCodeAt(at)] ?? -1;
const isDash = (at: number): boolean => at === 8 || at === 13 || at === 18 || at === 23;

/**
 * Writes the 16 bytes of a UUID to the front of a buffer. Throws when the text is none. Done by hand, because ids are
 * made for every request and every event: a pattern and `Buffer.from` take ten times as long.
 */
const writeUuid = (uuid: string, to: Uint8Array): void => {
  let broken = uuid.length === UUID_LENGTH ? 0 : -1;
  for (let at = 0, byte = 0; at < UUID_LENGTH; ) {
    if (isDash(at)) {
      broken |= uuid.charCodeAt(at) === DASH ? 0 : -1;
      at += 1;
    } else {
      const [high, low] = [digitAt(uuid, at), digitAt(uuid, at + 1)];
      broken |= high | low;
      to[byte] = (high << 4) | low;
      byte += 1;
      at += 2;
    }
  }
  if (broken < 0) throw new TypeError(`not a UUID: "${uuid}"`);
};

const UUID_BYTES = 16;

/** Where namespace and name are put together; names are short. */
const scratch = Buffer.alloc(UUID_BYTES + 512);
const scratchUuid = scratch.subarray(0, UUID_BYTES);

const nameBased = (namespace: string, name: string): Uint8Array => {
  writeUuid(namespace, scratch);
  // A UTF-16 unit takes at most three bytes of UTF-8.
  return name.length * 3 > scratch.length - UUID_BYTES
    ? Buffer.concat([scratchUuid, Buffer.from(name, 'utf8')])
    : scratch.subarray(0, UUID_BYTES + scratch.write(name, UUID_BYTES, 'utf8'));
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
export const idKey = (uuid: string): string => {
  writeUuid(uuid, scratch);
  return base32(scratchUuid);
};
