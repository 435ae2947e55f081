import { type Currency, type MoneyText, parseMoney } from '../kernel';
import { ARREARS_BUCKETS, type ArrearsBucket } from '../loan';
import { basisPoints, type LoanCourse, type Month, minorText, monthAfter, standingAt } from './loan-course';

/** Loans of one product in one bucket at the end of a month. */
export interface AgeingRow {
  readonly productId: string;
  readonly currency: Currency;
  readonly bucket: ArrearsBucket;
  readonly loans: number;
  readonly principal: MoneyText;
  /** Of the product's principal in this currency, in basis points. */
  readonly share: number;
}

interface Sum {
  loans: number;
  minor: bigint;
}

class Sums {
  readonly #sums = new Map<string, Sum>();

  add(key: string, minor: bigint): void {
    const sum = this.#sums.get(key) ?? { loans: 0, minor: 0n };
    sum.loans += 1;
    sum.minor += minor;
    this.#sums.set(key, sum);
  }

  of(key: string): Sum {
    return this.#sums.get(key) ?? { loans: 0, minor: 0n };
  }
}

const minorOf = ({ currency }: LoanCourse, amount: string): bigint => parseMoney({ amount, currency }).minor;

/** Ageing of principal by product and arrears bucket at the end of a month. Loans without principal are in none. */
export class Ageing {
  readonly #month: Month;
  readonly #groups = new Set<string>();
  readonly #sums = new Sums();

  constructor(month: Month) {
    this.#month = month;
  }

  add(course: LoanCourse): void {
    const standing = standingAt(course, this.#month);
    const minor = standing === undefined ? 0n : minorOf(course, standing.principal);
    if (standing === undefined || minor === 0n) return;
    const group = `${course.productId} ${course.currency}`;
    this.#groups.add(group);
    this.#sums.add(group, minor);
    this.#sums.add(`${group} ${standing.bucket}`, minor);
  }

  rows(): readonly AgeingRow[] {
    return [...this.#groups].toSorted().flatMap((group) => {
      const [productId = '', currency = ''] = group.split(' ');
      const of = currency as Currency;
      return ARREARS_BUCKETS.map((bucket) => {
        const { loans, minor } = this.#sums.of(`${group} ${bucket}`);
        const share = basisPoints(minor, this.#sums.of(group).minor);
        return { productId, currency: of, bucket, loans, principal: minorText(minor, of), share };
      });
    });
  }
}

/** Where loans of a bucket were a month later: in a bucket, paid off, or lost. */
export const ROLLS = [...ARREARS_BUCKETS, 'paid', 'lost'] as const;
export type Roll = (typeof ROLLS)[number];

/** Loans that were in one bucket at the end of a month, by where they were at the end of the next. */
export interface RollRow {
  readonly month: Month;
  readonly currency: Currency;
  readonly from: ArrearsBucket;
  readonly to: Roll;
  readonly loans: number;
  /** What their principal was at the end of the month before. */
  readonly principal: MoneyText;
  /** Of all that was in the bucket, in basis points. */
  readonly rate: number;
}

/** Roll rates from the month before to each month: of what was in a bucket, how much has gone where. */
export class RollRates {
  readonly #months: readonly Month[];
  readonly #currencies = new Set<Currency>();
  readonly #sums = new Sums();

  constructor(months: readonly Month[]) {
    this.#months = months;
  }

  add(course: LoanCourse): void {
    for (const month of this.#months) {
      const before = standingAt(course, monthAfter(month, -1));
      const minor = before === undefined ? 0n : minorOf(course, before.principal);
      if (before === undefined || minor === 0n) continue;
      this.#currencies.add(course.currency);
      const from = `${month} ${course.currency} ${before.bucket}`;
      this.#sums.add(from, minor);
      this.#sums.add(`${from} ${rollOf(course, month)}`, minor);
    }
  }

  rows(): readonly RollRow[] {
    const rows: RollRow[] = [];
    for (const month of this.#months) {
      for (const currency of [...this.#currencies].toSorted()) {
        for (const from of ARREARS_BUCKETS) {
          const all = this.#sums.of(`${month} ${currency} ${from}`);
          for (const to of ROLLS) {
            const { loans, minor } = this.#sums.of(`${month} ${currency} ${from} ${to}`);
            if (loans === 0) continue;
            const principal = minorText(minor, currency);
            rows.push({ month, currency, from, to, loans, principal, rate: basisPoints(minor, all.minor) });
          }
        }
      }
    }
    return rows;
  }
}

const rollOf = (course: LoanCourse, month: Month): Roll => {
  const after = standingAt(course, month);
  if (after === undefined) return 'paid';
  if (minorOf(course, after.principal) > 0n) return after.bucket;
  return after.month === month && minorOf(course, after.lost) > 0n ? 'lost' : 'paid';
};
