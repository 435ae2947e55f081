import {
  type BusinessDate,
  formatMinor,
  formatMoney,
  isPositive,
  type MoneyText,
  moneyOf,
  parseMoney,
  type Refusal,
  refuse,
} from '../kernel';
import { emptyAccount, type FactText } from './account';
import { agedTo } from './aging';
import { dearerThanAllowed } from './cap';
import type { LoanCommandOf } from './commands';
import type { LoanEvent } from './events';
import { totalOf } from './portions';
import { recordingOf } from './record';
import { currencyOf, factId, type LoanState, type RequestedTranche } from './state';

type Outcome = readonly LoanEvent[] | Refusal;
type Drawable = Extract<LoanState, { status: 'opened' | 'lent' }>;

/** What of the agreed amount has been lent; where it revolves, what of that is still outstanding. Minor units. */
const usedOf = (state: Drawable): bigint => {
  if (state.status === 'opened') return 0n;
  const { account, agreement } = state;
  return agreement.contract.terms.tranches.revolving === true
    ? account.outstanding.principal
    : account.disbursements.reduce((sum, { amount }) => sum + amount, 0n);
};

const sumOf = (tranches: readonly RequestedTranche[]): bigint => tranches.reduce((sum, { amount }) => sum + amount, 0n);

/** Why a payout is not one of this loan's: of another amount than agreed, or beyond what may still be drawn. */
export const flawOfPayout = (state: Drawable, amount: MoneyText): Refusal | undefined => {
  const { principal, terms } = state.agreement.contract;
  const agreed = parseMoney(principal).minor;
  const asked = parseMoney(amount).minor;
  const used = usedOf(state) + asked;
  const fits = terms.tranches.several ? asked > 0n && used <= agreed : used === agreed;
  return amount.currency === principal.currency && fits
    ? undefined
    : refuse('AMOUNT_MISMATCH', `the contract is over ${principal.amount} ${principal.currency}`);
};

/**
 * The borrower draws a tranche. It is held from the moment it is asked for, so that all tranches together stay within
 * what was agreed; a loan that is late lends nothing more, and what it would cost in all stays within the legal cap.
 */
export const drawTranche = ({ data, businessDate }: LoanCommandOf<'DrawTranche'>, state: LoanState): Outcome => {
  const { loanId, borrowerId, payoutId, amount } = data;
  if (state.status === 'none' || state.agreement.borrowerId !== borrowerId) {
    return refuse('NOT_FOUND', `there is no ${loanId}`);
  }
  if (state.status === 'cancelled') return refuse('LOAN_NOT_ACTIVE', `${loanId} is cancelled`);
  if (isKnown(state, payoutId)) return [];
  const now = state.status === 'lent' ? agedTo(state, businessDate).loan : state;
  const flaw = flawOfDrawing(loanId, now, amount) ?? tooDear(now, amount, businessDate);
  return flaw ?? [{ type: 'TrancheRequested', data: { payoutId, amount, requestedOn: businessDate } }];
};

const isKnown = (state: Drawable, payoutId: RequestedTranche['payoutId']): boolean =>
  state.requested.some((tranche) => tranche.payoutId === payoutId) ||
  (state.status === 'lent' && state.payouts.includes(payoutId));

const unavailable = (detail: string): Refusal => refuse('TRANCHE_NOT_AVAILABLE', detail);

const flawOfDrawing = (loanId: string, state: Drawable, amount: MoneyText): Refusal | undefined => {
  const currency = currencyOf(state);
  const { principal, terms } = state.agreement.contract;
  if (state.status === 'lent') {
    const { account, closedOn } = state;
    if (closedOn !== undefined || account.status !== 'active') {
      return refuse('LOAN_NOT_ACTIVE', `${loanId} lends nothing any more`);
    }
    if (totalOf(account.overdue) > 0n) return unavailable('something is overdue');
  }
  if (!terms.tranches.several) return unavailable('the loan is paid out in one sum');
  if (amount.currency !== currency) return refuse('CURRENCY_MISMATCH', `the loan is in ${currency}`);
  const asked = parseMoney(amount);
  if (!isPositive(asked)) return refuse('AMOUNT_NOT_POSITIVE', `an amount of ${amount.amount} ${currency}`);
  const free = parseMoney(principal).minor - usedOf(state) - sumOf(state.requested);
  return asked.minor <= free
    ? undefined
    : unavailable(`${formatMinor(free < 0n ? 0n : free, currency)} ${currency} is free`);
};

/** Before any money leaves: with this tranche paid out today, and with those on their way. */
const tooDear = (state: Drawable, amount: MoneyText, today: BusinessDate): Refusal | undefined => {
  const loan = state.status === 'lent' ? state : { agreement: state.agreement, facts: [], account: emptyAccount };
  const asked = parseMoney(amount);
  const all = formatMoney(moneyOf(asked.minor + sumOf(state.requested), asked.currency));
  const fact: FactText = {
    id: factId(loan, 'drawing'),
    kind: 'disbursement',
    amount: all.amount,
  };
  const { after } = recordingOf(loan, { fact, valueDate: today }, today);
  return dearerThanAllowed(loan, after, state.status === 'lent' ? state.account : undefined);
};

/** What could not be paid out is free again. */
export const releaseTranche = ({ data }: LoanCommandOf<'ReleaseTranche'>, state: LoanState): Outcome => {
  const { loanId, payoutId, reason } = data;
  if (state.status === 'none') return refuse('NOT_FOUND', `there is no ${loanId}`);
  if (state.status === 'cancelled') return [];
  const tranche = state.requested.find((each) => each.payoutId === payoutId);
  if (tranche === undefined) return [];
  const amount = formatMoney(moneyOf(tranche.amount, currencyOf(state)));
  return [{ type: 'TrancheReleased', data: { payoutId, amount, reason } }];
};
