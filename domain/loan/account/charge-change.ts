import { z } from 'zod';
import { dateOf, dayOf } from '../../calendar';
import { assert, businessDateSchema } from '../../kernel';
import type { AccountCharge } from '../../schedule';
import { amountTextSchema, type Pen } from './pen';

/** What of a charge is other than before, as it now is. A new one says its kind and amount; nothing of it is paid. */
export const chargeChangeSchema = z.strictObject({
  fact: z.string(),
  kind: z.enum(['fee', 'penalty']).optional(),
  /** Null: with no day any more. */
  dueOn: businessDateSchema.nullable().optional(),
  amount: amountTextSchema.optional(),
  paid: amountTextSchema.optional(),
  waived: amountTextSchema.optional(),
  /** It is no more: what made it was taken back, or never came about. */
  dropped: z.literal(true).optional(),
});
export type ChargeChange = Readonly<z.infer<typeof chargeChangeSchema>>;

const told = (pen: Pen, before: AccountCharge | undefined, after: AccountCharge): ChargeChange | undefined => {
  const { fact, kind, dueOn, amount, paid, waived } = after;
  const change = {
    ...(kind !== before?.kind && { kind }),
    ...(dueOn !== before?.dueOn && { dueOn: dueOn === undefined ? null : dateOf(dueOn) }),
    ...(amount !== before?.amount && { amount: pen.write(amount) }),
    ...(paid !== (before?.paid ?? 0n) && { paid: pen.write(paid) }),
    ...(waived !== (before?.waived ?? 0n) && { waived: pen.write(waived) }),
  };
  for (const _ in change) return { fact, ...change };
  return undefined;
};

/** The charges that are other than before, or no more. */
export const chargeChanges = (
  pen: Pen,
  before: readonly AccountCharge[],
  after: readonly AccountCharge[],
): readonly ChargeChange[] => {
  const changed = after.flatMap((one, at) => {
    const there = before[at];
    const known = there?.fact === one.fact ? there : before.find(({ fact }) => fact === one.fact);
    return told(pen, known, one) ?? [];
  });
  const dropped = before.filter(({ fact }, at) => after[at]?.fact !== fact && after.every((one) => one.fact !== fact));
  return [...changed, ...dropped.map(({ fact }) => ({ fact, dropped: true as const }))];
};

const changedCharge = (pen: Pen, before: AccountCharge | undefined, change: ChargeChange): AccountCharge => {
  const kind = change.kind ?? before?.kind;
  const amount = change.amount === undefined ? before?.amount : pen.read(change.amount);
  assert(kind !== undefined && amount !== undefined, () => `${change.fact} is told as if it were known`);
  const paid = change.paid === undefined ? (before?.paid ?? 0n) : pen.read(change.paid);
  const waived = change.waived === undefined ? (before?.waived ?? 0n) : pen.read(change.waived);
  const dueOn = change.dueOn === undefined ? before?.dueOn : change.dueOn === null ? undefined : dayOf(change.dueOn);
  const charge = { fact: change.fact, kind, amount, paid, waived, outstanding: amount - paid - waived };
  return dueOn === undefined ? charge : { ...charge, dueOn };
};

/** The charges after some have changed. */
export const withCharges = (
  pen: Pen,
  before: readonly AccountCharge[],
  changes: readonly ChargeChange[],
): readonly AccountCharge[] => {
  const after = [...before];
  for (const change of changes) {
    const place = after.findIndex(({ fact }) => fact === change.fact);
    if (change.dropped === true) {
      after.splice(place, 1);
      continue;
    }
    const changed = changedCharge(pen, after[place], change);
    if (place < 0) after.push(changed);
    else after[place] = changed;
  }
  return after;
};
