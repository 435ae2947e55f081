import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { base32 } from '../runtime';
import { openText, type SealingKey, sealingKeyOf, sealText } from './sealed-text';

/** The master secrets are missing, malformed, or not the ones that a key was wrapped under. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

/**
 * The one secret that opens everything else. It is a list of secrets, newest first: the newest wraps, the others still
 * unwrap until everything is re-wrapped, and the last, the root, stays for as long as the log does, because what
 * derives from it (the keys of blind indexes) is written into events and stream names.
 */
export interface MasterKey {
  /** Name of the root; it says nothing about the secret. */
  readonly rootId: string;
  /** Seals a data key; it opens only for the same `boundTo`. */
  wrap(secret: Uint8Array, boundTo: string): string;
  unwrap(wrapped: string, boundTo: string): Buffer;
  /** Whether a key is wrapped under the newest secret. */
  isCurrent(wrapped: string): boolean;
  /** 32 bytes of their own for a purpose, from the root. */
  derive(purpose: string): Buffer;
}

export const MASTER_SECRET_BYTES = 32;

const derived = (secret: Uint8Array, purpose: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `usance ${purpose} v1`, bytes));

const wrappingKey = (secret: Uint8Array): SealingKey => ({
  id: base32(derived(secret, 'master key id', 10)),
  secret: secretKey(derived(secret, 'key wrapping', 32)),
});

export const secretKey = (bytes: Buffer): KeyObject => createSecretKey(bytes);

/** Secrets of 32 bytes each, newest first, the root last. */
export const masterKey = (secrets: readonly Uint8Array[]): MasterKey => {
  const root = secrets.at(-1);
  const keys = secrets.map(wrappingKey);
  const newest = keys[0];
  if (!root || !newest) throw new MasterKeyError('there is no master secret');
  if (secrets.some(({ byteLength }) => byteLength !== MASTER_SECRET_BYTES)) {
    throw new MasterKeyError(`a master secret has ${MASTER_SECRET_BYTES} bytes`);
  }
  const byId = new Map(keys.map((key) => [key.id, key]));
  return {
    rootId: (keys.at(-1) ?? newest).id,
    wrap: (secret, boundTo) => sealText(newest, secret, boundTo),
    unwrap: (wrapped, boundTo) => {
      const id = sealingKeyOf(wrapped);
      const key = byId.get(id);
      if (!key) throw new MasterKeyError(`a key is wrapped under master key ${id}, which is not among those given`);
      return openText(key, wrapped, boundTo);
    },
    isCurrent: (wrapped) => sealingKeyOf(wrapped) === newest.id,
    derive: (purpose) => derived(root, purpose, 32),
  };
};

const masterSecretsOf = (text: string): readonly Buffer[] =>
  text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part, index) => {
      const secret = Buffer.from(part, 'base64');
      const canonical = secret.toString('base64').replace(/=+$/, '');
      if (secret.byteLength !== MASTER_SECRET_BYTES || canonical !== part.replace(/=+$/, '')) {
        throw new MasterKeyError(`master secret ${index + 1} is not base64 of ${MASTER_SECRET_BYTES} bytes`);
      }
      return secret;
    });

/**
 * Reads master secrets from text (an environment variable, a sealed file): base64 of 32 bytes each, newest first,
 * separated by commas or white space. The message of a failure never quotes the text.
 */
export const masterKeyFromText = (text: string): MasterKey => masterKey(masterSecretsOf(text));
