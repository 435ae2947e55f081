import { createHmac } from 'node:crypto';
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

export const createBlindIndexer = (master: MasterKey): BlindIndexer => {
  const keys = new Map<string, Buffer>();
  const keyOf = (purpose: string): Buffer => {
    const known = keys.get(purpose);
    if (known) return known;
    const key = master.derive(`blind index ${purpose}`);
    keys.set(purpose, key);
    return key;
  };
  return {
    index: (purpose, value) =>
      base32(createHmac('sha256', keyOf(purpose)).update(value, 'utf8').digest().subarray(0, INDEX_BYTES)),
  };
};
