import { z } from 'zod';
import { dateOf, dayOf } from '../../calendar';
import { assert, businessDateSchema } from '../../kernel';
import type { AccountTransaction, AllocatedLine, LoanFact, PortionAmounts } from '../../schedule';
import {
  amountTextSchema,
  NOTHING,
  type Pen,
  PORTION_NAMES,
  portionTextsSchema,
  readPortions,
  samePortions,
  writePortions,
} from './pen';

/** What of a payment went to one installment, while that was in one state. */
const linesSchema = portionTextsSchema.extend({
  installment: z.int().min(1),
  state: z.enum(['past-due', 'due', 'in-advance']),
});
type Lines = Readonly<z.infer<typeof linesSchema>>;

/**
 * What a fact did to the money. Without `fact` it is the fact of the event, and new; whatever is not said of it is as
 * that fact says. With `fact` and `kind` it is one of another fact: what is other than before.
 */
export const transactionChangeSchema = z.strictObject({
  fact: z.string().optional(),
  kind: z.string().optional(),
  on: businessDateSchema.optional(),
  amount: amountTextSchema.optional(),
  /** Where `lines` are told, without it: what they add up to. */
  parts: portionTextsSchema.optional(),
  overpaid: amountTextSchema.optional(),
  /** Principal outstanding after it. */
  balance: amountTextSchema.optional(),
  /** It was taken back, and counts for nothing. */
  undone: z.boolean().optional(),
  /** Where the parts went, in the order in which they went there. */
  lines: z.array(linesSchema).optional(),
});
export type TransactionChange = Readonly<z.infer<typeof transactionChangeSchema>>;

type Transaction = AccountTransaction;

/** A fact leads to one transaction of a kind at the most. */
const isSame = (one: Transaction, other: { readonly fact: string; readonly kind: string }): boolean =>
  one.fact === other.fact && one.kind === other.kind;

type Found = (one: { readonly fact: string; readonly kind: string }) => number;

/**
 * The place of a transaction, −1 where there is none. They are mostly asked for in the order in which they stand; a few
 * others are looked for one by one, and for more than that a table is made.
 */
const placesIn = (all: readonly Transaction[]): Found => {
  let last = -1;
  let strays = 0;
  let places: ReadonlyMap<string, number> | undefined;
  const findPlace: Found = (one) => {
    const next = all[last + 1];
    if (next !== undefined && isSame(next, one)) return last + 1;
    strays += 1;
    if (strays <= FEW) return all.findLastIndex((each) => isSame(each, one));
    places ??= new Map(all.map((each, at) => [nameOf(each), at]));
    return places.get(nameOf(one)) ?? -1;
  };
  return (one) => {
    const at = findPlace(one);
    if (at >= 0) last = at;
    return at;
  };
};

const FEW = 4;

const nameOf = ({ fact, kind }: Parameters<Found>[0]): string => `${kind} ${fact}`;

/** A transaction of which nothing has been said. */
const BLANK: Transaction = {
  fact: '',
  kind: '',
  on: 0,
  amount: 0n,
  parts: NOTHING,
  overpaid: 0n,
  balance: 0n,
  undone: false,
  lines: [],
};

/** The transaction that a fact leads to, as far as the fact says it. */
const asFactSays = (fact: LoanFact): Transaction => ({
  ...BLANK,
  fact: fact.id,
  kind: fact.kind === 'credit' ? fact.credit : fact.kind,
  on: fact.on,
  amount: 'amount' in fact ? fact.amount : 0n,
});

const sumOf = (lines: readonly AllocatedLine[]): PortionAmounts => {
  const sum = { ...NOTHING };
  for (const { portion, amount } of lines) sum[portion] += amount;
  return sum;
};

const sameLines = (one: readonly AllocatedLine[], other: readonly AllocatedLine[]): boolean =>
  one === other ||
  (one.length === other.length &&
    one.every((line, at) => {
      const { installment, portion, amount, state } = line;
      const also = other[at];
      return (
        installment === also?.installment && portion === also.portion && amount === also.amount && state === also.state
      );
    }));

/** Lines to one installment stand together as long as they come in the order in which portions are told. */
const writeLines = (pen: Pen, lines: readonly AllocatedLine[]): Lines[] => {
  const written: Lines[] = [];
  let last: AllocatedLine | undefined;
  for (const line of lines) {
    const { installment, state, portion, amount } = line;
    const open = written.at(-1);
    const goesOn =
      last?.installment === installment &&
      last.state === state &&
      PORTION_NAMES.indexOf(portion) > PORTION_NAMES.indexOf(last.portion);
    if (goesOn && open !== undefined) written[written.length - 1] = { ...open, [portion]: pen.write(amount) };
    else written.push({ installment, state, [portion]: pen.write(amount) });
    last = line;
  }
  return written;
};

