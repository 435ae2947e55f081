import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { custodyOrderSchema } from '../../domain/instruction';
import {
  addDays,
  assert,
  type BusinessDate,
  businessDateSchema,
  type Currency,
  type CustodyAccountId,
  formatMoney,
  type MoneyText,
  moneyOf,
  parseMoney,
} from '../../domain/kernel';
import type { StatementLine } from '../../domain/reconciliation';
import type { AccountStatement, CustodyAccount } from './custody-bank';

const ordered = { key: z.string(), order: custodyOrderSchema };

const executedSchema = z.strictObject({
  entry: z.literal('executed'),
  ...ordered,
  reference: z.string(),
  bookedOn: businessDateSchema,
  /** Milliseconds since 1970 from which it is there; later than the instruction when it settles late. */
  settlesAt: z.number(),
});
type Executed = Readonly<z.infer<typeof executedSchema>>;

const refusedSchema = z.strictObject({ entry: z.literal('refused'), ...ordered, code: z.string() });

const entrySchema = z.discriminatedUnion('entry', [executedSchema, refusedSchema]);
export type CustodyEntry = Readonly<z.infer<typeof entrySchema>>;
type Refused = Extract<CustodyEntry, { entry: 'refused' }>;
type Order = Executed['order'];
type Moving = Extract<Order, { amount: MoneyText }>;

/** How an instruction that is new is to be met. */
export interface CustodyTreatment {
  readonly refusal?: string;
  readonly bookedOn: BusinessDate;
  readonly settlesAt: number;
}

export type CustodyStanding =
  | { readonly standing: 'settled'; readonly done: Executed }
  /** Done, and nobody can see it yet. */
  | { readonly standing: 'hidden'; readonly done: Executed }
  | { readonly standing: 'refused'; readonly refusal: Refused };

/** Where a book keeps its entries, and what else moves the money in it. */
export interface AccountBook {
  readonly referenceOf: (key: string) => string;
  readonly earlier: readonly unknown[];
  readonly append: (entry: CustodyEntry) => void;
  /** Minor units that payment channels have moved through the house's account up to the end of a date. */
  readonly throughChannels: (until: BusinessDate, currency: Currency, now: number) => bigint;
}

const LAST_DAY = businessDateSchema.parse('9999-12-31');

const isMoving = (order: Order): order is Moving => 'amount' in order;

/** What an order does to an account, in minor units: money in above zero. */
const effectOn = (accountId: CustodyAccountId, order: Moving): bigint => {
  const { minor } = parseMoney(order.amount);
  if (order.kind === 'top-up') return order.accountId === accountId ? minor : 0n;
  if (order.kind === 'transfer' && order.to === accountId) return minor;
  return order.accountId === accountId ? -minor : 0n;
};

/**
 * The bank's own books of custody accounts: at most one execution or one refusal per key, for ever. Nothing is paid out
 * that is not there, and nothing is moved from or to an account that is frozen.
 */
export class CustodyBook {
  readonly #book: AccountBook;
  readonly #byKey = new Map<string, CustodyEntry>();

  constructor(book: AccountBook) {
    this.#book = book;
    for (const entry of book.earlier) {
      const earlier = entrySchema.parse(entry);
      this.#byKey.set(earlier.key, earlier);
    }
  }

  /** Carries an order out, or refuses it, unless its key is known; `conflict` when the key came with another order. */
  instruct(key: string, order: Order, treatment: CustodyTreatment, now: number): CustodyStanding | 'conflict' {
    const known = this.#byKey.get(key);
    if (known !== undefined && !isDeepStrictEqual(known.order, order)) return 'conflict';
    if (known === undefined) {
      const entry = this.#entryFor(key, order, treatment, now);
      this.#book.append(entry);
      this.#byKey.set(key, entry);
    }
    const standing = this.standing(key, now);
    assert(standing !== undefined, 'an order that was given has a standing');
    return standing;
  }

  /** What became of a key. */
  standing(key: string, now: number): CustodyStanding | undefined {
    const entry = this.#byKey.get(key);
    if (entry === undefined) return undefined;
    if (entry.entry === 'refused') return { standing: 'refused', refusal: entry };
    return { standing: entry.settlesAt <= now ? 'settled' : 'hidden', done: entry };
  }

  /** An account as it stands; undefined when there is none. */
  account(accountId: CustodyAccountId, now: number): CustodyAccount | undefined {
    const done = this.#settled(now);
    const opened = openingOf(accountId, done);
    if (opened === undefined) return undefined;
    const { currency } = opened.order;
    const balance = this.#balance(accountId, LAST_DAY, done, now);
    return {
      accountId,
      bankReference: opened.reference,
      currency,
      status: isFrozen(accountId, done) ? 'frozen' : 'open',
      balance: formatMoney(moneyOf(balance, currency)),
    };
  }

