import type { Day } from '../../../calendar';
import { chargeInstallment } from './charge';
import { outstandingOf } from './installment';
import type { Life } from './life';

/**
 * Charges what the terms provide for overdue installments: once for each that still owes principal or interest when
 * the days of grace after its due date are over, and on what it owes then.
 */
export const chargeOverdue = (life: Life, through: Day): void => {
  for (const { name, kind, time, calculation, graceDays = 0 } of life.terms.charges) {
    if (time !== 'overdue-installment') continue;
    for (const installment of life.installments) {
      if (installment.due + graceDays >= through) break;
      const principal = outstandingOf(installment, 'principal');
      const interest = outstandingOf(installment, 'interest');
      if (principal + interest <= 0n) continue;
      chargeInstallment(life, { fact: name, kind, calculation }, installment, { principal, interest });
    }
  }
};
