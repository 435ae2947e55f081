import { createHash } from 'node:crypto';
import { type KeySet, publicKeySetOf, type SigningKey, signingKeyFrom } from '../http';

/** The payment channels that the sandbox plays: the house's own first. */
export const SANDBOX_CHANNELS = ['channel', 'quickpay', 'saverpay', 'bankwire'] as const;
export type SandboxChannel = (typeof SANDBOX_CHANNELS)[number];

/** The sources that it plays besides the bureau. */
export const SANDBOX_SOURCES = ['antifraud', 'telecom', 'device', 'courts'] as const;
export type SandboxSource = (typeof SANDBOX_SOURCES)[number];

/** The partners that the sandbox plays, each on a server of its own. */
export const PARTNERS = ['bureau', 'custody', 'esign', ...SANDBOX_CHANNELS, ...SANDBOX_SOURCES] as const;
export type SandboxPartner = (typeof PARTNERS)[number];

/** A partner's signing key, made from the seed: the same in every process that knows the seed. For play only. */
export const signingKeyOf = (seed: string, partner: SandboxPartner): SigningKey =>
  signingKeyFrom(`sandbox-${partner}-1`, createHash('sha256').update(`usance-sandbox ${seed} ${partner}`).digest());

/** A partner's public keys, for the configuration of whoever talks to it. */
export const sandboxKeySet = (seed: string, partner: SandboxPartner): KeySet =>
  publicKeySetOf(signingKeyOf(seed, partner));
