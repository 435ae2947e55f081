import { createHash } from 'node:crypto';

/** Digest of a set of texts, in whatever order they come. */
export const digestOf = (texts: Iterable<string>): string => {
  const hash = createHash('sha256');
  for (const text of [...texts].toSorted()) hash.update(text).update('\n');
  return hash.digest('hex').slice(0, 16);
};

/** A name that looks random and is the same in every run: 26 letters and digits. */
export const nameOf = (seed: string): string =>
  BigInt(`0x${createHash('sha256').update(seed).digest('hex')}`)
    .toString(36)
    .slice(0, 26);

/** A UUID that looks random and is the same in every run. */
export const uuidOf = (seed: string): string => {
  const hex = createHash('sha256').update(seed).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};
