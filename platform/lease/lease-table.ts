export type Asked =
  | { readonly kind: 'granted'; readonly token: bigint }
  /** Somebody else has it; unless that one renews it, it is free after so many milliseconds. */
  | { readonly kind: 'taken'; readonly forMs: number };

/**
 * Where leases with an end are kept, for all processes. Each call is atomic, and comes to an end in bounded time: with
 * the answer, or by throwing, which leaves open whether it had its effect.
 */
export interface LeaseTable {
  /** Grants a free name for so long. What the very same owner has already is granted again, under a new token. */
  acquire(name: string, owner: string, ttlMs: number): Promise<Asked>;
  /** Lets it last so long from now. False: the owner has it no longer, and this does not change that. */
  renew(name: string, owner: string, ttlMs: number): Promise<boolean>;
  /** Frees it if the owner has it. */
  release(name: string, owner: string): Promise<void>;
  close(): Promise<void>;
}
