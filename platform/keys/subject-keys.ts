import { randomBytes } from 'node:crypto';
import type { Clock } from '../runtime';
import { BoundedCache, type CacheLimits } from './bounded-cache';
import type { KeyStore, StoredKey } from './key-store';
import { type MasterKey, MasterKeyError, secretKey } from './master-key';
import type { SealingKey } from './sealed-text';

/** The person is erased: nothing personal can be written about them any more. */
export class SubjectErasedError extends Error {
  override readonly name = 'SubjectErasedError';

  constructor(readonly subject: string) {
    super(`${subject} has been erased: its data key is destroyed`);
  }
}

/** One data key per data subject. Whoever loses it is forgotten, wherever their data has been copied to. */
export interface SubjectKeys {
  /**
   * The key to encrypt with; made on first use, and durable before it is given out. Throws
   * {@link SubjectErasedError} once it has been destroyed.
   */
  current(subject: string): Promise<SealingKey>;
  /** The key to decrypt with, or undefined when it is gone. */
  byId(id: string): Promise<SealingKey | undefined>;
  /**
   * Destroys every key of a subject, for good. Other processes forget it when their cache does, within
   * `KEY_CACHE.maxAgeMs`. Idempotent.
   */
  destroy(subject: string): Promise<void>;
  /** Wraps every key under the newest master secret; answers how many were not yet. Safe to repeat. */
  rewrap(): Promise<number>;
}

/** How long, and how many, keys stay open in memory. */
const KEY_CACHE: CacheLimits = { entries: 50_000, maxAgeMs: 60_000 };

const ROOT = 'master-key-root';
const KEY_ID_BYTES = 16;
const KEY_BYTES = 32;

/** A wrapped key opens only as the key that it is, of the subject that it belongs to. */
const boundTo = (id: string, subject: string): string => `data key ${id} of ${subject}`;

export interface SubjectKeysParts {
  readonly store: KeyStore;
  readonly master: MasterKey;
  readonly clock: Clock;
  readonly cache?: CacheLimits;
}

/**
 * Opens the data keys of a store. Throws {@link MasterKeyError} when the master key's root is not the one the store
 * was begun with: blind indexes would no longer match those that are written.
 */
export const openSubjectKeys = async (parts: SubjectKeysParts): Promise<SubjectKeys> => {
  const root = await parts.store.pin(ROOT, parts.master.rootId);
  if (root !== parts.master.rootId) {
    throw new MasterKeyError(`the keys were begun under master key ${root}, not ${parts.master.rootId}`);
  }
  return new CachedSubjectKeys(parts);
};

class CachedSubjectKeys implements SubjectKeys {
  readonly #store: KeyStore;
  readonly #master: MasterKey;
  readonly #bySubject: BoundedCache<SealingKey>;
  readonly #byId: BoundedCache<SealingKey>;
  /** Moves whenever a key is being destroyed: what was being read meanwhile is not cached, it may be gone. */
  #destructions = 0;

  constructor({ store, master, clock, cache = KEY_CACHE }: SubjectKeysParts) {
    this.#store = store;
    this.#master = master;
    this.#bySubject = new BoundedCache(cache, clock);
    this.#byId = new BoundedCache(cache, clock);
  }

  async current(subject: string): Promise<SealingKey> {
    const cached = this.#bySubject.get(subject);
    if (cached) return cached;
    const before = this.#destructions;
    const stored = (await this.#store.ofSubject(subject)) ?? (await this.#made(subject));
    if (stored === 'destroyed') throw new SubjectErasedError(subject);
    return this.#opened(stored, before);
  }

  async byId(id: string): Promise<SealingKey | undefined> {
    const cached = this.#byId.get(id);
    if (cached) return cached;
    const before = this.#destructions;
    const stored = await this.#store.byId(id);
    return stored && this.#opened(stored, before);
  }

  async destroy(subject: string): Promise<void> {
    this.#destructions += 1;
    await this.#store.destroy(subject);
    this.#destructions += 1;
    // All of them: erasing is rare, reading a key again is cheap, and no entry can be overlooked.
    this.#bySubject.clear();
    this.#byId.clear();
  }

  async rewrap(): Promise<number> {
    let count = 0;
    for await (const key of this.#store.all()) {
      if (this.#master.isCurrent(key.wrapped)) continue;
      const place = boundTo(key.id, key.subject);
      const wrapped = this.#master.wrap(this.#master.unwrap(key.wrapped, place), place);
      if (await this.#store.rewrap(key, wrapped)) count += 1;
    }
    return count;
  }

  #made(subject: string): Promise<StoredKey | 'destroyed'> {
    const id = randomBytes(KEY_ID_BYTES).toString('base64url');
    const wrapped = this.#master.wrap(randomBytes(KEY_BYTES), boundTo(id, subject));
    return this.#store.keep({ id, subject, wrapped });
  }

  #opened(stored: StoredKey, destructionsBefore: number): SealingKey {
    const secret = secretKey(this.#master.unwrap(stored.wrapped, boundTo(stored.id, stored.subject)));
    const key = { id: stored.id, secret };
    if (this.#destructions === destructionsBefore) {
      this.#bySubject.set(stored.subject, key);
      this.#byId.set(stored.id, key);
    }
    return key;
  }
}
