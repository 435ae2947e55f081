import { type Day, dayOf } from '../../../domain/calendar';
import { assert, businessDate, multiplyRate, type RateText } from '../../../domain/kernel';

/** "12.50" as 1250 of a minor unit with two decimals. Digits beyond the minor unit must be zeros. */
export const minorOf = (figure: string, decimals: number): bigint => {
  const [whole = '0', fraction = ''] = figure.replace(/^-/, '').split('.');
  assert(/^0*$/.test(fraction.slice(decimals)), `${figure} has more than ${decimals} decimals`);
  const magnitude = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return figure.startsWith('-') ? -magnitude : magnitude;
};

/** Minor units as case files write them: 1250n is "12.50". */
export const figureOf = (minor: bigint, decimals: number): string => {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  return `${minor < 0n ? '-' : ''}${digits.slice(0, cut)}${decimals === 0 ? '' : `.${digits.slice(cut)}`}`;
};

/** A figure with exactly so many decimals. */
export const withDecimals = (figure: string, decimals: number): string => figureOf(minorOf(figure, decimals), decimals);

/** "12.5" percent is the share "0.125". Exact. */
export const shareOf = (percent: string): RateText => {
  const [whole = '0', fraction = ''] = percent.split('.');
  const digits = whole.padStart(3, '0');
  const text = `${digits.slice(0, -2).replace(/^0+(?=\d)/, '')}.${digits.slice(-2)}${fraction}`;
  return text.replace(/\.?0+$/, '');
};

/** A yearly rate from a percentage per year or per month (a monthly rate x 12 is the annual one). */
export const yearlyRateOf = (percent: string, frequency: 'YEAR' | 'MONTH'): RateText =>
  frequency === 'MONTH' ? multiplyRate(shareOf(percent), 12n) : shareOf(percent);

export const day = (date: string): Day => dayOf(businessDate(date));
