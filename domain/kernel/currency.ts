import { z } from 'zod';

/** Decimal places of each currency's minor unit (ISO 4217). A currency that is not listed cannot be lent in. */
const MINOR_DIGITS = {
  CNY: 2,
  EUR: 2,
  USD: 2,
  GBP: 2,
  HKD: 2,
  JPY: 0,
  KRW: 0,
  VND: 0,
  BHD: 3,
  KWD: 3,
  TND: 3,
} as const;

export type Currency = keyof typeof MINOR_DIGITS;

export const currencySchema = z.enum(Object.keys(MINOR_DIGITS) as [Currency, ...Currency[]]);

/** How many decimals an amount of this currency has: 2 for CNY, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: Currency): number => MINOR_DIGITS[currency];
