import { createHash } from 'node:crypto';

/** SHA-256 of what comes in pieces, hex. */
export const sha256Of = (pieces: Iterable<Uint8Array>): string => {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
};
