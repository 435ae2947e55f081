import type { Day } from '../../../calendar';
import { installmentFor } from './charge';
import { checkMet, type Installment, totalOf } from './installment';
import type { Life } from './life';
import type { LoanCharge } from './loan-charge';

/** Takes over the due dates of periods that were moved. */
export const moveInstallments = (life: Life, on: Day): void => {
  for (const installment of life.installments) {
    if (installment.period === undefined) continue;
    installment.from = installment.period.from;
    installment.due = installment.period.due;
  }
  life.installments.sort((one, other) => one.due - other.due);
  for (const charge of life.charges) moveCharge(life, charge, on, () => true);
  placeLateCharges(life, on);
};

/**
 * What was charged for a day after the plan's end goes with the installment that the day is in, once there is one.
 * Until then it has one of its own, after the last.
 */
export const placeLateCharges = (life: Life, on: Day): void => {
  const beside = life.installments.filter(({ kind, owed }) => kind === 'additional' && owed.principal === 0n);
  for (const charge of life.charges) moveCharge(life, charge, on, (installment) => beside.includes(installment));
  const end = life.installments.findLast(({ period }) => period !== undefined)?.due ?? Number.NEGATIVE_INFINITY;
  for (const installment of beside) if (installment.due > end) installment.from = Math.max(installment.from, end);
  const emptied = new Set(beside.filter(({ owed }) => totalOf(owed) === 0n));
  if (emptied.size > 0) life.installments = life.installments.filter((installment) => !emptied.has(installment));
};

/** Nothing is moved that was paid or waived already. */
const moveCharge = (life: Life, charge: LoanCharge, on: Day, mayLeave: (from: Installment) => boolean): void => {
  const [only, ...others] = charge.shares;
  if (charge.dueOn === undefined || only === undefined || others.length > 0) return;
  const [installment, share] = only;
  if (share.paid + share.waived !== 0n || !life.installments.includes(installment) || !mayLeave(installment)) return;
  const place = inPeriod(life, charge.dueOn) ?? installmentFor(life, charge.dueOn);
  if (place === installment) return;
  charge.shares.clear();
  charge.shares.set(place, share);
  installment.owed[charge.kind] -= share.amount;
  place.owed[charge.kind] += share.amount;
  checkMet(installment, on);
  checkMet(place, on);
};

const inPeriod = ({ installments }: Life, on: Day): Installment | undefined =>
  installments
    .filter(({ period }) => period !== undefined)
    .find(({ from, due }, index) => (index === 0 ? from <= on : from < on) && on <= due);
