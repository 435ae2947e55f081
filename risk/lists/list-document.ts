import { z } from 'zod';
import { blindIndexSchema } from '../../domain/kernel';

const indexes = z.array(blindIndexSchema).max(1_000_000).default([]);
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/**
 * A list of the known: of networks by address or range (CIDR), of everything else by keyed hashes, so that nobody can
 * be read out of it. Its content hash is its version.
 */
export const listDocumentSchema = z.strictObject({
  name: z.string().regex(/^[a-z]+(-[a-z]+){0,5}$/),
  /** What being on it means: known to be bad, trusted, or hidden behind a proxy, a VPN or a hosting centre. */
  effect: z.enum(['deny', 'allow', 'anonymous']),
  networks: z.array(network).max(1_000_000).default([]),
  devices: indexes,
  phones: indexes,
  cards: indexes,
  /** By ID number. */
  persons: indexes,
});
export type ListDocument = Readonly<z.infer<typeof listDocumentSchema>>;
