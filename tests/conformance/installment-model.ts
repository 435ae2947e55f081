import { absorb } from '../../domain/schedule/progressive/model/absorb';
import { pauseInterest } from '../../domain/schedule/progressive/model/balance-change';
import { putBack } from '../../domain/schedule/progressive/model/credit';
import { changeRate, disburse } from '../../domain/schedule/progressive/model/disburse';
import { balanceAfter, modelOf } from '../../domain/schedule/progressive/model/model';
import { payInterest, payPrincipal } from '../../domain/schedule/progressive/model/pay';
import type { Engine } from './loan-engine';

/** What the progressive planning works interest out of, by itself: money goes into the periods that are named. */
export const installmentModel: NonNullable<Engine['model']> = (terms, periods, fullTerm) => {
  const model = modelOf(terms, periods, fullTerm);
  const indexOf = (due: number): number => {
    const index = model.periods.findIndex((period) => period.due === due);
    if (index < 0) throw new Error(`no period is due on day ${due}`);
    return index;
  };
  return {
    disburse: (on, amount) => disburse(model, on, amount),
    payPrincipal: (due, on, amount) => payPrincipal(model, indexOf(due), on, amount),
    payInterest: (due, on, amount) => payInterest(model, indexOf(due), on, amount),
    creditPrincipal: (on, amount) => putBack(model, on, amount, 0n),
    creditInterest: (on, amount) => putBack(model, on, 0n, amount),
    pauseInterest: (from, through) => {
      const period = model.periods[pauseInterest(model, { from, through })];
      if (period !== undefined) absorb(model, period.from);
    },
    changeRate: (from, perYear) => changeRate(model, from, perYear),
    rows: () =>
      model.periods.map((period, index) => ({
        n: index + 1,
        installment: period.emi,
        interest: period.dueInterest,
        principal: period.duePrincipal,
        balance: balanceAfter(period),
      })),
  };
};
