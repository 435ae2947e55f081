import { formatMoney, type MoneyText, moneyTextSchema, parseMoney } from '../kernel';
import { type Invariant, nothingUnfinished } from './invariant';

const isAmount = (value: object): value is MoneyText => 'amount' in value && 'currency' in value;

/** The first amount that its own text does not say exactly, and where it stands. */
const inexact = (value: unknown, path: string): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isAmount(value) && typeof value.amount === 'string') {
    if (!moneyTextSchema.safeParse(value).success) return `${path} is no amount: ${value.amount} ${value.currency}`;
    const again = formatMoney(parseMoney(value)).amount;
    return again === value.amount ? undefined : `${path} is ${value.amount}, which is written ${again}`;
  }
  for (const [name, member] of Object.entries(value)) {
    const found = inexact(member, `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
};

export const amountsAreExact: Invariant = {
  id: 'I-03',
  statement: 'Every amount is a whole number of its currency’s minor units, and reads back as it was written',
  check: () => ({
    see: (fact) => inexact(fact.data, fact.type),
    unfinished: nothingUnfinished,
  }),
};
