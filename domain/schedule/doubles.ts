/** The double nearest to an amount: the amount itself below 2^53. For what is checked against its error afterwards. */
// biome-ignore lint/plugin: the one place where amounts become doubles; whoever rounds them proves the error harmless
export const nearestDouble = (amount: bigint): number => Number(amount);

const eightBytes = new DataView(new ArrayBuffer(8));
const HIGH = 2 ** 32;

/** A whole number from 0 to 2^53 as a bigint: what `BigInt` says, in a third of the time. */
export const wholeAmount = (whole: number): bigint => {
  eightBytes.setUint32(0, whole, true);
  eightBytes.setUint32(4, whole / HIGH, true);
  return eightBytes.getBigUint64(0, true);
};

/** Room for so many doubles, made for them at once: whole numbers would be moved when the first fraction comes. */
export const doubles = (count: number): number[] => new Array<number>(count).fill(Number.NaN);
