import type { Day } from '../../calendar';
import { assert, type Currency, currencySchema } from '../../kernel';
import type { TextPool } from './text-pool';

/** How far a payment has come, as its side tells it. */
export const ITEM_STATUSES = ['settled', 'pending', 'failed', 'returned'] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

/** One payment as one side has it. */
export interface Item {
  /** What names it on its own side: our event, the ledger's entry, the line of the file. */
  readonly id: string;
  /** What both sides call it. In the ledger: the event that caused the entry. */
  readonly reference: string;
  /** What it does to the balance: minor units, money out negative. */
  readonly amount: bigint;
  readonly currency: Currency;
  readonly day: Day;
  readonly status?: ItemStatus;
  /** Free text that may name a reference. */
  readonly text?: string;
  /** What several items have in common: a batch, a split. */
  readonly group?: string;
  /** The id of the item that this one takes back. */
  readonly corrects?: string;
}

const CURRENCIES = currencySchema.options;
const MOST = 1n << 62n;

/** A currency by its number in the columns. */
export const currencyAt = (index: number): Currency => {
  const currency = CURRENCIES[index];
  assert(currency !== undefined, `currency number ${index}`);
  return currency;
};

/** The items of one side in columns: some forty bytes each. All sides of a matching share one pool of texts. */
export class ItemTable {
  readonly pool: TextPool;
  length = 0;
  ids: Uint32Array;
  references: Uint32Array;
  amounts: BigInt64Array;
  currencies: Uint8Array;
  days: Int32Array;
  statuses: Uint8Array;
  texts: Uint32Array;
  groups: Uint32Array;
  corrected: Uint32Array;
  /** Whether any item takes another one back. */
  hasCorrections = false;

  /** @param expected about how many items will come; more are welcome. */
  constructor(pool: TextPool, expected = 64) {
    this.pool = pool;
    const capacity = Math.max(1, expected);
    this.ids = new Uint32Array(capacity);
    this.references = new Uint32Array(capacity);
    this.amounts = new BigInt64Array(capacity);
    this.currencies = new Uint8Array(capacity);
    this.days = new Int32Array(capacity);
    this.statuses = new Uint8Array(capacity);
    this.texts = new Uint32Array(capacity);
    this.groups = new Uint32Array(capacity);
    this.corrected = new Uint32Array(capacity);
  }

  /** Takes an item in; answers with its index. @throws InvariantError for an amount beyond 2^62 minor units. */
  add(item: Item): number {
    const { id, reference, amount, currency, day, status = 'settled', text, group, corrects } = item;
    assert(-MOST <= amount && amount <= MOST, 'an amount too large for the columns');
    const at = this.length;
    if (at === this.ids.length) this.#grow();
    this.ids[at] = this.pool.intern(id);
    this.references[at] = this.pool.intern(reference);
    this.amounts[at] = amount;
    this.currencies[at] = CURRENCIES.indexOf(currency);
    this.days[at] = day;
    this.statuses[at] = ITEM_STATUSES.indexOf(status);
    if (text !== undefined) this.texts[at] = this.pool.intern(text);
    if (group !== undefined) this.groups[at] = this.pool.intern(group);
    if (corrects !== undefined) {
      this.corrected[at] = this.pool.intern(corrects);
      this.hasCorrections = true;
    }
    this.length = at + 1;
    return at;
  }

  idOf(at: number): string {
    return this.pool.textOf(numberAt(this.ids, at));
  }

  referenceOf(at: number): string {
    return this.pool.textOf(numberAt(this.references, at));
  }

  currencyOf(at: number): Currency {
    return currencyAt(numberAt(this.currencies, at));
  }

  statusOf(at: number): ItemStatus {
    const status = ITEM_STATUSES[numberAt(this.statuses, at)];
    assert(status !== undefined, `status of item ${at}`);
    return status;
  }

  #grow(): void {
    const capacity = this.ids.length * 2;
    const wider = (column: Uint32Array): Uint32Array => {
      const grown = new Uint32Array(capacity);
      grown.set(column);
      return grown;
    };
    this.ids = wider(this.ids);
    this.references = wider(this.references);
    this.texts = wider(this.texts);
    this.groups = wider(this.groups);
    this.corrected = wider(this.corrected);
    const { amounts, currencies, days, statuses } = this;
    this.amounts = new BigInt64Array(capacity);
    this.amounts.set(amounts);
    this.currencies = new Uint8Array(capacity);
    this.currencies.set(currencies);
    this.days = new Int32Array(capacity);
    this.days.set(days);
    this.statuses = new Uint8Array(capacity);
    this.statuses.set(statuses);
  }
}

/** What a column holds at an index that is known to be in it. */
export const numberAt = (column: Uint32Array | Uint8Array | Int32Array, at: number): number => column[at] ?? 0;
/** The amount at an index that is known to be in the column. */
export const amountAt = (column: BigInt64Array, at: number): bigint => column[at] ?? 0n;
