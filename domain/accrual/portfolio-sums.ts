import { type AccrualId, accrualId, type BusinessDate, type Currency, type ProductId } from '../kernel';
import { type AccruingLoan, accruedOn } from '../loan';

/** What all loans of one product and currency have earned by the end of a date, in minor units. */
export interface Portfolio {
  readonly productId: ProductId;
  readonly currency: Currency;
  /** How many of them were earning. */
  readonly loans: number;
  readonly accrued: bigint;
  readonly suspended: bigint;
}

type Sums = { -readonly [Field in keyof Portfolio]: Portfolio[Field] };

/** Adds up, loan by loan, what every portfolio has earned by the end of a date. */
export class PortfolioSums {
  readonly #sums = new Map<AccrualId, Sums>();
  /** By product and currency: many loans are added, to few of them. */
  readonly #registers = new Map<string, Sums>();

  constructor(private readonly date: BusinessDate) {}

  /** There is, or was, a loan of this product and currency: a portfolio that has ended is brought to nothing. */
  know(productId: ProductId, currency: Currency): void {
    this.#register(productId, currency);
  }

  add(loan: AccruingLoan): void {
    if (loan.accruing.length === 0) return;
    const register = this.#register(loan.productId, loan.currency);
    const accrued = accruedOn(loan, this.date);
    register.loans += 1;
    register.accrued += accrued;
    if (loan.suspended) register.suspended += accrued;
  }

  get portfolios(): ReadonlyMap<AccrualId, Portfolio> {
    return this.#sums;
  }

  #register(productId: ProductId, currency: Currency): Sums {
    const key = `${productId} ${currency}`;
    const known = this.#registers.get(key);
    if (known !== undefined) return known;
    const register: Sums = { productId, currency, loans: 0, accrued: 0n, suspended: 0n };
    this.#registers.set(key, register);
    this.#sums.set(accrualId(productId, currency), register);
    return register;
  }
}
