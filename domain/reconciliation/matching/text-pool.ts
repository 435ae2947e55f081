import { assert } from '../../kernel';

/** The name of a text in its pool; 0 is the empty text, "nothing there". */
export type TextId = number;

const PAGE_BYTES = 1 << 16;
const MOST_BYTES = 0xffff;
const FIRST_SLOTS = 1 << 8;

/**
 * Texts, each held once as UTF-8 bytes outside the heap of objects and named by a number: a million references beside
 * a million references are compared, joined and counted as whole numbers, and the garbage collector never walks them.
 */
export class TextPool {
  readonly #pages: Uint8Array[] = [new Uint8Array(PAGE_BYTES)];
  #used = 0;
  #starts: Uint32Array;
  #lengths: Uint16Array;
  /** Open addressing, at most half full: a text's id and, beside it, its hash. */
  #slots: Uint32Array;
  #size = 1;
  #scratch = new Uint8Array(256);
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();

  /** @param expected about how many texts will come; more are welcome. */
  constructor(expected = FIRST_SLOTS) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(FIRST_SLOTS, expected)));
    this.#starts = new Uint32Array(capacity);
    this.#lengths = new Uint16Array(capacity);
    this.#slots = new Uint32Array(capacity * 4);
  }

  /** Ids are 0 … size − 1. */
  get size(): number {
    return this.#size;
  }

  /** The id of a text, old or new. @throws InvariantError for a text above 65,535 bytes. */
  intern(text: string): TextId {
    if (text === '') return 0;
    const length = text.length;
    if (this.#scratch.length < length * 3) this.#scratch = new Uint8Array(length * 3);
    const scratch = this.#scratch;
    let hash = HASH_START;
    // Plain ASCII, the usual case, is written and hashed in one go.
    for (let at = 0; at < length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) return this.internBytes(scratch, 0, this.#encoder.encodeInto(text, scratch).written);
      scratch[at] = code;
      hash = Math.imul(hash ^ code, HASH_FACTOR);
    }
    return this.#internHashed(scratch, 0, length, stirred(hash));
  }

  /** The id of the text that some UTF-8 bytes are. */
  internBytes(bytes: Uint8Array, from: number, to: number): TextId {
    return from === to ? 0 : this.#internHashed(bytes, from, to, hashOf(bytes, from, to));
  }

  /** The id of a text that is there already, or 0. */
  find(bytes: Uint8Array, from: number, to: number): TextId {
    return from === to ? 0 : (this.#slots[this.#slotOf(bytes, from, to, hashOf(bytes, from, to))] ?? 0);
  }

  /**
   * The texts in the pool that some bytes begin with, of the lengths for which `wanted` says so: every length is looked
   * at on one walk over the bytes.
   */
  prefixes(bytes: Uint8Array, from: number, end: number, wanted: (to: number) => boolean): readonly TextId[] {
    const found: TextId[] = [];
    let hash = HASH_START;
    for (let to = from + 1; to <= end; to += 1) {
      hash = Math.imul(hash ^ (bytes[to - 1] ?? 0), HASH_FACTOR);
      if (!wanted(to)) continue;
      const id = this.#slots[this.#slotOf(bytes, from, to, stirred(hash))] ?? 0;
      if (id !== 0) found.push(id);
    }
    return found;
  }

  textOf(id: TextId): string {
    return id === 0 ? '' : this.#decoder.decode(this.bytesOf(id));
  }

  /** The bytes of a text; a view that is good until the next text comes in. */
  bytesOf(id: TextId): Uint8Array {
    const start = this.#starts[id] ?? 0;
    const at = start % PAGE_BYTES;
    return this.#page(start).subarray(at, at + (this.#lengths[id] ?? 0));
  }

  lengthOf(id: TextId): number {
    return this.#lengths[id] ?? 0;
  }

  /** Copies the bytes of a text to a place in other bytes; answers with where it ends. For short texts, and many. */
  copy(id: TextId, target: Uint8Array, at: number): number {
    if (id === 0) return at;
    const start = this.#starts[id] ?? 0;
    const page = this.#page(start);
    const from = start % PAGE_BYTES;
    const length = this.#lengths[id] ?? 0;
    for (let index = 0; index < length; index += 1) target[at + index] = page[from + index] ?? 0;
    return at + length;
  }

  #page(start: number): Uint8Array {
    const page = this.#pages[(start / PAGE_BYTES) | 0];
    assert(page !== undefined, 'a text outside the pool');
    return page;
  }

  #internHashed(bytes: Uint8Array, from: number, to: number, hash: number): TextId {
    assert(to - from <= MOST_BYTES, `a text of ${to - from} bytes`);
    const slot = this.#slotOf(bytes, from, to, hash);
    const known = this.#slots[slot] ?? 0;
    return known === 0 ? this.#add(bytes, from, to, hash, slot) : known;
  }

  /** Where a text is in the table, or the free slot where it belongs. */
  #slotOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash << 1) & mask;
    for (let id = slots[slot] ?? 0; id !== 0; id = slots[slot] ?? 0) {
      if (slots[slot + 1] === hash && this.#isText(id, bytes, from, to)) return slot;
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  #isText(id: TextId, bytes: Uint8Array, from: number, to: number): boolean {
    if (this.#lengths[id] !== to - from) return false;
    const start = this.#starts[id] ?? 0;
    const page = this.#page(start);
    const shift = (start % PAGE_BYTES) - from;
    for (let at = from; at < to; at += 1) if (page[at + shift] !== bytes[at]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number): TextId {
    const length = to - from;
    if ((this.#used % PAGE_BYTES) + length > PAGE_BYTES || this.#used === this.#pages.length * PAGE_BYTES) {
      this.#used = this.#pages.length * PAGE_BYTES;
      this.#pages.push(new Uint8Array(PAGE_BYTES));
    }
    const id = this.#size;
    if (id === this.#starts.length) this.#grow();
    this.#page(this.#used).set(bytes.subarray(from, to), this.#used % PAGE_BYTES);
    this.#starts[id] = this.#used;
    this.#lengths[id] = length;
    this.#slots[slot] = id;
    this.#slots[slot + 1] = hash;
    this.#used += length;
    this.#size += 1;
    if (this.#size * 4 > this.#slots.length) this.#rehash();
    return id;
  }

  #grow(): void {
    const capacity = this.#starts.length * 2;
    const [starts, lengths] = [this.#starts, this.#lengths];
    this.#starts = new Uint32Array(capacity);
    this.#starts.set(starts);
    this.#lengths = new Uint16Array(capacity);
    this.#lengths.set(lengths);
  }

  #rehash(): void {
    const old = this.#slots;
    const slots = new Uint32Array(old.length * 2);
    const mask = slots.length - 1;
    for (let from = 0; from < old.length; from += 2) {
      const id = old[from] ?? 0;
      if (id === 0) continue;
      const hash = old[from + 1] ?? 0;
      let slot = (hash << 1) & mask;
      while (slots[slot] !== 0) slot = (slot + 2) & mask;
      slots[slot] = id;
      slots[slot + 1] = hash;
    }
    this.#slots = slots;
  }
}

/** FNV-1a, stirred at the end: references differ in their last characters, and the table looks at the low bits. */
const HASH_START = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;

const hashOf = (bytes: Uint8Array, from: number, to: number): number => {
  let hash = HASH_START;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), HASH_FACTOR);
  return stirred(hash);
};

const stirred = (hash: number): number => {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (once ^ (once >>> 13)) >>> 0;
};
