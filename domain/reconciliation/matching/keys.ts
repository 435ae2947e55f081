import { unreachable } from '../../kernel';
import { type ItemTable, numberAt } from './item-table';
import type { Rule } from './rules';
import type { TextId, TextPool } from './text-pool';

/** By which text each item of a side is recognised, by index; 0 for those that cannot be. */
export type Keys = Uint32Array;

/** How a rule recognises items; rules that recognise alike share their keys. */
export type Recognition = Pick<Rule, 'reference' | 'cardinality'>;

/** The keys of both sides of one matching. Items that have found their place are given none where keys are dear. */
export class KeyRing {
  readonly #ours: ItemTable;
  readonly #theirs: ItemTable;
  readonly #pool: TextPool;
  readonly #normal: Normaliser;

  constructor(ours: ItemTable, theirs: ItemTable) {
    this.#ours = ours;
    this.#theirs = theirs;
    this.#pool = ours.pool;
    this.#normal = new Normaliser(ours.pool);
  }

  oursFor({ reference, cardinality }: Recognition, isFree: (own: number) => boolean): Keys {
    switch (reference.by) {
      case 'exact':
        return this.#ours.references;
      case 'group':
        return cardinality === 'n-1' ? this.#ours.groups : this.#ours.references;
      case 'normalised':
      case 'contained':
        return this.#normalised(this.#ours, isFree);
      default:
        return unreachable(reference);
    }
  }

  /** The keys of theirs, but for 'contained': there a line may name several (`namesIn`). */
  theirsFor({ reference, cardinality }: Recognition, isFree: (line: number) => boolean): Keys {
    switch (reference.by) {
      case 'exact':
      case 'contained':
        return this.#theirs.references;
      case 'group':
        return cardinality === 'n-1' ? this.#theirs.references : this.#theirs.groups;
      case 'normalised':
        return this.#normalised(this.#theirs, isFree);
      default:
        return unreachable(reference);
    }
  }

  /** Which of some keys of theirs any item of ours has, free or not. */
  knownOf(wanted: ReadonlySet<number>, { reference, cardinality }: Recognition): ReadonlySet<number> {
    const { length, references, groups } = this.#ours;
    const known = new Set<number>();
    if (wanted.size === 0) return known;
    const column = reference.by === 'group' && cardinality === 'n-1' ? groups : references;
    const asItIs = reference.by === 'exact' || reference.by === 'group';
    for (let own = 0; own < length; own += 1) {
      const text = numberAt(column, own);
      const key = asItIs ? text : this.#normal.findIdOf(text);
      if (wanted.has(key)) known.add(key);
    }
    return known;
  }

  /** Tells which of some keys the text of a line names, each once. `heads` says which keys are looked for. */
  namesIn(line: number, lengths: ReadonlySet<number>, heads: Int32Array): readonly TextId[] {
    const text = numberAt(this.#theirs.texts, line);
    return text === 0 ? [] : this.#normal.namesIn(this.#pool.bytesOf(text), lengths, heads);
  }

  /** How long the keys of some items are, without the short ones, which would be found everywhere. */
  lengthsOf(keys: Keys, heads: Int32Array, least: number): ReadonlySet<number> {
    const lengths = new Set<number>();
    for (const key of keys) {
      if (key === 0 || (heads[key] ?? -1) < 0) continue;
      const { length } = this.#pool.bytesOf(key);
      if (length >= least) lengths.add(length);
    }
    return lengths;
  }

  #normalised({ references, length }: ItemTable, isFree: (at: number) => boolean): Keys {
    const keys = new Uint32Array(length);
    for (let at = 0; at < length; at += 1) if (isFree(at)) keys[at] = this.#normal.idOf(numberAt(references, at));
    return keys;
  }
}

const DIGIT_0 = 48;
const DIGIT_9 = 57;
const UPPER_A = 65;
const UPPER_Z = 90;
const LOWER_A = 97;
const LOWER_Z = 122;

/** A letter in lower case, a digit, or any byte beyond ASCII as it is; 0 for punctuation and blanks. */
const plain = (byte: number): number => {
  if (byte >= UPPER_A && byte <= UPPER_Z) return byte + 32;
  if ((byte >= LOWER_A && byte <= LOWER_Z) || (byte >= DIGIT_0 && byte <= DIGIT_9) || byte > 127) return byte;
  return 0;
};

/** Texts with nothing but what distinguishes references: "EFF-0012/a" is "eff0012a". */
class Normaliser {
  readonly #pool: TextPool;
  #bytes = new Uint8Array(256);
  /** Per normalised byte: 1 where a word starts. One past the end counts as a start too. */
  #starts = new Uint8Array(257);

  constructor(pool: TextPool) {
    this.#pool = pool;
  }

  idOf(text: TextId): TextId {
    if (text === 0) return 0;
    const length = this.#normalise(this.#pool.bytesOf(text));
    return this.#pool.internBytes(this.#bytes, 0, length);
  }

  /** The same for a text whose plain form may be in the pool or not: 0 where it is not. */
  findIdOf(text: TextId): TextId {
    if (text === 0) return 0;
    const length = this.#normalise(this.#pool.bytesOf(text));
    return this.#pool.find(this.#bytes, 0, length);
  }

  namesIn(text: Uint8Array, lengths: ReadonlySet<number>, heads: Int32Array): readonly TextId[] {
    const end = this.#normalise(text);
    const longest = Math.max(...lengths);
    const found = new Set<TextId>();
    for (let from = 0; from < end; from += 1) {
      if (this.#starts[from] === 0) continue;
      const isName = (to: number): boolean => this.#starts[to] === 1 && lengths.has(to - from);
      for (const id of this.#pool.prefixes(this.#bytes, from, Math.min(end, from + longest), isName)) {
        if ((heads[id] ?? -1) >= 0) found.add(id);
      }
    }
    return [...found];
  }

  #normalise(text: Uint8Array): number {
    if (this.#bytes.length < text.length) {
      this.#bytes = new Uint8Array(text.length);
      this.#starts = new Uint8Array(text.length + 1);
    }
    let length = 0;
    let starts = 1;
    for (const byte of text) {
      const kept = plain(byte);
      if (kept === 0) {
        starts = 1;
        continue;
      }
      this.#bytes[length] = kept;
      this.#starts[length] = starts;
      starts = 0;
      length += 1;
    }
    this.#starts[length] = 1;
    return length;
  }
}
