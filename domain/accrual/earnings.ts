import { type AccrualId, accrualId, type BusinessDate, type Currency, type LoanId, type ProductId } from '../kernel';
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

/**
 * What every open loan is earning, so that the sums of a date are there without asking each of them again: only loans
 * that something has happened to, and those whose installment has fallen due, have to be looked at.
 */
export class Earnings {
  readonly #loans = new Map<LoanId, AccruingLoan>();
  /** Loans by the day on which time alone makes something else of them. */
  readonly #turns = new Map<BusinessDate, LoanId[]>();
  /** Every portfolio that was ever earned in: one that has ended still has to be brought to nothing. */
  readonly #portfolios = new Map<AccrualId, Pick<Portfolio, 'productId' | 'currency'>>();

  /** The loans that are something else by a date, because an installment of theirs has fallen due. Asked once. */
  turnedBy(date: BusinessDate): readonly LoanId[] {
    const turned: LoanId[] = [];
    for (const [day, loans] of this.#turns) {
      if (day > date) continue;
      turned.push(...loans);
      this.#turns.delete(day);
    }
    return turned;
  }

  /** Takes in what a loan is earning, or that it earns nothing any more. */
  put(id: LoanId, loan: AccruingLoan | undefined): void {
    if (loan === undefined) {
      this.#loans.delete(id);
      return;
    }
    const { productId, currency, until } = loan;
    this.#loans.set(id, loan);
    this.know(productId, currency);
    if (until === undefined) return;
    const others = this.#turns.get(until);
    if (others === undefined) this.#turns.set(until, [id]);
    else others.push(id);
  }

  /** There is, or was, a loan of this product and currency. */
  know(productId: ProductId, currency: Currency): void {
    const id = accrualId(productId, currency);
    if (!this.#portfolios.has(id)) this.#portfolios.set(id, { productId, currency });
  }

  /** The sums of every portfolio at the end of a date. */
  on(date: BusinessDate): ReadonlyMap<AccrualId, Portfolio> {
    const sums = new Map<AccrualId, Sums>();
    for (const [id, about] of this.#portfolios) sums.set(id, { ...about, loans: 0, accrued: 0n, suspended: 0n });
    const registers = new Map<string, Sums | undefined>();
    for (const loan of this.#loans.values()) {
      if (loan.accruing.length === 0) continue;
      const key = `${loan.productId} ${loan.currency}`;
      let register = registers.get(key);
      if (register === undefined) {
        register = sums.get(accrualId(loan.productId, loan.currency));
        registers.set(key, register);
      }
      if (register === undefined) continue;
      const accrued = accruedOn(loan, date);
      register.loans += 1;
      register.accrued += accrued;
      if (loan.suspended) register.suspended += accrued;
    }
    return sums;
  }
}
