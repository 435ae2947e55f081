import { z } from 'zod';
import {
  addDays,
  type BusinessDate,
  businessDateSchema,
  type Currency,
  currencySchema,
  formatMoney,
  moneyOf,
} from '../../domain/kernel';
import type { Clock } from '../../platform/runtime';
import type { CustodyBalance, CustodyStatement } from '../custody';
import type { MovementBook } from './movement-book';
import { PartnerServer } from './partner-server';
import { custodyLines } from './statements';

const accountDay = z.object({ currency: currencySchema, date: businessDateSchema });

/** The custody bank: one account per currency, opened empty, moved by what all payment channels do. */
export const custodyServer = (options: {
  readonly seed: string;
  readonly clock: Clock;
  readonly books: readonly MovementBook[];
}): PartnerServer => {
  const { books, clock } = options;
  const server = new PartnerServer('custody', options);

  const balance = (until: BusinessDate, currency: Currency, now: number) =>
    formatMoney(
      moneyOf(
        books.reduce((sum, book) => sum + book.net(until, currency, now), 0n),
        currency,
      ),
    );

  const statement = (date: BusinessDate, currency: Currency): CustodyStatement => {
    const now = clock.now();
    const booked = books
      .flatMap((book) => book.bookedOn(date, now))
      .filter(({ amount }) => amount.currency === currency);
    return {
      businessDate: date,
      opening: balance(addDays(date, -1), currency, now),
      closing: balance(date, currency, now),
      lines: [...custodyLines(booked)],
    };
  };

  server.add({
    name: 'balance',
    kind: 'read',
    method: 'GET',
    url: '/accounts/:currency/balances/:date',
    read: (request) => accountDay.parse(request.params),
    key: ({ date, currency }) => `${date} ${currency}`,
    act: ({ date, currency }) => ({
      status: 200,
      body: { businessDate: date, balance: balance(date, currency, clock.now()) } satisfies CustodyBalance,
    }),
  });
  server.add({
    name: 'statement',
    kind: 'read',
    method: 'GET',
    url: '/accounts/:currency/statements/:date',
    read: (request) => accountDay.parse(request.params),
    key: ({ date, currency }) => `${date} ${currency}`,
    act: ({ date, currency }) => ({ status: 200, body: statement(date, currency) }),
  });
  server.app.get('/sandbox/records', () => ({ asked: server.asked }));
  return server;
};
