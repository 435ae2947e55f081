import { type Day, dayOf } from '../domain/calendar';
import { businessDate, formatMinor } from '../domain/kernel';
import type { Item } from '../domain/reconciliation';

/** What is wrong with a payment on one of the three sides; every type of break, each as often as the others. */
export const FAULTS = [
  'missing-there',
  'missing-here',
  'amount',
  'status',
  'duplicate',
  'currency',
  'direction',
  'late',
  'late-of-another-day',
  'ledger',
] as const;
type Fault = (typeof FAULTS)[number];

/** Payments, ours and theirs, of which so many are wrong somewhere. The same in every run. */
export interface Night {
  readonly payments: number;
  readonly breaks: number;
}

export const DAY: Day = dayOf(businessDate('2026-03-04'));

const DATES: readonly string[] = ['2026-03-03', '2026-03-04', '2026-03-13'];

/** A number that looks random, from a number (Wang's integer hash). */
const scrambled = (seed: number): number => {
  let hash = Math.imul(seed ^ 61 ^ (seed >>> 16), 9);
  hash = Math.imul(hash ^ (hash >>> 4), 0x27d4eb2d);
  return (hash ^ (hash >>> 15)) >>> 0;
};

export const referenceOf = (index: number): string =>
  `eff-${scrambled(index).toString(36).padStart(7, '0')}${scrambled(~index).toString(36).padStart(7, '0')}-${index}`;

const amountOf = (index: number): bigint => {
  const minor = BigInt((scrambled(index + 7) % 5_000_000) + 1_000);
  return index % 3 === 0 ? minor : -minor;
};

export const faultOf = (index: number, { payments, breaks }: Night): Fault | undefined => {
  const step = Math.floor(payments / breaks);
  return index % step === 0 && index / step < breaks ? FAULTS[(index / step) % FAULTS.length] : undefined;
};

/** Sound payments come in several ways; one in a hundred each. */
type Way = 'plain' | 'fee' | 'batch' | 'batch-second' | 'split' | 'written-otherwise' | 'in-text' | 'corrected';
const WAYS: readonly Way[] = [
  'plain',
  'fee',
  'batch',
  'batch-second',
  'split',
  'written-otherwise',
  'in-text',
  'corrected',
];
const wayOf = (index: number): Way => WAYS[index % 100] ?? 'plain';

const isOurs = (fault: Fault | undefined): boolean => fault !== 'missing-here' && fault !== 'late-of-another-day';
const batchOf = (index: number): string => `batch-${index - (index % 100)}`;

/** Our event of a payment, or undefined where there is none. */
export const eventAt = (index: number, night: Night): Item | undefined => {
  const fault = faultOf(index, night);
  if (!isOurs(fault)) return undefined;
  const way = wayOf(index);
  return {
    id: `event-${index}`,
    reference: referenceOf(index),
    amount: amountOf(index),
    currency: 'CNY',
    day: DAY,
    ...((way === 'batch' || way === 'batch-second') && { group: batchOf(index) }),
  };
};

/** What the ledger has booked for it. */
export const entryAt = (index: number, night: Night): Item | undefined => {
  const fault = faultOf(index, night);
  if (!isOurs(fault)) return undefined;
  const off = fault === 'ledger' ? 1n : 0n;
  const [id, reference] = [`entry-${index}`, `event-${index}`];
  return { id, reference, amount: amountOf(index) + off, currency: 'CNY', day: DAY };
};

export const COLUMNS = 'line,reference,amount,currency,booked,status,corrects,text';

const row = (
  id: string,
  reference: string,
  amount: bigint,
  { currency = 'CNY', date = 1, status = 'OK', corrects = '', text = '' } = {},
): string =>
  `${id},${reference},${formatMinor(amount, 'CNY')},${currency},${DATES[date]},${status},${corrects},${text}\n`;

/** The lines of the statement for a payment. */
export const rowsAt = (index: number, night: Night): string => {
  const fault = faultOf(index, night);
  const [reference, amount, id] = [referenceOf(index), amountOf(index), `l${index}`];
  switch (fault) {
    case undefined:
      return soundRows(index);
    case 'missing-there':
      return '';
    case 'missing-here':
    case 'ledger':
      return row(id, reference, amount);
    case 'amount':
      return row(id, reference, amount * 2n);
    case 'status':
      return row(id, reference, amount, { status: 'RET' });
    case 'duplicate':
      return row(id, reference, amount) + row(`${id}d`, reference, amount);
    case 'currency':
      return row(id, reference, amount, { currency: 'USD' });
    case 'direction':
      return row(id, reference, -amount);
    case 'late':
      return row(id, reference, amount, { date: 2 });
    case 'late-of-another-day':
      return row(id, reference, amount, { date: 0 });
  }
};

const soundRows = (index: number): string => {
  const [reference, amount, id] = [referenceOf(index), amountOf(index), `l${index}`];
  switch (wayOf(index)) {
    case 'plain':
      return row(id, reference, amount);
    case 'fee':
      return row(id, reference, amount - 25n);
    case 'batch':
      return row(id, batchOf(index), amount + amountOf(index + 1));
    case 'batch-second':
      return '';
    case 'split':
      return row(`${id}a`, reference, amount - 100n) + row(`${id}b`, reference, 100n);
    case 'written-otherwise':
      return row(id, reference.toUpperCase().replaceAll('-', '/'), amount);
    case 'in-text':
      return row(id, '', amount, { text: `"TRANSFER, REF ${reference} thank you"` });
    case 'corrected':
      return row(id, reference, amount + 9n) + row(`${id}c`, reference, -9n, { corrects: id });
  }
};

/** Payments in another order: their file does not follow our log. */
export const shuffled = (position: number, payments: number): number => (position * 7_919 + 13) % payments;
