import { type BusinessDate, formatMoney, type MoneyText } from '../kernel';
import type { Payee } from './events';
import { payoffOn } from './payoff';
import type { LoanState } from './state';

/** The loan that a repayment is for, as it stands on a day. */
export interface LoanStanding {
  readonly status: 'unknown' | 'opened' | 'active' | 'closed' | 'written-off' | 'cancelled';
  readonly borrowerId: string | undefined;
  /** What closes the loan that day; undefined unless it is active. */
  readonly payoff: MoneyText | undefined;
  /** The card that the money went to and comes back from. */
  readonly payer: Payee | undefined;
}

/** What others need to know of a loan before they take money for it. */
export const standingOf = (state: LoanState, on: BusinessDate): LoanStanding => {
  if (state.status === 'none') {
    return { status: 'unknown', borrowerId: undefined, payoff: undefined, payer: undefined };
  }
  const { borrowerId, payee: payer } = state.agreement;
  const payoff = payoffOn(state, on);
  return { status: state.status, borrowerId, payoff: payoff && formatMoney(payoff.total), payer };
};
