import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';

/** A secret with a name. The name travels in every text sealed with it, the secret never leaves the process. */
export interface SealingKey {
  /** [0-9A-Za-z_-]+ */
  readonly id: string;
  /** 32 bytes. A KeyObject prints nothing of itself in logs and debuggers. */
  readonly secret: KeyObject;
}

/** A sealed text was changed, moved to another place, or opened with another key. */
export class BrokenSealError extends Error {
  override readonly name = 'BrokenSealError';
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /^v1\.([0-9A-Za-z_-]+)\.([0-9A-Za-z_-]{16})\.([0-9A-Za-z_-]{22,})$/;

/** Random bytes are drawn for many nonces at once; each is given out once. */
const nonces = Buffer.alloc(NONCE_BYTES * 256);
let nextNonce = nonces.length;

const freshNonce = (): Buffer => {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces);
    nextNonce = 0;
  }
  nextNonce += NONCE_BYTES;
  return nonces.subarray(nextNonce - NONCE_BYTES, nextNonce);
};

/**
 * AES-256-GCM under a fresh 96-bit nonce, as the text `v1.<key id>.<nonce>.<ciphertext and tag>` (base64url). `boundTo`
 * says where the text belongs: it opens nowhere else.
 */
export const sealText = (key: SealingKey, clear: string | Uint8Array, boundTo: string): string => {
  const nonce = freshNonce();
  const cipher = createCipheriv(CIPHER, key.secret, nonce).setAAD(Buffer.from(boundTo, 'utf8'));
  const head = typeof clear === 'string' ? cipher.update(clear, 'utf8') : cipher.update(clear);
  const sealed = Buffer.concat([head, cipher.final(), cipher.getAuthTag()]);
  return `v1.${key.id}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`;
};

/** Name of the key that a text is sealed with. Throws {@link BrokenSealError} when it is no sealed text. */
export const sealingKeyOf = (sealed: string): string => {
  const id = SEALED.exec(sealed)?.[1];
  if (id === undefined) throw new BrokenSealError('not a sealed text');
  return id;
};

/** The clear bytes. Throws {@link BrokenSealError} when anything differs from when it was sealed. */
export const openText = (key: SealingKey, sealed: string, boundTo: string): Buffer => {
  const [, id, nonce, body] = SEALED.exec(sealed) ?? [];
  if (id !== key.id || nonce === undefined || body === undefined) {
    throw new BrokenSealError(`not a text sealed with key ${key.id}`);
  }
  const bytes = Buffer.from(body, 'base64url');
  // Two spellings of the same bytes (unused bits of the last digit) are two texts: only the one written is accepted.
  if (bytes.toString('base64url') !== body) throw new BrokenSealError(`the text sealed with key ${id} was changed`);
  const decipher = createDecipheriv(CIPHER, key.secret, Buffer.from(nonce, 'base64url'), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(boundTo, 'utf8'))
    .setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()]);
  } catch {
    throw new BrokenSealError(`the text sealed with key ${id} was changed or belongs elsewhere`);
  }
};
