import type { KeyOfSubject, KeyStore, StoredKey } from '../key-store';

/** Keys that last as long as the process: tests and simulations. */
export class MemoryKeyStore implements KeyStore {
  readonly #bySubject = new Map<string, StoredKey | 'destroyed'>();
  readonly #byId = new Map<string, StoredKey>();
  readonly #pinned = new Map<string, string>();

  ofSubject(subject: string): Promise<KeyOfSubject> {
    return Promise.resolve(this.#bySubject.get(subject));
  }

  byId(id: string): Promise<StoredKey | undefined> {
    return Promise.resolve(this.#byId.get(id));
  }

  keep(candidate: StoredKey): Promise<StoredKey | 'destroyed'> {
    const known = this.#bySubject.get(candidate.subject);
    if (known) return Promise.resolve(known);
    this.#put(candidate);
    return Promise.resolve(candidate);
  }

  destroy(subject: string): Promise<void> {
    const known = this.#bySubject.get(subject);
    if (known && known !== 'destroyed') this.#byId.delete(known.id);
    this.#bySubject.set(subject, 'destroyed');
    return Promise.resolve();
  }

  async *all(): AsyncIterable<StoredKey> {
    yield* [...this.#byId.values()];
  }

  rewrap(key: StoredKey, wrapped: string): Promise<boolean> {
    const found = this.#byId.get(key.id);
    if (found?.wrapped !== key.wrapped) return Promise.resolve(false);
    this.#put({ ...found, wrapped });
    return Promise.resolve(true);
  }

  pin(name: string, value: string): Promise<string> {
    const pinned = this.#pinned.get(name) ?? value;
    this.#pinned.set(name, pinned);
    return Promise.resolve(pinned);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #put(key: StoredKey): void {
    this.#bySubject.set(key.subject, key);
    this.#byId.set(key.id, key);
  }
}
