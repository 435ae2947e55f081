import type { Decision } from '../../domain/application';
import { assert, type MoneyText, parseMoney } from '../../domain/kernel';
import type { Quote } from '../../domain/schedule';
import type { BureauFile } from '../../simulation';

export interface Case {
  readonly file: BureauFile;
  readonly monthlyIncome: MoneyText;
  readonly quote: Quote;
}

/** What a house on paper says to an applicant: its engine is a few lines, and knows all three answers. */
export const decideOnPaper = ({ file, monthlyIncome, quote }: Case): Decision['outcome'] => {
  const [row] = quote.schedule.rows;
  assert(row !== undefined, 'a plan has rows');
  const disposable = parseMoney(monthlyIncome).minor - parseMoney(file.existingMonthlyDebt).minor;
  const installment = parseMoney({ amount: row.total, currency: quote.principal.currency }).minor;
  if (file.blacklisted || 2n * installment > disposable) return 'reject';
  if (file.creditHistory === 'delayed' || file.creditHistory === 'critical') return 'refer';
  return file.checkingStatus === 'none' && file.savings === 'unknown-or-none' ? 'reject' : 'approve';
};
