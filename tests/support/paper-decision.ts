import type { Decision } from '../../domain/application';
import { type MoneyText, parseMoney } from '../../domain/kernel';
import { type Quote, termMonthsOf } from '../../domain/schedule';
import type { BureauFile } from '../../simulation';

export interface Case {
  readonly file: BureauFile;
  readonly monthlyIncome: MoneyText;
  readonly quote: Quote;
}

/** What a house on paper says to an applicant: its engine is a few lines, and knows all three answers. */
export const decideOnPaper = ({ file, monthlyIncome, quote }: Case): Decision['outcome'] => {
  const disposable = parseMoney(monthlyIncome).minor - parseMoney(file.existingMonthlyDebt).minor;
  const { totals, currency } = quote.schedule;
  const months = BigInt(termMonthsOf(quote.terms, quote.installments));
  const asked = parseMoney({ amount: totals.total, currency }).minor;
  if (file.blacklisted || 2n * asked > disposable * months) return 'reject';
  if (file.creditHistory === 'delayed' || file.creditHistory === 'critical') return 'refer';
  return file.checkingStatus === 'none' && file.savings === 'unknown-or-none' ? 'reject' : 'approve';
};
