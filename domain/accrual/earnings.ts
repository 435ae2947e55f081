import { type AccrualId, accrualId, type BusinessDate, type Currency, type LoanId, type ProductId } from '../kernel';
import type { AccruingLoan } from '../loan';
import { type Portfolio, PortfolioSums } from './portfolio-sums';

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
    this.#know(productId, currency);
    if (until === undefined) return;
    const others = this.#turns.get(until);
    if (others === undefined) this.#turns.set(until, [id]);
    else others.push(id);
  }

  /** The sums of every portfolio at the end of a date. */
  on(date: BusinessDate): ReadonlyMap<AccrualId, Portfolio> {
    const sums = new PortfolioSums(date);
    for (const { productId, currency } of this.#portfolios.values()) sums.know(productId, currency);
    for (const loan of this.#loans.values()) sums.add(loan);
    return sums.portfolios;
  }

  #know(productId: ProductId, currency: Currency): void {
    const id = accrualId(productId, currency);
    if (!this.#portfolios.has(id)) this.#portfolios.set(id, { productId, currency });
  }
}
