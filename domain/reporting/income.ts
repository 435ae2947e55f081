import { type Currency, type MoneyText, parseMoney } from '../kernel';
import { EARNINGS, type Earning, type LoanCourse, type Month, minorText } from './loan-course';

/** What one product has earned in a month: as booked, and as paid. */
export interface IncomeRow {
  readonly month: Month;
  readonly productId: string;
  readonly currency: Currency;
  readonly earning: Earning;
  /** In the books: interest as it is earned where the product is on the accrual basis. */
  readonly booked: MoneyText;
  /** What borrowers have paid of it. */
  readonly paid: MoneyText;
}

/** What a register has booked as interest income on a date, for the loans of one product. */
export interface RegisteredIncome {
  readonly productId: string;
  readonly currency: Currency;
  readonly month: Month;
  readonly minor: bigint;
}

/** Income by product and month. */
export class Income {
  readonly #within: (month: Month) => boolean;
  readonly #sums = new Map<string, { booked: bigint; paid: bigint }>();

  constructor(from: Month, through: Month) {
    this.#within = (month) => from <= month && month <= through;
  }

  add({ productId, currency, months }: LoanCourse): void {
    for (const { month, booked, paid } of months) {
      for (const earning of EARNINGS) {
        const minor = (amount: string): bigint => parseMoney({ amount, currency }).minor;
        this.#add(`${month} ${productId} ${currency} ${earning}`, minor(booked[earning]), minor(paid[earning]));
      }
    }
  }

  register({ productId, currency, month, minor }: RegisteredIncome): void {
    this.#add(`${month} ${productId} ${currency} interest`, minor, 0n);
  }

  rows(): readonly IncomeRow[] {
    return [...this.#sums]
      .filter(([, { booked, paid }]) => booked !== 0n || paid !== 0n)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { booked, paid }]) => {
        const [month = '', productId = '', of = '', earning = ''] = key.split(' ');
        const currency = of as Currency;
        return {
          ...{ month, productId, currency, earning: earning as Earning },
          booked: minorText(booked, currency),
          paid: minorText(paid, currency),
        };
      });
  }

  #add(key: string, booked: bigint, paid: bigint): void {
    if (!this.#within(key.slice(0, 7))) return;
    const sum = this.#sums.get(key) ?? { booked: 0n, paid: 0n };
    this.#sums.set(key, { booked: sum.booked + booked, paid: sum.paid + paid });
  }
}
