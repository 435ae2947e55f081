import { type Currency, formatMoney, type MoneyText, moneyOf, parseMoney } from '../../domain/kernel';
import { PORTIONS } from '../../domain/loan';
import type { Figures, LoanFigures } from './figures';

/** What became of the loans of one product. Sums in one currency. */
export interface ProductSummary {
  readonly product: string;
  readonly loans: number;
  readonly closed: number;
  readonly lent: MoneyText;
  readonly repaid: MoneyText;
  /** Principal that is still to come back. */
  readonly outstanding: MoneyText;
  /** Interest that has fallen due, or was paid before it did. */
  readonly interest: MoneyText;
  /** What is overdue of all portions, and on how many loans. */
  readonly overdue: MoneyText;
  readonly late: number;
}

type Installment = LoanFigures['installments'][number];

/** The loans of each product, in the order of the products' names; what is in another currency counts for nothing. */
export const byProduct = ({ products, loans, asOf }: Figures, currency: Currency): readonly ProductSummary[] => {
  const minorOf = (amount: string): bigint => parseMoney({ amount, currency }).minor;
  const money = (minor: bigint): MoneyText => formatMoney(moneyOf(minor, currency));

  const interestOf = (asked: Installment): bigint => {
    const paid = minorOf(asked.paid.interest);
    const due = minorOf(asked.scheduled.interest) - minorOf(asked.remitted.interest);
    return asked.due <= asOf && due > paid ? due : paid;
  };
  const overdueOf = ({ due, scheduled, paid, remitted }: Installment): bigint =>
    due < asOf
      ? PORTIONS.reduce(
          (sum, each) => sum + minorOf(scheduled[each]) - minorOf(paid[each]) - minorOf(remitted[each]),
          0n,
        )
      : 0n;
  const overInstallments = (loan: LoanFigures, of: (asked: Installment) => bigint): bigint =>
    loan.installments.reduce((sum, asked) => sum + of(asked), 0n);

  const summaryOf = (product: Figures['products'][number]): ProductSummary => {
    const lent = loans.filter(({ productId, status, lent: sum }) => {
      return productId === product.id && status !== 'opened' && status !== 'cancelled' && sum.currency === currency;
    });
    const total = (of: (loan: LoanFigures) => bigint): MoneyText =>
      money(lent.reduce((sum, loan) => sum + of(loan), 0n));
    const open = lent.filter(({ status }) => status === 'active');
    return {
      product: product.offering.name,
      loans: lent.length,
      closed: lent.filter(({ status }) => status === 'closed').length,
      lent: total((loan) => minorOf(loan.lent.amount)),
      repaid: total(({ repayments }) => repayments.reduce((sum, { amount }) => sum + minorOf(amount.amount), 0n)),
      outstanding: total((loan) => minorOf(loan.principalOutstanding.amount)),
      interest: total((loan) => overInstallments(loan, interestOf)),
      overdue: money(open.reduce((sum, loan) => sum + overInstallments(loan, overdueOf), 0n)),
      late: open.filter(({ bucket }) => bucket !== 'current').length,
    };
  };
  return products.toSorted((a, b) => (a.offering.name < b.offering.name ? -1 : 1)).map(summaryOf);
};
