import type { Day } from '../../../calendar';
import { absorb } from './absorb';
import { carry } from './carry';
import { equalInstallment } from './installment-amount';
import { isPaidUp, type Model, owedPrincipal, paidIn } from './model';
import { hasOwnShape } from './shapes';
import { smooth } from './smoothing';

/** Repays what is left in as many installments as are left, each smaller: after a payment in advance. */
export const lowerInstallments = (model: Model, on: Day): void => {
  if (hasOwnShape(model) || model.terms.interest.method === 'flat') return;
  const open = model.periods.filter(
    (period) => period.due > on && !isPaidUp(period) && paidIn(period) === 0n && !period.principalGrace,
  );
  if (open.length < 2) return;
  const left = open.reduce((sum, period) => sum + owedPrincipal(period), 0n);
  const emi = equalInstallment(model, open, left);
  for (const period of open) {
    period.emi = emi;
    period.plannedEmi = emi;
  }
  carry(model);
  absorb(model, on);
  if (model.periods.slice(-open.length).every((period) => open.includes(period))) smooth(model, open);
};
