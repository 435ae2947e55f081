import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
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

/** A private key and the name under which its public half is known. */
export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** DER of a PKCS #8 Ed25519 private key up to its 32 bytes (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 key from its 32 secret bytes: the same in every process that knows them. */
export const signingKeyFrom = (keyId: string, secret: Uint8Array): SigningKey => ({
  keyId,
  privateKey: createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, secret]), format: 'der', type: 'pkcs8' }),
});

/** The public half of a key, for the configuration of whoever is told something signed with it. */
export const publicKeySetOf = ({ keyId, privateKey }: SigningKey): KeySet =>
  keySetSchema.parse({ keys: [{ ...createPublicKey(privateKey).export({ format: 'jwk' }), kid: keyId }] });
