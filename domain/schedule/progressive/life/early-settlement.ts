import type { Day } from '../../../calendar';
import { chargeInstallment } from './charge';
import type { Life } from './life';
import { payoffAmounts } from './payoff';

/**
 * Charges what the terms provide for when a loan is paid off before its end: once, with the running installment, on
 * what closes the loan. `paid`: what comes in; only what closes the loan is charged for. Absent: a payoff.
 */
export const chargeEarlySettlement = (life: Life, on: Day, until: Day, paid?: bigint): void => {
  if (paid !== undefined && paid < life.outstandingPrincipal) return;
  for (const { name, kind, time, calculation } of life.terms.charges) {
    if (time !== 'early-settlement' || life.charges.some(({ fact }) => fact === name)) continue;
    const running = life.installments.find(({ due, period }) => period !== undefined && due > on);
    const { principal, interest, fee, penalty } = payoffAmounts(life, until);
    const isPaidOff = paid === undefined || paid >= principal + interest + fee + penalty;
    if (running === undefined || principal === 0n || !isPaidOff) continue;
    chargeInstallment(life, { fact: name, kind, calculation }, running, { principal, interest });
  }
};
