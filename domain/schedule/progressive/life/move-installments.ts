import type { Day } from '../../../calendar';
import { installmentFor } from './charge';
import { checkMet, type Installment, totalOf } from './installment';
import type { Life } from './life';
import type { LoanCharge } from './loan-charge';

/** Takes over the due dates of periods that were moved; a charge for a day goes with the installment it is in. */
export const moveInstallments = (life: Life, on: Day): void => {
  for (const installment of life.installments) {
    if (installment.period === undefined) continue;
    installment.from = installment.period.from;
    installment.due = installment.period.due;
  }
  life.installments.sort((one, other) => one.due - other.due);
  for (const charge of life.charges) moveCharge(life, charge, on);
  life.installments = life.installments.filter(({ kind, owed }) => kind !== 'additional' || totalOf(owed) !== 0n);
};

/** Nothing is moved that was paid or waived already. */
const moveCharge = (life: Life, charge: LoanCharge, on: Day): void => {
  const [only, ...others] = charge.shares;
  if (charge.dueOn === undefined || only === undefined || others.length > 0) return;
  const [installment, share] = only;
  if (share.paid + share.waived !== 0n || !life.installments.includes(installment)) return;
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
