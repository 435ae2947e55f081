/** A subject's data key as it is kept: wrapped, so that whoever holds the store alone can read nothing. */
export interface StoredKey {
  readonly id: string;
  readonly subject: string;
  /** The 32 bytes, sealed with the master key. */
  readonly wrapped: string;
}

/** What a store knows of a subject: nothing yet, its key, or that it had one which is gone for good. */
export type KeyOfSubject = StoredKey | 'destroyed' | undefined;

/**
 * Where wrapped data keys are kept: the narrow port behind {@link SubjectKeys}. A subject has one key in its life. What
 * every adapter must do is in `subject-keys.contract.ts`.
 */
export interface KeyStore {
  ofSubject(subject: string): Promise<KeyOfSubject>;
  byId(id: string): Promise<StoredKey | undefined>;
  /**
   * Keeps the candidate unless its subject has a key or has lost it; of several writers one wins. Resolves to what is
   * in force, once that is durable: a key that could be lost must not encrypt anything.
   */
  keep(candidate: StoredKey): Promise<StoredKey | 'destroyed'>;
  /** Forgets the key of a subject, bytes and all, and that for good. Resolves once it is durable. Idempotent. */
  destroy(subject: string): Promise<void>;
  /** Every key that is kept, in any order. */
  all(): AsyncIterable<StoredKey>;
  /** Replaces the wrapping of a key, if it is still wrapped as `key` says; false when it is not. */
  rewrap(key: StoredKey, wrapped: string): Promise<boolean>;
  /** Writes a value under a name once and for ever; resolves to the value that is there. */
  pin(name: string, value: string): Promise<string>;
  close(): Promise<void>;
}

/** The store could not do its work: not reachable, disk full, file in use. */
export class KeyStoreError extends Error {
  override readonly name = 'KeyStoreError';
}
