import type { Day } from '../../../calendar';
import type { PortionAmounts } from '../../replay';
import { absorb } from '../model/absorb';
import { positive } from '../model/amounts';
import { outstandingPrincipalOf } from '../model/carry';
import type { Model } from '../model/model';
import { interestUntil } from '../model/until';
import { outstandingOf } from './installment';
import { followsDays, type Life, outstandingPortions } from './life';

/** Index of the period that a day lies in: after its first day, up to and with its due date. */
export const runningOn = ({ periods }: Model, on: Day): number =>
  periods.findIndex(({ from, due }) => from < on && on <= due);

/** What closes the loan on a day. Where interest follows days: the interest of days gone by, and no more. */
export const payoffAmounts = (life: Life, on: Day): PortionAmounts => {
  const all = outstandingPortions(life.installments);
  if (!followsDays(life)) return all;
  const { principal, interest } = owedUntil(life.model, on);
  let [otherPrincipal, otherInterest] = [0n, 0n];
  for (const installment of life.installments) {
    if (installment.period !== undefined) continue;
    otherPrincipal += positive(outstandingOf(installment, 'principal'));
    otherInterest += positive(outstandingOf(installment, 'interest'));
  }
  return { ...all, principal: principal + otherPrincipal, interest: interest + otherInterest };
};

/** Principal and interest that are owed when nothing bears interest after a day. */
const owedUntil = (model: Model, on: Day): Pick<PortionAmounts, 'principal' | 'interest'> => {
  const until = interestUntil(model, on);
  absorb(until, on);
  const { dueInterest, paidInterest } = until.sums;
  return { principal: outstandingPrincipalOf(until), interest: positive(dueInterest - paidInterest) };
};
