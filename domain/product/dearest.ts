import { add, compareRates, fromEpochDay, moneyOf, parseMoney, type RateText, type Rounding } from '../kernel';
import { effectiveAnnualRate, originationFee, rowsFor, scheduleFor } from '../schedule';
import type { Offering } from './events';

/** The rate of a choice does not depend on the calendar; any day will do. */
const ANY_DAY = fromEpochDay(0);

/** Parts of a minor unit: figures this fine are as good as unrounded. */
const FINE = 1_000_000_000n;

/** The most by which a rounding can raise an amount, in fine parts of a minor unit. */
const RAISED_BY: Readonly<Record<Rounding, bigint>> = {
  HALF_EVEN: FINE / 2n,
  HALF_UP: FINE / 2n,
  UP: FINE,
  DOWN: 0n,
};

/**
 * The all-in rate that no amount within the bounds can exceed over so many months. Unrounded, it is the same for every
 * amount; roundings weigh most on the least amount, and never more than this: the fee and each month's interest raised
 * in full, and the installment too, so that principal is out for a shorter while.
 */
const dearestOver = ({ terms, amount }: Offering, months: number): RateText => {
  const raise = moneyOf(RAISED_BY[terms.rounding], terms.currency);
  const principal = moneyOf(parseMoney(amount.least).minor * FINE, terms.currency);
  const { rows: periods } = scheduleFor(terms, principal, months, ANY_DAY);
  const minor = (text: string): bigint => parseMoney({ amount: text, currency: terms.currency }).minor;
  const [first] = periods;
  const unrounded = moneyOf(first ? minor(first.principal) + minor(first.interest) : 0n, terms.currency);
  const rows = rowsFor(terms, principal, {
    periods,
    installment: add(unrounded, raise),
    fee: add(originationFee(terms, principal), raise),
  });
  return effectiveAnnualRate(
    principal.minor,
    rows.map(({ total }) => minor(total) + raise.minor),
  );
};

/** The dearest all-in rate that an offering can lead to: no choice within its bounds costs more. */
export const dearestAllInRate = (offering: Offering): RateText => {
  const { least, most } = offering.termMonths;
  let dearest = dearestOver(offering, least);
  for (let months = least + 1; months <= most; months++) {
    const rate = dearestOver(offering, months);
    if (compareRates(rate, dearest) > 0) dearest = rate;
  }
  return dearest;
};
