import type { Currency, MoneyText } from '../domain/kernel';
import type { AccountCode, Posting } from '../domain/ledger';
import { type HouseProjection, nought, plus } from './house-projection';

/** What was posted to one account in one currency on one day of booking. */
export interface AccountDayDoc {
  readonly account: AccountCode;
  readonly currency: Currency;
  readonly bookedOn: string;
  readonly debits: MoneyText;
  readonly credits: MoneyText;
}

const keyOf = ({ account, amount }: Posting, bookedOn: string): string => `${bookedOn}.${account}.${amount.currency}`;

/** Turnover per account and day: summed up to a day it is that day's trial balance. */
export const accountDays: HouseProjection<AccountDayDoc> = {
  name: 'account-days',
  version: 1,
  categories: ['ledger'],
  indexes: { byDay: ({ bookedOn, account, currency }) => [bookedOn, account, currency] },
  keys: (event) =>
    event.type === 'EntryPosted'
      ? [...new Set(event.data.postings.map((posting) => keyOf(posting, event.data.bookedOn)))]
      : [],
  fold: (doc, event, key) => {
    if (event.type !== 'EntryPosted') return doc;
    const { postings, bookedOn } = event.data;
    return postings
      .filter((posting) => keyOf(posting, bookedOn) === key)
      .reduce<AccountDayDoc | undefined>((day, { account, side, amount }) => {
        const { currency } = amount;
        const none = nought(currency);
        const held = day ?? { account, currency, bookedOn, debits: none, credits: none };
        return side === 'debit'
          ? { ...held, debits: plus(held.debits, amount) }
          : { ...held, credits: plus(held.credits, amount) };
      }, doc);
  },
};