  /** What moved an account on a date by orders; what payment channels moved through it is in opening and closing. */
  accountStatement(accountId: CustodyAccountId, date: BusinessDate, now: number): AccountStatement | undefined {
    const done = this.#settled(now);
    const opened = openingOf(accountId, done);
    if (opened === undefined) return undefined;
    const money = (until: BusinessDate): MoneyText =>
      formatMoney(moneyOf(this.#balance(accountId, until, done, now), opened.order.currency));
    const lines = done
      .filter(({ bookedOn }) => bookedOn === date)
      .flatMap((entry) => lineOf(entry, (order) => effectOn(accountId, order)));
    return { accountId, businessDate: date, opening: money(addDays(date, -1)), closing: money(date), lines };
  }

  /** What came into custody and left it on a date by orders; a transfer does neither. */
  bookedOn(date: BusinessDate, currency: Currency, now: number): readonly StatementLine[] {
    return this.#settled(now)
      .filter(({ bookedOn }) => bookedOn === date)
      .flatMap((entry) => lineOf(entry, (order) => effectOnAll(order, currency)));
  }

  /** The same up to the end of a date, in minor units. */
  net(until: BusinessDate, currency: Currency, now: number): bigint {
    return this.#settled(now)
      .filter(({ bookedOn }) => bookedOn <= until)
      .reduce((sum, { order }) => sum + (isMoving(order) ? effectOnAll(order, currency) : 0n), 0n);
  }

  /** Every order that was carried out, by its key; what it moved, if anything. */
  carriedOut(): readonly { readonly key: string; readonly amount?: MoneyText }[] {
    return this.#executed().map(({ key, order }) => ({ key, ...(isMoving(order) && { amount: order.amount }) }));
  }

  #settled(now: number): readonly Executed[] {
    return this.#executed().filter(({ settlesAt }) => settlesAt <= now);
  }

  #executed(): readonly Executed[] {
    return [...this.#byKey.values()].filter((entry) => entry.entry === 'executed');
  }

  #balance(accountId: CustodyAccountId, until: BusinessDate, done: readonly Executed[], now: number): bigint {
    const ordered = done
      .filter(({ bookedOn }) => bookedOn <= until)
      .reduce((sum, { order }) => sum + (isMoving(order) ? effectOn(accountId, order) : 0n), 0n);
    const opened = openingOf(accountId, done);
    if (opened?.order.owner.kind !== 'house') return ordered;
    return ordered + this.#book.throughChannels(until, opened.order.currency, now);
  }

  #entryFor(key: string, order: Order, { refusal, bookedOn, settlesAt }: CustodyTreatment, now: number): CustodyEntry {
    const code = refusal ?? this.#objectionTo(order, now);
    if (code !== undefined) return { entry: 'refused', key, order, code };
    return { entry: 'executed', key, order, reference: this.#book.referenceOf(key), bookedOn, settlesAt };
  }

  /** Why an order cannot be carried out. What settles later counts already: it cannot be spent twice. */
  #objectionTo(order: Order, now: number): string | undefined {
    const done = this.#executed();
    const opened = openingOf(order.accountId, done);
    if (order.kind === 'open') return opened === undefined ? undefined : 'account-exists';
    if (opened === undefined) return 'no-such-account';
    const frozen = isFrozen(order.accountId, done);
    if (order.kind === 'freeze') return frozen ? 'frozen-already' : undefined;
    if (order.kind === 'unfreeze') return frozen ? undefined : 'not-frozen';
    if (frozen) return 'account-frozen';
    if (order.amount.currency !== opened.order.currency) return 'wrong-currency';
    if (order.kind === 'top-up') return undefined;
    const { minor } = parseMoney(order.amount);
    if (this.#balance(order.accountId, LAST_DAY, done, now) < minor) return 'insufficient-funds';
    return order.kind === 'transfer' ? objectionToPayee(order.to, opened.order.currency, done) : undefined;
  }
}

const objectionToPayee = (
  accountId: CustodyAccountId,
  currency: Currency,
  done: readonly Executed[],
): string | undefined => {
  const opened = openingOf(accountId, done);
  if (opened === undefined) return 'no-such-payee';
  if (isFrozen(accountId, done)) return 'payee-frozen';
  return opened.order.currency === currency ? undefined : 'wrong-currency';
};

type Opened = Executed & { readonly order: Extract<Order, { kind: 'open' }> };

const openingOf = (accountId: CustodyAccountId, done: readonly Executed[]): Opened | undefined =>
  done.find((entry): entry is Opened => entry.order.kind === 'open' && entry.order.accountId === accountId);

const isFrozen = (accountId: CustodyAccountId, done: readonly Executed[]): boolean =>
  done.findLast(({ order }) => order.accountId === accountId && /^(un)?freeze$/.test(order.kind))?.order.kind ===
  'freeze';

/** What an order does to all that lies in custody in one currency. */
const effectOnAll = (order: Moving, currency: Currency): bigint => {
  if (order.kind === 'transfer' || order.amount.currency !== currency) return 0n;
  return effectOn(order.accountId, order);
};

const lineOf = (
  { key, order, reference, bookedOn }: Executed,
  effect: (order: Moving) => bigint,
): readonly StatementLine[] => {
  const minor = isMoving(order) ? effect(order) : 0n;
  if (!isMoving(order) || minor === 0n) return [];
  const direction = minor > 0n ? 'in' : 'out';
  return [{ lineId: `cu-${reference}`, reference: key, direction, amount: order.amount, bookedOn }];
};
