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
  #starts = new Uint32Array(FIRST_SLOTS);
  #lengths = new Uint16Array(FIRST_SLOTS);
  #hashes = new Uint32Array(FIRST_SLOTS);
  /** Open addressing; at most half full. */
  #slots = new Uint32Array(FIRST_SLOTS * 2);
  #size = 1;
  #scratch = new Uint8Array(256);
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();

  /** Ids are 0 … size − 1. */
  get size(): number {
    return this.#size;
  }

  /** The id of a text, old or new. @throws InvariantError for a text above 65,535 bytes. */
  intern(text: string): TextId {
    if (text === '') return 0;
    const length = this.#encode(text);
    return this.internBytes(this.#scratch, 0, length);
  }

  /** The id of the text that some UTF-8 bytes are. */
  internBytes(bytes: Uint8Array, from: number, to: number): TextId {
    if (from === to) return 0;
    assert(to - from <= MOST_BYTES, `a text of ${to - from} bytes`);
    const hash = hashOf(bytes, from, to);
    const slot = this.#slotOf(bytes, from, to, hash);
    const known = this.#slots[slot] ?? 0;
    return known === 0 ? this.#add(bytes, from, to, hash, slot) : known;
  }

  /** The id of a text that is there already, or 0. */
  find(bytes: Uint8Array, from: number, to: number): TextId {
    return from === to ? 0 : (this.#slots[this.#slotOf(bytes, from, to, hashOf(bytes, from, to))] ?? 0);
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

  #page(start: number): Uint8Array {
    const page = this.#pages[(start / PAGE_BYTES) | 0];
    assert(page !== undefined, 'a text outside the pool');
    return page;
  }

  /** Writes a text into the scratch bytes; plain ASCII, the usual case, without a detour. */
  #encode(text: string): number {
    if (this.#scratch.length < text.length * 3) this.#scratch = new Uint8Array(text.length * 3);
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) return this.#encoder.encodeInto(text, this.#scratch).written;
      this.#scratch[at] = code;
    }
    return text.length;
  }

  /** Where a text is in the table, or the free slot where it belongs. */
  #slotOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let id = this.#slots[slot] ?? 0; id !== 0; id = this.#slots[slot] ?? 0) {
      if (this.#hashes[id] === hash && this.#isText(id, bytes, from, to)) return slot;
      slot = (slot + 1) & mask;
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
    this.#hashes[id] = hash;
    this.#slots[slot] = id;
    this.#used += length;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #grow(): void {
    const capacity = this.#starts.length * 2;
    const [starts, lengths, hashes] = [this.#starts, this.#lengths, this.#hashes];
    this.#starts = new Uint32Array(capacity);
    this.#starts.set(starts);
    this.#lengths = new Uint16Array(capacity);
    this.#lengths.set(lengths);
    this.#hashes = new Uint32Array(capacity);
    this.#hashes.set(hashes);
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 1; id < this.#size; id += 1) {
      let slot = (this.#hashes[id] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

/** FNV-1a, stirred at the end: references differ in their last characters, and the table looks at the low bits. */
const hashOf = (bytes: Uint8Array, from: number, to: number): number => {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
};
