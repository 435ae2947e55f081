import { type BusinessDate, formatMoney, type Money } from '../kernel';
import { scheduleFor } from './amortization';
import { allInRate } from './apr';
import type { Quote, Terms } from './terms';

/** A quote before it is sealed with its hash. */
export type QuoteFigures = Omit<Quote, 'quoteHash'>;

/** A hash as lower-case hex of a text's UTF-8 bytes: SHA-256 at the edges; the domain has none of its own. */
export type TextHash = (text: string) => string;

/**
 * The quote for a principal over a term, as if disbursed on the given day. Its hash covers `figuresText`, which leaves
 * out calendar days: the same figures disbursed on another day are still what was quoted and signed.
 */
export const quoteOf = (
  terms: Terms,
  principal: Money,
  termMonths: number,
  on: BusinessDate,
  hash: TextHash,
): Quote => {
  const schedule = scheduleFor(terms, principal, termMonths, on);
  const figures: QuoteFigures = {
    principal: formatMoney(principal),
    termMonths,
    terms,
    schedule,
    allInRate: allInRate(principal, schedule),
  };
  return { ...figures, quoteHash: hash(figuresText(figures)) };
};

/**
 * The text whose hash identifies a quote: one line per convention, figure and row, in a fixed order. It is part of the
 * contract: a changed line is a new first line ("usance-quote-2"), never an edit, or old contracts lose their hash.
 */
export const figuresText = ({ principal, termMonths, terms, schedule, allInRate }: QuoteFigures): string => {
  const { interest, fee, penalty, rounding } = terms;
  const { totals } = schedule;
  return [
    'usance-quote-1',
    `principal ${principal.amount} ${principal.currency}`,
    `term ${termMonths} months`,
    `interest ${interest.method} ${interest.amortization} ${interest.dayCount} ${interest.ratePerYear}`,
    `origination-fee ${fee.originationRate}`,
    `penalty ${penalty.ratePerYear} after ${penalty.graceDays} days`,
    `rounding ${rounding}`,
    `all-in ${allInRate}`,
    ...schedule.rows.map(
      ({ n, principal: part, interest: cost, fee: charge, total, balance }) =>
        `${n} ${part} ${cost} ${charge} ${total} ${balance}`,
    ),
    `total ${totals.principal} ${totals.interest} ${totals.fee} ${totals.total}`,
    '',
  ].join('\n');
};
