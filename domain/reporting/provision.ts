import { type BusinessDate, businessDate, type Currency, daysBetween, type MoneyText, parseMoney } from '../kernel';
import { type LoanCourse, lastDayOf, type Month, minorText, standingAt } from './loan-course';

export const LOAN_CATEGORIES = ['normal', 'special-mention', 'substandard', 'doubtful', 'loss'] as const;
export type LoanCategory = (typeof LOAN_CATEGORIES)[number];

/** By which a version of the rates classifies loans, and what it provides for. */
export interface ProvisionRates {
  readonly version: string;
  /** In force from this date on, until the next version is. */
  readonly from: BusinessDate;
  readonly source: string;
  /** Days past due from which a loan is at least in the category; and what is provided, in basis points. */
  readonly categories: Readonly<Record<LoanCategory, { readonly pastDueFrom: number; readonly rate: number }>>;
}

/**
 * The five categories of loans. Classification: Measures for the Risk Classification of Financial Assets of Commercial
 * Banks (CBIRC and PBC, order no. 1 of 2023), articles 10 to 12: past due at all is special mention at the least, more
 * than 90 days substandard, more than 270 doubtful, more than 360 loss. Rates: Guidelines on Provisioning for Loan
 * Losses (PBC, Yinfa [2002] 98): general 1 %, special mention 2 %, substandard 25 %, doubtful 50 %, loss 100 %.
 */
export const PROVISION_RATES: readonly ProvisionRates[] = [
  {
    version: '2023-1',
    from: businessDate('2002-01-01'),
    source: 'CBIRC and PBC order 1 of 2023, articles 10 to 12; PBC Yinfa [2002] 98',
    categories: {
      normal: { pastDueFrom: 0, rate: 100 },
      'special-mention': { pastDueFrom: 1, rate: 200 },
      substandard: { pastDueFrom: 91, rate: 2_500 },
      doubtful: { pastDueFrom: 271, rate: 5_000 },
      loss: { pastDueFrom: 361, rate: 10_000 },
    },
  },
];

/** The version in force on a date. */
export const provisionRatesOn = (on: BusinessDate, versions = PROVISION_RATES): ProvisionRates | undefined =>
  versions.filter(({ from }) => from <= on).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];

export const categoryOf = ({ categories }: ProvisionRates, daysPastDue: number): LoanCategory =>
  LOAN_CATEGORIES.findLast((category) => categories[category].pastDueFrom <= daysPastDue) ?? 'normal';

export interface ProvisionRow {
  readonly currency: Currency;
  readonly category: LoanCategory;
  readonly loans: number;
  readonly principal: MoneyText;
  /** In basis points. */
  readonly rate: number;
  readonly provision: MoneyText;
}

/** What would be provided at the end of a month, by category: principal times rate, rounded up to the minor unit. */
export class Provisions {
  readonly #month: Month;
  readonly #on: BusinessDate;
  readonly #rates: ProvisionRates;
  readonly #sums = new Map<Currency, Map<LoanCategory, { loans: number; minor: bigint }>>();

  constructor(of: { readonly month: Month; readonly on?: BusinessDate; readonly rates: ProvisionRates }) {
    this.#month = of.month;
    this.#on = of.on ?? lastDayOf(of.month);
    this.#rates = of.rates;
  }

  add(course: LoanCourse): void {
    const standing = standingAt(course, this.#month);
    if (standing === undefined) return;
    const { currency } = course;
    const { minor } = parseMoney({ amount: standing.principal, currency });
    if (minor === 0n) return;
    const since = standing.pastDueSince;
    const category = categoryOf(this.#rates, since === undefined ? 0 : Math.max(0, daysBetween(since, this.#on)));
    const sums = this.#sums.get(currency) ?? new Map<LoanCategory, { loans: number; minor: bigint }>();
    this.#sums.set(currency, sums);
    const sum = sums.get(category) ?? { loans: 0, minor: 0n };
    sums.set(category, { loans: sum.loans + 1, minor: sum.minor + minor });
  }

  rows(): readonly ProvisionRow[] {
    return [...this.#sums].toSorted().flatMap(([currency, sums]) =>
      LOAN_CATEGORIES.map((category) => {
        const { loans, minor } = sums.get(category) ?? { loans: 0, minor: 0n };
        const { rate } = this.#rates.categories[category];
        const provision = (minor * BigInt(rate) + 9_999n) / 10_000n;
        return {
          ...{ currency, category, loans, rate },
          principal: minorText(minor, currency),
          provision: minorText(provision, currency),
        };
      }),
    );
  }
}
