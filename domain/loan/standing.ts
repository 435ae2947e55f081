import { dayOf } from '../calendar';
import { type BusinessDate, type Currency, formatMoney, type LoanId, type MoneyText, moneyOf } from '../kernel';
import { type LoanAccount, type PortionAmounts, payoffOf, replayLoan } from '../schedule';
import { bucketOf, daysPastDueOn } from './arrears';
import type { Payee } from './events';
import { type Portions, portionsOf, totalOf } from './portions';
import {
  currencyOf,
  disbursedOn,
  endedOn,
  factNamed,
  isGivenUp,
  type LentLoan,
  type LoanState,
  loanAgreementOf,
  termsOf,
} from './state';

/** The loan that a repayment is for, as it stands on a day. */
export interface LoanStanding {
  readonly status: 'unknown' | 'opened' | 'active' | 'closed' | 'settled' | 'written-off' | 'cancelled';
  readonly borrowerId: string | undefined;
  /** What closes the loan that day; undefined unless it is active. */
  readonly payoff: MoneyText | undefined;
  /** The card that the money went to and comes back from. */
  readonly payer: Payee | undefined;
}

/** What closes a loan on a day. */
export interface Payoff {
  readonly on: BusinessDate;
  readonly total: MoneyText;
  readonly portions: Portions;
}

const isActive = (state: LoanState): state is LentLoan =>
  state.status === 'lent' && state.closedOn === undefined && !isGivenUp(state);

/** What closes an active loan on a day; a day before the disbursement counts as the disbursement's. */
export const payoffOn = (state: LoanState, day: BusinessDate): Payoff | undefined => {
  if (!isActive(state)) return undefined;
  const on = day > disbursedOn(state) ? day : disbursedOn(state);
  const amounts = payoffOf(termsOf(state), loanAgreementOf(state.agreement), state.facts, dayOf(on));
  const currency = currencyOf(state);
  return { on, total: formatMoney(moneyOf(totalOf(amounts), currency)), portions: portionsOf(amounts, currency) };
};

/** What others need to know of a loan before they take money for it. */
export const standingOf = (state: LoanState, on: BusinessDate): LoanStanding => {
  if (state.status === 'none') {
    return { status: 'unknown', borrowerId: undefined, payoff: undefined, payer: undefined };
  }
  const { borrowerId, payee: payer } = state.agreement;
  return { status: statusOf(state), borrowerId, payoff: payoffOn(state, on)?.total, payer };
};

const statusOf = (state: Exclude<LoanState, { status: 'none' }>): Exclude<LoanStanding['status'], 'unknown'> => {
  if (state.status !== 'lent') return state.status;
  if (state.account.status === 'written-off' || state.account.status === 'settled') return state.account.status;
  return state.closedOn === undefined ? 'active' : 'closed';
};

/** A loan that money comes in for, whoever sends it. */
export interface PaidInto {
  readonly loanId: LoanId;
  readonly status: LoanStanding['status'];
  readonly currency: Currency | undefined;
  /** What closes it; undefined unless it is active. */
  readonly payoff: MoneyText | undefined;
  /** The first day that money can count for it, a debt that was given up from now on only; undefined: it takes none. */
  readonly from: BusinessDate | undefined;
}

/** How a loan stands for money that comes in for it today. */
export const paidIntoOf = (loanId: LoanId, state: LoanState, today: BusinessDate): PaidInto => {
  const nothing = { loanId, status: 'unknown', currency: undefined, payoff: undefined, from: undefined } as const;
  if (state.status === 'none') return nothing;
  const status = statusOf(state);
  if (state.status !== 'lent') return { ...nothing, status };
  const takes = status === 'active' || status === 'written-off';
  return {
    ...{ loanId, status, currency: currencyOf(state), payoff: payoffOn(state, today)?.total },
    from: takes ? (isGivenUp(state) ? today : disbursedOn(state)) : undefined,
  };
};

/** What a loan has to be paid by the end of a day. */
export interface LoanDues {
  readonly status: LoanStanding['status'];
  readonly borrowerId: string | undefined;
  /** Of the installments due by that day, as far as it is on record; undefined where nothing is lent. */
  readonly unpaid: MoneyText | undefined;
}

/** What is unpaid of the installments of a loan that are due by the end of a day. */
export const duesOn = (state: LoanState, on: BusinessDate): LoanDues => {
  if (state.status === 'none') return { status: 'unknown', borrowerId: undefined, unpaid: undefined };
  const { borrowerId } = state.agreement;
  const status = statusOf(state);
  if (state.status !== 'lent') return { status, borrowerId, unpaid: undefined };
  return { status, borrowerId, unpaid: formatMoney(moneyOf(unpaidOf(state.account, on), currencyOf(state))) };
};

/** What is unpaid of the installments of an account that are due by the end of a day, in minor units. */
export const unpaidOf = (account: LoanAccount, on: BusinessDate): bigint => {
  const day = dayOf(on);
  return totalOf(sumOf(account, (due) => due <= day));
};

/** What is still to be paid, by portion: `due` is what has fallen due, `notDue` what the plan will still demand. */
export interface Outstanding {
  readonly due: Portions;
  readonly notDue: Portions;
}

/** What a loan still has to be paid, as it is on record. Nothing unless it is lent. */
export const outstandingOf = (state: Exclude<LoanState, { status: 'none' }>): Outstanding => {
  const currency = currencyOf(state);
  const nothing = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };
  const [due, notDue] =
    state.status === 'lent'
      ? [
          sumOf(state.account, (day) => day <= state.account.asOf),
          sumOf(state.account, (day) => day > state.account.asOf),
        ]
      : [nothing, nothing];
  return { due: portionsOf(due, currency), notDue: portionsOf(notDue, currency) };
};

const sumOf = ({ installments }: LoanAccount, counts: (due: number) => boolean): PortionAmounts => {
  const sum = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };
  for (const { due, owed, paid, waived, writtenOff } of installments) {
    if (!counts(due)) continue;
    for (const portion of ['principal', 'interest', 'fee', 'penalty'] as const) {
      sum[portion] += owed[portion] - paid[portion] - waived[portion] - writtenOff[portion];
    }
  }
  return sum;
};

/** A loan's account as it was on a day, by all that is on record of it, late facts among them. */
export const accountOn = (loan: LentLoan, on: BusinessDate): LoanAccount =>
  replayLoan(termsOf(loan), loanAgreementOf(loan.agreement), loan.facts, dayOf(on));

/**
 * A loan as it was at the end of a day, by all that is on record of it, late facts among them. Undefined while it was
 * not lent.
 */
export const lentLoanOn = (state: LoanState, on: BusinessDate): LentLoan | undefined => {
  if (state.status !== 'lent' || on < disbursedOn(state)) return undefined;
  const { closedOn: _, ...loan } = state;
  const day = dayOf(on);
  const facts = state.facts.filter((fact) => fact.on <= day);
  const account = accountOn(state, on);
  const named = (name: string): boolean => factNamed({ facts }, name) !== undefined;
  const [applied, payouts] = [state.applied.filter(named), state.payouts.filter(named)];
  const ended = account.status === 'closed' || account.status === 'overpaid';
  const last = endedOn(account);
  return {
    ...loan,
    ...{ facts, account, applied, payouts, bucket: bucketOf(daysPastDueOn({ account }, day)), agedThrough: on },
    ...(ended && last !== undefined && { closedOn: last }),
  };
};