const readLines = (pen: Pen, written: readonly Lines[]): readonly AllocatedLine[] => {
  const lines: AllocatedLine[] = [];
  for (const each of written) {
    const { installment, state } = each;
    for (const portion of PORTION_NAMES) {
      const amount = each[portion];
      if (amount !== undefined) lines.push({ installment, portion, amount: pen.read(amount), state });
    }
  }
  return lines;
};

/** What a transaction says to be understood after what was known of it. */
const told = (pen: Pen, before: Transaction, after: Transaction): TransactionChange => {
  const { fact, kind, on, amount, parts, overpaid, balance, undone, lines } = after;
  const divides = !sameLines(lines, before.lines);
  return {
    ...((fact !== before.fact || kind !== before.kind) && { fact, kind }),
    ...(on !== before.on && { on: dateOf(on) }),
    ...(amount !== before.amount && { amount: pen.write(amount) }),
    ...(!samePortions(parts, divides ? sumOf(lines) : before.parts) && { parts: writePortions(pen, parts) }),
    ...(overpaid !== before.overpaid && { overpaid: pen.write(overpaid) }),
    ...(balance !== before.balance && { balance: pen.write(balance) }),
    ...(undone !== before.undone && { undone }),
    ...(divides && { lines: writeLines(pen, lines) }),
  };
};

const isUnchanged = (known: Transaction, one: Transaction): boolean =>
  known === one ||
  (known.on === one.on &&
    known.amount === one.amount &&
    known.overpaid === one.overpaid &&
    known.balance === one.balance &&
    known.undone === one.undone &&
    samePortions(known.parts, one.parts) &&
    sameLines(one.lines, known.lines));

/** The transactions that are other than before; `fact` is that of the event. */
export const transactionChanges = (
  pen: Pen,
  fact: LoanFact | undefined,
  before: readonly Transaction[],
  after: readonly Transaction[],
): readonly TransactionChange[] => {
  const changes: TransactionChange[] = [];
  const left = new Set<number>();
  const placeOf = placesIn(before);
  for (const one of after) {
    const at = placeOf(one);
    const known = before[at];
    left.add(at);
    if (known === undefined) {
      changes.push(told(pen, fact?.id === one.fact ? asFactSays(fact) : BLANK, one));
    } else if (!isUnchanged(known, one)) {
      changes.push({ fact: one.fact, kind: one.kind, ...told(pen, known, one) });
    }
  }
  return [...takenBack(before, left), ...changes];
};

/** What is not there any more never happened, and is shown so: it stays in sight. */
const takenBack = (before: readonly Transaction[], left: ReadonlySet<number>): readonly TransactionChange[] =>
  before.flatMap(({ fact, kind, undone }, at) => (undone || left.has(at) ? [] : [{ fact, kind, undone: true }]));

const changedTransaction = (pen: Pen, before: Transaction, change: TransactionChange): Transaction => {
  const { fact, kind, on, amount, overpaid, balance, undone } = change;
  const lines = change.lines && readLines(pen, change.lines);
  return {
    fact: fact ?? before.fact,
    kind: kind ?? before.kind,
    on: on === undefined ? before.on : dayOf(on),
    amount: amount === undefined ? before.amount : pen.read(amount),
    parts: change.parts === undefined ? ((lines && sumOf(lines)) ?? before.parts) : readPortions(pen, change.parts),
    overpaid: overpaid === undefined ? before.overpaid : pen.read(overpaid),
    balance: balance === undefined ? before.balance : pen.read(balance),
    undone: undone ?? before.undone,
    lines: lines ?? before.lines,
  };
};

/** The transactions after some have changed. */
export const withTransactions = (
  pen: Pen,
  fact: LoanFact | undefined,
  before: readonly Transaction[],
  changes: readonly TransactionChange[],
): readonly Transaction[] => {
  const after = [...before];
  const placeOf = placesIn(before);
  for (const change of changes) {
    const of = change.fact ?? fact?.id;
    assert(of !== undefined, () => `a transaction of no fact: ${JSON.stringify(change)}`);
    const at = change.fact === undefined ? -1 : placeOf({ fact: of, kind: change.kind ?? '' });
    const known = after[at] ?? (fact?.id === of ? asFactSays(fact) : BLANK);
    const changed = changedTransaction(pen, known, change);
    if (at < 0) after.push(changed);
    else after[at] = changed;
  }
  return after;
};
