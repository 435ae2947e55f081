import type { Decision, Declaration } from '../../domain/application';
import { readResidentId } from '../../domain/borrower';
import { assert, type BusinessDate, divideRounded, parseMoney } from '../../domain/kernel';
import type { Quote } from '../../domain/schedule';
import { conclude, firstCreditPolicy } from '../../risk';
import type { BureauFile } from '../../simulation';

export interface Case {
  readonly idNumber: string;
  readonly file: BureauFile;
  readonly declaration: Declaration;
  readonly quote: Quote;
  readonly today: BusinessDate;
}

/** What the house's own engine concludes of an applicant, roughly: the age is that of the year. */
export const decideOnPaper = ({ idNumber, file, declaration, quote, today }: Case): Decision['outcome'] => {
  const person = readResidentId(idNumber);
  const [row] = quote.schedule.rows;
  assert(person !== undefined && row !== undefined, 'an applicant who could exist, and a plan with rows');
  const { existingMonthlyDebt, ...known } = file;
  const { currency } = quote.principal;
  const disposable = parseMoney(declaration.monthlyIncome).minor - parseMoney(existingMonthlyDebt).minor;
  const share = divideRounded(parseMoney({ amount: row.total, currency }).minor * 10_000n, disposable, 'UP');
  const features = {
    ...known,
    age: Number(today.slice(0, 4)) - Number(person.birthDate.slice(0, 4)),
    region: person.region,
    identityVerified: true,
    employment: declaration.employment,
    housing: declaration.housing,
    purpose: declaration.purpose,
    termMonths: quote.installments,
    amount: Number(quote.principal.amount),
    installmentShare: (Number(share) / 10_000).toFixed(4),
  };
  return conclude(features, firstCreditPolicy).outcome;
};
