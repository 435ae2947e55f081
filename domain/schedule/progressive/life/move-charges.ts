import type { Day } from '../../../calendar';
import { positive, smaller } from '../model/amounts';
import { partOf, spreadOver } from '../model/spread';
import { installmentFor } from './charge';
import { checkMet, type Installment, outstandingOf } from './installment';
import type { Life } from './life';
import type { LoanCharge } from './loan-charge';

/** Spreads what is not paid of fees and penalties of installments that have come due over the later ones. */
export const spreadCharges = (life: Life, on: Day): void => {
  const later = life.installments.filter(({ period, due }) => period !== undefined && due > on);
  if (later.length === 0) return;
  for (const kind of ['fee', 'penalty'] as const) {
    const { amount, open } = lifted(life, kind, on);
    if (amount === 0n) continue;
    const spread = spreadOver(life.model.money, amount, later.length);
    for (const [index, installment] of later.entries()) {
      const part = partOf(spread, index, later.length);
      installment.owed[kind] += part;
      share(installment, part, open);
      checkMet(installment, on);
    }
  }
};

/**
 * What is not paid of the charges of installments that are gone is due with those that their days fall in now. What was
 * charged for each installment is gone with it.
 */
export const moveCharges = (life: Life, gone: readonly Installment[], on: Day): void => {
  for (const charge of life.charges) {
    if (charge.dueOn === undefined) continue;
    for (const installment of gone) {
      if (outstandingOf(installment, charge.kind) <= 0n) continue;
      for (const open of takenFrom(charge, installment)) {
        installment.owed[charge.kind] -= open.amount;
        if (open.amount > 0n) chargeWith(installmentFor(life, charge.dueOn), open, on);
      }
    }
  }
};

const chargeWith = (installment: Installment, open: Open, on: Day): void => {
  installment.owed[open.charge.kind] += open.amount;
  share(installment, open.amount, [open]);
  checkMet(installment, on);
};

/** What charges have with some installments they have with another one instead. */
export const moveShares = (life: Life, from: readonly Installment[], to: Installment): void => {
  for (const { shares } of life.charges) {
    for (const installment of from) {
      const moved = shares.get(installment);
      if (moved === undefined) continue;
      shares.delete(installment);
      const known = shares.get(to);
      if (known === undefined) shares.set(to, moved);
      else {
        known.amount += moved.amount;
        known.paid += moved.paid;
        known.waived += moved.waived;
      }
    }
  }
};

interface Open {
  readonly charge: LoanCharge;
  readonly of: bigint | undefined;
  amount: bigint;
}

/** Takes what is open of a kind of charge from the installments that have come due. */
const lifted = (life: Life, kind: LoanCharge['kind'], on: Day): { readonly amount: bigint; readonly open: Open[] } => {
  const open: Open[] = [];
  let amount = 0n;
  for (const installment of life.installments) {
    const owed = positive(outstandingOf(installment, kind));
    if (installment.due > on || owed === 0n) continue;
    installment.owed[kind] -= owed;
    amount += owed;
    for (const charge of life.charges) if (charge.kind === kind) open.push(...takenFrom(charge, installment));
    checkMet(installment, on);
  }
  return { amount, open };
};

/** What is open of a charge with an installment leaves it. */
const takenFrom = (charge: LoanCharge, installment: Installment): readonly Open[] => {
  const part = charge.shares.get(installment);
  if (part === undefined) return [];
  const amount = positive(part.amount - part.paid - part.waived);
  part.amount -= amount;
  return [{ charge, of: part.of, amount }];
};

/** Says which charges an installment's part is of: the oldest first. */
const share = (installment: Installment, amount: bigint, open: readonly Open[]): void => {
  let left = amount;
  for (const each of open) {
    const taken = smaller(left, each.amount);
    if (taken === 0n) continue;
    const known = each.charge.shares.get(installment);
    if (known === undefined) each.charge.shares.set(installment, { amount: taken, of: each.of, paid: 0n, waived: 0n });
    else known.amount += taken;
    each.amount -= taken;
    left -= taken;
  }
};
