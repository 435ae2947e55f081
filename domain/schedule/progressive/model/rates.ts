import { type Day, dayOf } from '../../../calendar';
import { businessDate, type RateText } from '../../../kernel';
import type { LoanTerms } from '../../loan-terms';
import { approximately, type Decimal, decimalOf, plus } from './precision';

/** A nominal rate per year that holds for days that begin on its day or later. */
export interface DatedRate {
  readonly from: Day;
  readonly perYear: Decimal;
  readonly approximate: number;
}

export const datedRate = (from: Day, perYear: Decimal): DatedRate => ({
  from,
  perYear,
  approximate: approximately(perYear),
});

/** The rates of the terms, oldest first; the first holds for all days before it too. */
export const ratesOf = ({ rate }: Pick<LoanTerms, 'rate'>): DatedRate[] => {
  switch (rate.kind) {
    case 'fixed':
      return [datedRate(Number.NEGATIVE_INFINITY, decimalOf(rate.perYear))];
    case 'floating':
      return rate.table
        .map(({ from, perYear }) =>
          datedRate(dayOf(businessDate(from)), plus(decimalOf(perYear), decimalOf(rate.margin))),
        )
        .toSorted((one, other) => one.from - other.from);
  }
};

/** The rates once a new one holds from a day: what was fixed for that day before no longer counts. */
export const withRate = (rates: readonly DatedRate[], from: Day, perYear: RateText): DatedRate[] =>
  [...rates.filter((rate) => rate.from !== from), datedRate(from, decimalOf(perYear))].toSorted(
    (one, other) => one.from - other.from,
  );

/** The rate in force on a day. */
export const rateOn = (rates: readonly DatedRate[], day: Day): DatedRate => {
  for (let index = rates.length - 1; index > 0; index -= 1) {
    const rate = rates[index];
    if (rate !== undefined && rate.from <= day) return rate;
  }
  const [first] = rates;
  if (first === undefined) throw new RangeError('a loan has a rate');
  return first;
};
