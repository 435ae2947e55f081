import { moneyTextSchema } from '../domain/kernel';

/** Digits before the point that an amount in a request may have: nobody asks for a million million. */
const DIGITS_MOST = 12;

const isBounded = (amount: string): boolean => (amount.split('.')[0] ?? '').length <= DIGITS_MOST;
const isNegative = (amount: string): boolean => amount.startsWith('-');
const isZero = (amount: string): boolean => !/[1-9]/.test(amount);

/** What somebody asks for or wants to pay. */
export const askedAmountSchema = moneyTextSchema
  .refine(({ amount }) => !isNegative(amount) && !isZero(amount) && isBounded(amount), {
    message: `an amount above zero, of at most ${DIGITS_MOST} digits`,
    path: ['amount'],
  })
  .meta({ id: 'AskedAmount', description: `An exact amount above zero, of at most ${DIGITS_MOST} digits.` });

/** What somebody has or earns: may be nothing. */
export const meansSchema = moneyTextSchema
  .refine(({ amount }) => !isNegative(amount) && isBounded(amount), {
    message: `an amount of zero or more, of at most ${DIGITS_MOST} digits`,
    path: ['amount'],
  })
  .meta({ id: 'Means', description: `An exact amount of zero or more, of at most ${DIGITS_MOST} digits.` });
