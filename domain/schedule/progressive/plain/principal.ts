import { minorDigits } from '../../../kernel';
import { doubles, nearestDouble } from '../../doubles';
import type { LoanTerms } from '../../loan-terms';
import { evenly } from '../model/installment-amount';
import { installmentOf, minorOf, roundedAmount } from '../model/money-rules';
import { decimalOf, times, whole } from '../model/precision';
import { interestOn, type PlainLoan, type PlainRows } from './rows';

type Led = Exclude<LoanTerms['amortization'], { kind: 'equal-installments' | 'balloon-amount' | 'fixed-installment' }>;

/** Installments that are led by their principal, with whatever interest there is; the last takes what is left. */
export const led = (loan: PlainLoan, terms: LoanTerms, shape: Led): PlainRows | undefined => {
  const { count, interestGrace, principalGrace } = loan;
  const wanted = principalIn(loan, terms, shape);
  const [principal, interest] = [doubles(count), doubles(count)];
  let balance = loan.principal;
  let carried = 0;
  for (let index = 0; index < count; index += 1) {
    const charged = carried + interestOn(loan, index, balance);
    const due = index < interestGrace ? 0 : charged;
    carried = charged - due;
    const repaid = index === count - 1 ? balance : Math.min(index < principalGrace ? 0 : wanted(index), balance);
    principal[index] = repaid;
    interest[index] = due;
    balance -= repaid;
  }
  return { principal, interest };
};

/** See `shapeInstallments`. */
const principalIn = (loan: PlainLoan, terms: LoanTerms, shape: Led): ((index: number) => number) => {
  const { count, money, principalGrace } = loan;
  const principal = BigInt(loan.principal);
  const always = (amount: bigint): (() => number) => {
    const each = nearestDouble(amount);
    return () => each;
  };
  switch (shape.kind) {
    case 'equal-principal':
      return always(installmentOf(money, evenly(money, principal, count - principalGrace)));
    case 'interest-only':
    case 'bullet':
      return always(0n);
    case 'balloon':
      return always(roundedAmount(money, times(whole(principal), decimalOf(shape.share))));
    case 'hand-made': {
      const skipped = shape.principal.length - (count - principalGrace);
      const digits = minorDigits(terms.currency);
      return (index) => nearestDouble(minorOf(shape.principal[skipped + index - principalGrace] ?? '0', digits));
    }
  }
};
