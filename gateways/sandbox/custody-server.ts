import { z } from 'zod';
import { CUSTODY_ORDERS, type CustodyOrder } from '../../domain/instruction';
import {
  addDays,
  type BusinessDate,
  businessDateSchema,
  type Currency,
  currencySchema,
  custodyAccountIdSchema,
  daysBetween,
  formatMoney,
  moneyOf,
  unreachable,
} from '../../domain/kernel';
import type { Clock } from '../../platform/runtime';
import {
  type CustodyAnswer,
  type CustodyBalance,
  CustodyBook,
  type CustodyQueryAnswer,
  type CustodyStanding,
  type CustodyStatement,
  instructionBodySchema,
} from '../custody';
import { refused, type Said } from './answering';
import type { Doing } from './behaviour';
import { businessDateOf, dayAt } from './business-day';
import { digestOf } from './chance';
import type { Customers } from './customers';
import type { Journal } from './journal';
import { behaviourOfAmount } from './magic';
import type { MovementBook } from './movement-book';
import { idempotencyKeyOf, PartnerServer } from './partner-server';
import { custodyLines } from './statements';

const accountDay = z.object({ currency: currencySchema, date: businessDateSchema });
const accountPath = z.object({ accountId: custodyAccountIdSchema });
const effectPath = z.object({ effectId: z.string().min(1).max(200) });

interface Instruction {
  readonly key: string;
  readonly order: CustodyOrder;
  readonly businessDate: BusinessDate;
}

const settledAnswer = ({ done }: Exclude<CustodyStanding, { standing: 'refused' }>) => {
  const { key: effectId, order, reference: channelReference, bookedOn: settledOn } = done;
  return { outcome: 'settled', effectId, order, channelReference, settledOn } as const;
};

const acceptedSaid = ({ key: effectId, order }: { key: string; order: CustodyOrder }): Said => ({
  status: 202,
  body: { outcome: 'accepted', effectId, order } satisfies CustodyAnswer,
});

const instructionSaid = (standing: CustodyStanding): Said => {
  switch (standing.standing) {
    case 'settled':
      return { status: 200, body: settledAnswer(standing) satisfies CustodyAnswer };
    case 'hidden':
      return acceptedSaid(standing.done);
    case 'refused':
      return refused(standing.refusal.code);
    default:
      return unreachable(standing);
  }
};

const querySaid = (effectId: string, standing: CustodyStanding | undefined): CustodyQueryAnswer => {
  if (standing === undefined || standing.standing === 'hidden') return { outcome: 'not-found', effectId };
  if (standing.standing === 'settled') return settledAnswer(standing);
  const { order, code } = standing.refusal;
  return { outcome: 'failed', effectId, order, reason: code };
};

/** What the bank has carried out: each key once at most. */
export type CustodyRecords = ReturnType<CustodyBook['carriedOut']>;

/**
 * The custody bank: accounts that are opened, topped up, drawn on and frozen by signed instructions. What all payment
 * channels move passes through the house's account, opened or not.
 */
export const custodyServer = (options: {
  readonly seed: string;
  readonly clock: Clock;
  readonly books: readonly MovementBook[];
  readonly journal: Journal;
  readonly customers: Customers;
}): { readonly server: PartnerServer; readonly carriedOut: () => CustodyRecords } => {
  const { books, clock, seed, journal } = options;
  const server = new PartnerServer('custody', options);
  const throughChannels = (until: BusinessDate, currency: Currency, now: number): bigint =>
    books.reduce((sum, book) => sum + book.net(until, currency, now), 0n);
  const accounts = new CustodyBook({
    referenceOf: (key) => digestOf(seed, 'custody', key).slice(0, 16),
    earlier: journal.earlier,
    append: (entry) => journal.append([entry]),
    throughChannels,
  });

  const balance = (until: BusinessDate, currency: Currency, now: number) =>
    formatMoney(moneyOf(throughChannels(until, currency, now) + accounts.net(until, currency, now), currency));

  const instruct = ({ key, order, businessDate }: Instruction, does: Doing): Said => {
    const now = clock.now();
    const settlesAt = does === 'later' ? now + server.settings.settleLateMs : now;
    const bookedOn = addDays(businessDate, daysBetween(dayAt(now), dayAt(settlesAt)));
    const refusal = does === 'refuses' ? { refusal: server.settings.refusal } : {};
    const standing = accounts.instruct(key, order, { bookedOn, settlesAt, ...refusal }, now);
    if (standing === 'conflict') return { status: 409, body: { outcome: 'key-used-for-another-instruction' } };
    if (does === 'calls-back' && standing.standing === 'settled') return acceptedSaid(standing.done);
    return instructionSaid(standing);
  };

  const statement = (date: BusinessDate, currency: Currency): CustodyStatement => {
    const now = clock.now();
    const booked = books
      .flatMap((book) => book.bookedOn(date, now))
      .filter(({ amount }) => amount.currency === currency);
    return {
      businessDate: date,
      opening: balance(addDays(date, -1), currency, now),
      closing: balance(date, currency, now),
      lines: [...custodyLines(booked), ...accounts.bookedOn(date, currency, now)],
    };
  };

  for (const kind of CUSTODY_ORDERS) {
    server.add<Instruction>({
      name: kind,
      kind: 'effect',
      method: 'POST',
      url: `/instructions/${kind}`,
      read: (request) => {
        const { order } = instructionBodySchema.parse(request.body);
        return { key: idempotencyKeyOf(request), order, businessDate: businessDateOf(request.headers, clock.now()) };
      },
      key: ({ key }) => key,
      magic: ({ order }) => ('amount' in order ? behaviourOfAmount(order.amount) : undefined),
      act: instruct,
    });
  }

  server.add({
    name: 'query',
    kind: 'read',
    method: 'GET',
    url: '/instructions/:effectId',
    read: (request) => effectPath.parse(request.params).effectId,
    key: (effectId) => effectId,
    act: (effectId) => ({ status: 200, body: querySaid(effectId, accounts.standing(effectId, clock.now())) }),
  });
  server.add({
    name: 'account',
    kind: 'read',
    method: 'GET',
    url: '/custody-accounts/:accountId',
    read: (request) => accountPath.parse(request.params).accountId,
    key: (accountId) => accountId,
    act: (accountId) => {
      const account = accounts.account(accountId, clock.now());
      return account === undefined ? refused('no-such-account') : { status: 200, body: account };
    },
  });
  server.add({
    name: 'statement',
    kind: 'read',
    method: 'GET',
    url: '/custody-accounts/:accountId/statements/:date',
    read: (request) => accountPath.extend({ date: businessDateSchema }).parse(request.params),
    key: ({ accountId, date }) => `${date} ${accountId}`,
    act: ({ accountId, date }) => {
      const statement = accounts.accountStatement(accountId, date, clock.now());
      return statement === undefined ? refused('no-such-account') : { status: 200, body: statement };
    },
  });
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
  server.app.get('/sandbox/records', () => ({ carriedOut: accounts.carriedOut(), asked: server.asked }));
  return { server, carriedOut: () => accounts.carriedOut() };
};
