import type { Day } from '../../../calendar';
import { checkMet } from './installment';
import type { Life } from './life';

/** Takes over what the model says of every installment from a due date on. */
export const takeOver = ({ installments }: Life, on: Day, fromDue = Number.NEGATIVE_INFINITY): void => {
  for (const installment of installments) {
    const { period, owed } = installment;
    if (period === undefined || installment.due < fromDue) continue;
    owed.principal = period.duePrincipal;
    owed.interest = period.dueInterest;
    checkMet(installment, on);
  }
};
