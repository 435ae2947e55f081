export const smaller = (a: bigint, b: bigint): bigint => (a <= b ? a : b);

export const larger = (a: bigint, b: bigint): bigint => (a >= b ? a : b);

/** An amount, or nothing where it is below zero. */
export const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
