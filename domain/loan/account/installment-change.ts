import { z } from 'zod';
import { type Day, dateOf, dayOf } from '../../calendar';
import { assert, type BusinessDate, businessDateSchema } from '../../kernel';
import type { AccountInstallment } from '../../schedule';
import {
  amountTextSchema,
  NOTHING,
  type Pen,
  portionTextsSchema,
  readPortions,
  samePortions,
  writePortions,
} from './pen';

/** What may be left of an installment without being paid. */
const remittedSchema = z.strictObject({
  waived: portionTextsSchema.optional(),
  writtenOff: portionTextsSchema.optional(),
});

/**
 * The columns of an installment that are other than before, as they now are. A row that is new says its due date; it is
 * a regular one that asks for nothing, of which nothing is paid, unless it says otherwise.
 */
export const installmentChangeSchema = z.strictObject({
  n: z.int().min(1),
  kind: z.enum(['regular', 'down-payment', 'additional', 're-aged']).optional(),
  /** A new row without it begins where the row above it falls due. */
  from: businessDateSchema.optional(),
  due: businessDateSchema.optional(),
  owed: portionTextsSchema.optional(),
  paid: portionTextsSchema.optional(),
  remitted: remittedSchema.optional(),
  /** Of what was paid: before its due date, and after it. */
  paidInAdvance: amountTextSchema.optional(),
  paidLate: amountTextSchema.optional(),
  /** Principal left after it. Without it, a row that says what it is `owed` leaves so much less than the one above. */
  balance: amountTextSchema.optional(),
  /** The day on which nothing of it was left to pay; null: there is something left again. */
  metOn: businessDateSchema.nullable().optional(),
});
export type InstallmentChange = Readonly<z.infer<typeof installmentChangeSchema>>;

type Row = AccountInstallment;

/** No day: whatever is compared with it is another. */
const UNKNOWN = Number.NaN;

/** A row of which nothing has been said: as it was, or as a new one is below the one above it. */
const untold = (before: Row | undefined, above: Row | undefined, n: number): Row =>
  before ?? {
    n,
    kind: 'regular',
    from: above?.due ?? UNKNOWN,
    due: UNKNOWN,
    owed: NOTHING,
    paid: NOTHING,
    waived: NOTHING,
    writtenOff: NOTHING,
    paidInAdvance: 0n,
    paidLate: 0n,
    balance: above?.balance ?? 0n,
  };

/** The balance of a row that says what it asks for, but no balance. */
const untoldBalance = (known: Row, above: Row | undefined, principal: bigint): bigint =>
  above === undefined ? known.balance : above.balance - principal;

/** Whether all of a row is as it was: true for most rows of most changes. A new one differs in its due date. */
const isSame = (known: Row, row: Row): boolean =>
  known.due === row.due &&
  known.from === row.from &&
  known.kind === row.kind &&
  known.metOn === row.metOn &&
  known.balance === row.balance &&
  known.paidInAdvance === row.paidInAdvance &&
  known.paidLate === row.paidLate &&
  samePortions(known.owed, row.owed) &&
  samePortions(known.paid, row.paid) &&
  !remits(known, row);

/** What a row says to be understood after what was known of it. Undefined: it has not changed. */
const told = (pen: Pen, known: Row, above: Row | undefined, row: Row): InstallmentChange | undefined => {
  if (isSame(known, row)) return undefined;
  const { n, kind, from, due, owed, paid, paidInAdvance, paidLate, balance, metOn } = row;
  const owes = !samePortions(owed, known.owed);
  const untoldIs = owes ? untoldBalance(known, above, owed.principal) : known.balance;
  return {
    n,
    ...(kind !== known.kind && { kind }),
    ...(from !== known.from && { from: dateOf(from) }),
    ...(due !== known.due && { due: dateOf(due) }),
    ...(owes && { owed: writePortions(pen, owed) }),
    ...(!samePortions(paid, known.paid) && { paid: writePortions(pen, paid) }),
    ...(remits(known, row) && { remitted: writeRemitted(pen, row) }),
    ...(paidInAdvance !== known.paidInAdvance && { paidInAdvance: pen.write(paidInAdvance) }),
    ...(paidLate !== known.paidLate && { paidLate: pen.write(paidLate) }),
    ...(balance !== untoldIs && { balance: pen.write(balance) }),
    ...(metOn !== known.metOn && { metOn: metOn === undefined ? null : dateOf(metOn) }),
  };
};

const remits = (known: Row, { waived, writtenOff }: Row): boolean =>
  !samePortions(waived, known.waived) || !samePortions(writtenOff, known.writtenOff);

const writeRemitted = (pen: Pen, { waived, writtenOff }: Row): InstallmentChange['remitted'] => ({
  ...(!samePortions(waived, NOTHING) && { waived: writePortions(pen, waived) }),
  ...(!samePortions(writtenOff, NOTHING) && { writtenOff: writePortions(pen, writtenOff) }),
});

/** The rows of a plan that are other than before. */
export const installmentChanges = (
  pen: Pen,
  before: readonly Row[],
  after: readonly Row[],
): readonly InstallmentChange[] => {
  const changes: InstallmentChange[] = [];
  for (let at = 0; at < after.length; at += 1) {
    const row = after[at];
    assert(row?.n === at + 1, 'installments are numbered from 1');
    const above = after[at - 1];
    const change = told(pen, untold(before[at], above, row.n), above, row);
    if (change !== undefined) changes.push(change);
  }
  return changes;
};

/** A row after a change. */
const changedRow = (pen: Pen, known: Row, above: Row | undefined, change: InstallmentChange): Row => {
  const { remitted, paidInAdvance, paidLate } = change;
  const owed = change.owed && readPortions(pen, change.owed);
  const metOn = change.metOn === undefined ? known.metOn : dayOrNone(change.metOn);
  const row = {
    n: known.n,
    kind: change.kind ?? known.kind,
    from: change.from === undefined ? known.from : dayOf(change.from),
    due: change.due === undefined ? known.due : dayOf(change.due),
    owed: owed ?? known.owed,
    paid: change.paid === undefined ? known.paid : readPortions(pen, change.paid),
    waived: remitted === undefined ? known.waived : readPortions(pen, remitted.waived),
    writtenOff: remitted === undefined ? known.writtenOff : readPortions(pen, remitted.writtenOff),
    paidInAdvance: paidInAdvance === undefined ? known.paidInAdvance : pen.read(paidInAdvance),
    paidLate: paidLate === undefined ? known.paidLate : pen.read(paidLate),
    balance: balanceAfter(pen, known, above, change.balance, owed),
  };
  return metOn === undefined ? row : { ...row, metOn };
};

const balanceAfter = (
  pen: Pen,
  known: Row,
  above: Row | undefined,
  told: string | undefined,
  owed: Row['owed'] | undefined,
): bigint => {
  if (told !== undefined) return pen.read(told);
  return owed === undefined ? known.balance : untoldBalance(known, above, owed.principal);
};

const dayOrNone = (date: BusinessDate | null): Day | undefined => (date === null ? undefined : dayOf(date));

/** A plan after some of its rows have changed; rows that have not are the same objects. */
export const withInstallments = (
  pen: Pen,
  before: readonly Row[],
  changes: readonly InstallmentChange[],
): readonly Row[] => {
  const after = [...before];
  for (const change of changes) {
    const at = change.n - 1;
    const above = after[at - 1];
    const row = changedRow(pen, untold(before[at], above, change.n), above, change);
    assert(!Number.isNaN(row.from) && !Number.isNaN(row.due), () => `row ${row.n} is told as if it were known`);
    after[at] = row;
  }
  return after;
};
