import { type Day, dateOf, dayOf } from '../calendar';
import type { BusinessDate, Currency, ProductId } from '../kernel';
import { accountingOf, type LoanAccount } from '../schedule';
import { type Accruing, accruedBy, accruingOn, isSuspended } from './account';
import { currencyOf, type LoanState, termsOf } from './state';

/** What a loan is earning at the end of a day, as far as a register of accrued interest has to know. */
export interface AccruingLoan {
  readonly productId: ProductId;
  readonly currency: Currency;
  /** What it earns is suspended. */
  readonly suspended: boolean;
  readonly accruing: readonly Accruing[];
  /** The next day on which time alone makes this another answer. */
  readonly until: BusinessDate | undefined;
}

/**
 * What a loan is earning at the end of a day, by all that is on record of it. Undefined when it earns nothing then or
 * later: it has ended, was given up or charged off, or its interest is income only once it is paid.
 */
export const accruingLoanOn = (state: LoanState, on: BusinessDate): AccruingLoan | undefined => {
  if (state.status !== 'lent' || state.closedOn !== undefined) return undefined;
  const { account, agreement } = state;
  const terms = termsOf(state);
  const { basis, suspendAfterDays } = accountingOf(terms);
  const until = nextTurn(account, dayOf(on));
  if (basis === 'cash' || account.status !== 'active' || until === undefined) return undefined;
  return {
    productId: agreement.productId,
    currency: currencyOf(state),
    suspended: isSuspended(account, account.asOf, suspendAfterDays),
    accruing: accruingOn(account, terms, dayOf(on)),
    until: dateOf(until),
  };
};

/** The next day on which an installment falls due, or its days begin. */
const nextTurn = ({ installments }: LoanAccount, day: Day): Day | undefined => {
  const days = installments.flatMap(({ from, due }) => [from, due]).filter((turn) => turn > day);
  return days.length === 0 ? undefined : Math.min(...days);
};

/** What has been earned by the end of a day and is not due, in minor units. */
export const accruedOn = ({ accruing }: Pick<AccruingLoan, 'accruing'>, on: BusinessDate): bigint => {
  const day = dayOf(on);
  return accruing.reduce((sum, each) => sum + accruedBy(each, day), 0n);
};
