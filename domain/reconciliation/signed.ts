import { parseMoney } from '../kernel';
import type { Movement, StatementLine } from './events';

/** What an item does to the balance: minor units, money out counted negative. */
export const signedMinor = ({ direction, amount }: StatementLine | Movement): bigint => {
  const { minor } = parseMoney(amount);
  return direction === 'in' ? minor : -minor;
};
