import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** A partner's public keys as it publishes them: a JSON Web Key Set (RFC 7517) of Ed25519 keys (RFC 8037). */
export const keySetSchema = z.object({
  keys: z
    .array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        kid: z.string().min(1).max(64),
        /** The 32 bytes of the public key, base64url. */
        x: z.string().regex(/^[\w-]{43}$/),
      }),
    )
    .min(1),
});
export type KeySet = z.infer<typeof keySetSchema>;

/** A partner's public keys by key id, ready for verifying. Old and new stand side by side while a partner rotates. */
export type PartnerKeys = ReadonlyMap<string, KeyObject>;

/** Reads a key set from configuration; throws when it holds no usable key, before any message is judged by it. */
export const readKeySet = (set: unknown): PartnerKeys =>
  new Map(
    keySetSchema
      .parse(set)
      .keys.map(({ kid, kty, crv, x }) => [kid, createPublicKey({ key: { kty, crv, x }, format: 'jwk' })]),
  );
