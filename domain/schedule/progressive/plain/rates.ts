import { nearestDouble } from '../../doubles';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAgreement } from '../../replay';
import { type MoneyRules, roundedAmount } from '../model/money-rules';
import { nominalUnits, regular } from '../model/nominal-units';
import { type Decimal, over, times, whole } from '../model/precision';
import { rateOn, ratesOf } from '../model/rates';
import { countsNominally, exactFactorOf, type Stretch, type YearShare, yearShareOf } from '../model/year-share';
import { isInStep, isSteady, type PlainDates, sharesOf, stretchAt } from './shares';

/** Rates of a loan's periods as doubles, and its interest digit by digit where those will not do. */
export interface Rates {
  /** Of each period's own days. Relative error below 13 × 2^−53. */
  readonly interest: readonly number[];
  /** That which the installment is worked out with: another where periods are broken or have grace. */
  readonly installment: readonly number[];
  readonly exactly: (index: number, balance: number) => number;
}

export const periodRates = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  money: MoneyRules,
  dates: PlainDates,
): Rates => {
  const inStep = isInStep(terms, agreement);
  const isBroken = countsNominally(terms) && !inStep;
  const units = regular(terms.dueDates.period);
  const regularShare = (stretch: Stretch): YearShare => yearShareOf(terms, stretch, stretch.from, stretch.due, units);
  const ownShare = (stretch: Stretch): YearShare =>
    isBroken
      ? yearShareOf(terms, stretch, stretch.from, stretch.due, nominalUnits(terms.dueDates, dates.start, stretch))
      : regularShare(stretch);
  const rates = ratesOf(terms);
  const interest = sharesOf(terms, dates, inStep, ownShare);
  charge(interest, terms, rates, dates);
  let installment = interest;
  if (isBroken) {
    installment = sharesOf(terms, dates, inStep, regularShare);
    charge(installment, terms, rates, dates);
  }
  const put = interestGraceOf(terms, interest.length);
  if (put > 0) installment = installment.slice().fill(0, 0, put);
  let factorOfAll: Decimal | undefined;
  const isAlike = rates.length === 1 && inStep && isSteady(terms, dates.start);
  const factorOf = (stretch: Stretch): Decimal => {
    if (isAlike && factorOfAll !== undefined) return factorOfAll;
    factorOfAll = exactFactorOf(rateOn(rates, stretch.from).perYear, ownShare(stretch));
    return factorOfAll;
  };
  const exactly = (index: number, balance: number): number => {
    const stretch = stretchAt(dates, index);
    const days = whole(stretch.due - stretch.from);
    return nearestDouble(roundedAmount(money, times(over(times(whole(balance), factorOf(stretch)), days), days)));
  };
  return { interest, installment, exactly };
};

/** How many of the first installments ask for no interest. The last one always asks for all there is. */
export const interestGraceOf = ({ amortization, grace }: LoanTerms, installments: number): number =>
  amortization.kind === 'bullet' ? installments - 1 : Math.min(grace.interest, installments - 1);

/** Shares of a year become rates, none for periods that are free of interest. */
const charge = (
  shares: number[],
  { grace }: LoanTerms,
  rates: ReturnType<typeof ratesOf>,
  { start, dues }: PlainDates,
): void => {
  const single = rates.length === 1 ? rates[0]?.approximate : undefined;
  let from = start;
  for (let index = 0; index < shares.length; index += 1) {
    const perYear = single ?? rateOn(rates, from).approximate;
    shares[index] = index < grace.interestFree ? 0 : perYear * (shares[index] ?? 0);
    from = dues[index] ?? from;
  }
};
