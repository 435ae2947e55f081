import type { Day } from '../../../calendar';
import { checkMet, oweAsPlanned } from './installment';
import type { Life } from './life';

/** Takes over what the model says of the installments that have changed there, from a due date on. */
export const takeOver = ({ installments, model }: Life, on: Day, fromDue = Number.NEGATIVE_INFINITY): void => {
  // What comes beside the periods (down payments, additional ones) can only push their installments back.
  const beside = installments.length - model.periods.length;
  const end = Math.min(installments.length - 1, model.changedTo + Math.max(0, beside));
  for (let index = Math.max(0, Math.min(model.changedFrom, model.changedFrom + beside)); index <= end; index += 1) {
    const installment = installments[index];
    if (installment?.period === undefined || installment.due < fromDue) continue;
    const { owed, beside: extra, period, isMet } = installment;
    const isSame =
      owed.principal === period.duePrincipal + extra.principal && owed.interest === period.dueInterest + extra.interest;
    if (isSame && isMet) continue;
    if (!isSame) oweAsPlanned(installment);
    checkMet(installment, on);
  }
  model.changedFrom = Number.POSITIVE_INFINITY;
  model.changedTo = -1;
};
