const WORDS = 1 << 22;
const BITS = WORDS * 32;
const PROBES = 4;
const DIGITS_PER_PROBE = 7;

/**
 * Remembers which event ids have gone by, in 16 MiB whatever their number (a Bloom filter; the bits of an id, being a
 * digest, serve as its hashes). It never overlooks an id that was there, and rarely takes a new one for an old one: a
 * "maybe" is to be settled by looking.
 */
export class SeenIds {
  readonly #bits = new Uint32Array(WORDS);

  /** Whether the id may have been there before. Remembers it. */
  maybeSeen(id: string): boolean {
    const hex = id.replaceAll('-', '');
    let seen = true;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const at = probe * DIGITS_PER_PROBE;
      const bit = (Number.parseInt(hex.slice(at, at + DIGITS_PER_PROBE), 16) || 0) % BITS;
      const mask = 1 << (bit & 31);
      const word = this.#bits[bit >>> 5] ?? 0;
      if ((word & mask) === 0) {
        seen = false;
        this.#bits[bit >>> 5] = word | mask;
      }
    }
    return seen;
  }
}
