import { type Currency, currencySchema, unreachable } from '../../domain/kernel';
import type { Item, ItemStatus } from '../../domain/reconciliation';
import { amountReader } from './amounts';
import { dateReader } from './dates';
import { BadRecord } from './faults';
import type { Fields } from './fields';
import type { StatementFormat } from './format';

const CURRENCIES: ReadonlyMap<string, Currency> = new Map(currencySchema.options.map((code) => [code, code]));

/** Makes lines of a statement from fields. @throws BadRecord for what cannot be understood; nothing is guessed. */
export const lineReader = (format: StatementFormat): ((fields: Fields, line: number) => Item) => {
  const { sign } = format.amounts;
  const read = amountReader(format.amounts);
  const dayOf = dateReader(format.dates);

  const currencyOf = (fields: Fields): Currency => {
    const said = fields('currency');
    if (said === '' && format.currency !== undefined) return format.currency;
    const currency = CURRENCIES.get(said);
    if (currency === undefined) throw new BadRecord('currency', 'currency', said);
    return currency;
  };

  const amountIn = (fields: Fields, field: 'amount' | 'in' | 'out', currency: Currency): bigint => {
    const said = fields(field);
    if (said === '' && field !== 'amount') return 0n;
    const amount = read(said, currency);
    if (amount === undefined) throw new BadRecord('amount', field, said);
    return amount;
  };

  const signedAmount = (fields: Fields, currency: Currency): bigint => {
    switch (sign.by) {
      case 'sign': {
        const amount = amountIn(fields, 'amount', currency);
        return sign.negativeIs === 'out' ? amount : -amount;
      }
      case 'direction': {
        const amount = amountIn(fields, 'amount', currency);
        const said = fields('direction');
        if (sign.in.includes(said)) return amount;
        if (sign.out.includes(said)) return -amount;
        throw new BadRecord('direction', 'direction', said);
      }
      case 'columns': {
        const [came, went] = [amountIn(fields, 'in', currency), amountIn(fields, 'out', currency)];
        if ((came === 0n) === (went === 0n)) throw new BadRecord('amount', 'in', fields('in'));
        return came - went;
      }
      default:
        return unreachable(sign);
    }
  };

  const statusOf = (fields: Fields): ItemStatus => {
    if (format.statuses === undefined) return 'settled';
    const said = fields('status');
    const status = Object.hasOwn(format.statuses, said) ? format.statuses[said] : undefined;
    if (status === undefined) throw new BadRecord('status', 'status', said);
    return status;
  };

  return (fields, line) => {
    const currency = currencyOf(fields);
    const amount = signedAmount(fields, currency);
    const day = dayOf(fields('bookedOn'));
    if (day === undefined) throw new BadRecord('date', 'bookedOn', fields('bookedOn'));
    const [id, text, group, corrects] = [fields('lineId'), fields('text'), fields('group'), fields('corrects')];
    return {
      id: id === '' ? `line-${line}` : id,
      reference: fields('reference'),
      amount,
      currency,
      day,
      status: statusOf(fields),
      ...(text !== '' && { text }),
      ...(group !== '' && { group }),
      ...(corrects !== '' && { corrects }),
    };
  };
};
