import { z } from 'zod';
import { type BusinessDate, businessDateSchema } from '../kernel';

/**
 * Identifying numbers of the People's Republic of China, as they are checked at the border. What is checked is that a
 * number can exist; whether it belongs to the person is for the identity provider to say.
 */

/** First two digits of the area code (GB/T 2260), 81–83 for residents from Hong Kong, Macao and Taiwan. The full six
 * digits are never judged: abolished areas live on in issued numbers. */
const PROVINCES: ReadonlySet<string> = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(
    ' ',
  ),
);

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const ID_CHECK_CHARACTERS = '10X98765432';

/** What a resident ID number says of its holder. The digit that tells the sex is not read: nothing may depend on it. */
export interface ResidentId {
  /** The number as it is kept: with a capital X. */
  readonly number: string;
  readonly birthDate: BusinessDate;
  /** Province, the first two digits. */
  readonly region: string;
}

/**
 * Reads an 18-character resident ID number: province, birth date and check character (GB 11643-1999, ISO 7064
 * MOD 11-2). Undefined when it cannot be one; the 15-digit first generation is not accepted (void since 2013).
 */
export const readResidentId = (text: string): ResidentId | undefined => {
  const number = text.toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) return undefined;
  const region = number.slice(0, 2);
  const birthDate = businessDateSchema.safeParse(
    `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
  );
  const valid = PROVINCES.has(region) && birthDate.success && residentIdCheckHolds(number);
  return valid ? { number, birthDate: birthDate.data, region } : undefined;
};

/** True when the last of 18 characters is the check character of the 17 digits before it (ISO 7064 MOD 11-2). */
export const residentIdCheckHolds = (text: string): boolean => {
  const sum = ID_WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  return text.length === 18 && ID_CHECK_CHARACTERS[sum % 11] === text[17]?.toUpperCase();
};

/** A mainland mobile number: eleven digits, 13 to 19 first. Kept wide, because the ranges in use keep growing. */
export const isMobileNumber = (text: string): boolean => /^1[3-9]\d{9}$/.test(text);

/** The eleven digits of a mobile number that may be written with the country code (0086, +86) before it. */
export const readMobileNumber = (text: string): string | undefined => {
  const number = text.replace(/^(?:00|\+)86/, '');
  return isMobileNumber(number) ? number : undefined;
};

/** A bank card number: 13 to 19 digits whose last is the Luhn check digit (ISO/IEC 7812-1 annex B). */
export const isBankCardNumber = (text: string): boolean => /^\d{13,19}$/.test(text) && passesLuhn(text);

/** True when the last of any number of digits is the Luhn check digit of those before it. */
export const passesLuhn = (text: string): boolean => /^\d+$/.test(text) && luhnSum(text) % 10 === 0;

const luhnSum = (digits: string): number => {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = Number(digits[digits.length - 1 - fromRight]);
    const doubled = fromRight % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
};

/** Digits and capital letters without I, O, S, V and Z, by their value in a unified social credit code. */
const USCC_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * A unified social credit code of an organisation: 17 characters and a check character (GB 32100-2015: weights 3^i
 * modulo 31).
 */
export const isUnifiedSocialCreditCode = (text: string): boolean => {
  const values = [...text].map((character) => USCC_CHARACTERS.indexOf(character));
  if (values.length !== 18 || values.includes(-1)) return false;
  let [sum, weight] = [0, 1];
  for (const value of values.slice(0, 17)) {
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return (31 - (sum % 31)) % 31 === values[17];
};

/** At the border: a resident ID number that can exist. The message never repeats the value. */
export const residentIdNumberSchema = z
  .string()
  .regex(/^\d{17}[\dXx]$/, 'an 18-character resident ID number')
  .refine((text) => readResidentId(text) !== undefined, 'a resident ID number whose date and check character hold')
  .meta({ description: 'Resident ID number, 18 characters (GB 11643-1999).' });

export const mobileNumberSchema = z
  .string()
  .regex(/^1[3-9]\d{9}$/, 'an 11-digit mobile number')
  .meta({ description: 'Mainland mobile number, 11 digits.' });

export const bankCardNumberSchema = z
  .string()
  .regex(/^\d{13,19}$/, 'a card number of 13 to 19 digits')
  .refine(isBankCardNumber, 'a card number whose check digit holds')
  .meta({ description: 'Bank card number, 13 to 19 digits with a Luhn check digit.' });

const masked = (text: string, head: number, tail: number): string =>
  text.length <= head + tail
    ? '*'.repeat(text.length)
    : `${text.slice(0, head)}${'*'.repeat(text.length - head - tail)}${text.slice(-tail)}`;

/**
 * For people who must recognise a number without reading it: "110***********002X", "138****8000", "************1111".
 */
export const maskIdNumber = (text: string): string => masked(text, 3, 4);
export const maskMobileNumber = (text: string): string => masked(text, 3, 4);
export const maskBankCardNumber = (text: string): string => masked(text, 0, 4);
