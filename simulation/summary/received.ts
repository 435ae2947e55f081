import { type Currency, formatMoney, type MoneyText, parseMoney, subtract, sumMoney } from '../../domain/kernel';
import type { Figures } from './figures';

/** What came in by itself, and where it has gone: assigned + paid back + in suspense is what it brought. */
export interface ReceivedSummary {
  readonly receipts: number;
  readonly brought: MoneyText;
  readonly assigned: MoneyText;
  readonly refunded: MoneyText;
  /** Whose loan it is for nobody has found out, and in how many payments it came. */
  readonly suspense: MoneyText;
  readonly unidentified: number;
}

export const received = ({ receipts }: Pick<Figures, 'receipts'>, currency: Currency): ReceivedSummary => {
  const own = receipts.filter(({ amount }) => amount.currency === currency);
  const sum = (amounts: readonly MoneyText[]) => sumMoney(amounts.map(parseMoney), currency);
  const brought = sum(own.map(({ amount }) => amount));
  const suspense = sum(own.map((each) => each.suspense));
  const refunded = sum(own.map((each) => each.refunded));
  return {
    receipts: own.length,
    brought: formatMoney(brought),
    assigned: formatMoney(subtract(subtract(brought, suspense), refunded)),
    refunded: formatMoney(refunded),
    suspense: formatMoney(suspense),
    unidentified: own.filter((each) => parseMoney(each.suspense).minor > 0n).length,
  };
};
