import { hash } from 'node:crypto';
import { base32 } from '../runtime';
import type { MasterKey } from './master-key';

/** Finds equal values without holding them: the same purpose and value give the same index, and nothing leads back. */
export interface BlindIndexer {
  /**
   * 32 digits of [0-9a-z]: 160 bits of an HMAC-SHA-256 under the purpose's own key. Indexes of different purposes
   * (such as "id-number", "phone", "card") cannot be compared with each other. The caller brings the value into the
   * one form that counts as equal.
   */
  index(purpose: string, value: string): string;
}

const INDEX_BYTES = 20;

const BLOCK_BYTES = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/** Values are short: an ID number, a telephone number, an address. */
const SHORT = 256;

/**
 * HMAC-SHA-256 (RFC 2104) under one key of at most 64 bytes, as the two digests that it consists of. Node's own makes
 * objects that live until the garbage collector has dealt with each of them, at several times the price of the digests.
 */
const hmacUnder = (key: Uint8Array): ((value: string) => Buffer) => {
  const padded = (pad: number): Buffer => {
    const block = Buffer.alloc(BLOCK_BYTES, pad);
    for (const [at, byte] of key.entries()) block[at] = byte ^ pad;
    return block;
  };
  const inner = Buffer.concat([padded(INNER)], BLOCK_BYTES + SHORT * 3);
  const outer = Buffer.concat([padded(OUTER)], BLOCK_BYTES + 32);
  const ofValue = (value: string): Uint8Array => {
    if (value.length > SHORT) return Buffer.concat([inner.subarray(0, BLOCK_BYTES), Buffer.from(value, 'utf8')]);
    return inner.subarray(0, BLOCK_BYTES + inner.write(value, BLOCK_BYTES, 'utf8'));
  };
  return (value) => {
    outer.write(hash('sha256', ofValue(value), 'binary'), BLOCK_BYTES, 'binary');
    return hash('sha256', outer, 'buffer');
  };
};

export const createBlindIndexer = (master: MasterKey): BlindIndexer => {
  const purposes = new Map<string, (value: string) => Buffer>();
  const hmacOf = (purpose: string): ((value: string) => Buffer) => {
    const known = purposes.get(purpose);
    if (known) return known;
    const hmac = hmacUnder(master.derive(`blind index ${purpose}`));
    purposes.set(purpose, hmac);
    return hmac;
  };
  return { index: (purpose, value) => base32(hmacOf(purpose)(value).subarray(0, INDEX_BYTES)) };
};
