import { minorDigits } from '../../../kernel';
import { doubles, nearestDouble } from '../../doubles';
import type { LoanTerms } from '../../loan-terms';
import { installmentOf, minorOf, surelyRoundedMinor } from '../model/money-rules';
import { annuity, annuityError, interestOn, type PlainLoan, type PlainRows } from './rows';

/** A plan whose installments are all the same but the last. */
export interface Levelled extends PlainRows {
  readonly emi: number;
  /** Which installment repays what is left: as a rule the last. Those after it ask for nothing. */
  readonly last: number;
  /** What it is more than the others. */
  readonly difference: number;
}

type Level = Extract<LoanTerms['amortization'], { kind: 'balloon-amount' | 'fixed-installment' }>;

/** Installments of a given amount, or equal ones that leave a given amount for the last. */
export const levelled = (loan: PlainLoan, terms: LoanTerms, shape: Level): PlainRows | undefined => {
  const amount = minorOf(shape.amount, minorDigits(terms.currency));
  if (amount >= MOST) return undefined;
  const emi = shape.kind === 'fixed-installment' ? nearestDouble(amount) : beside(loan, nearestDouble(amount));
  return emi === undefined ? undefined : repaidLevel(loan, emi);
};

const MOST = 2n ** 46n;

/** See `equalInstallmentWithBalloon`. */
const beside = ({ count, money, principal, principalGrace, rates }: PlainLoan, balloon: number): number | undefined => {
  const { growth, divisor } = annuity(rates.installment, principalGrace);
  const [grown, left] = [(growth * principal) / divisor, balloon / divisor];
  if (left >= grown) return undefined;
  const rounded = surelyRoundedMinor(money, grown - left, (grown + left) * annuityError(count));
  return rounded === undefined ? undefined : nearestDouble(installmentOf(money, BigInt(rounded)));
};

/**
 * Interest first, principal with what the installment leaves; interest that finds no room goes to the next. The last
 * takes what is left, and so does one that would ask for more. Undefined where an installment asks for nothing at all
 * or for all the principal there ever was, or where interest is still to come when the principal is repaid.
 */
export const repaidLevel = (loan: PlainLoan, emi: number): Levelled | undefined => {
  const { count, interestGrace, principalGrace } = loan;
  if (emi <= 0 || emi >= loan.principal) return undefined;
  const [principal, interest] = [doubles(count), doubles(count)];
  let balance = loan.principal;
  let carried = 0;
  for (let index = 0; index < count; index += 1) {
    const charged = carried + interestOn(loan, index, balance);
    const isGrace = index < principalGrace;
    const asked = isGrace ? charged : emi;
    const due = index < interestGrace ? 0 : Math.min(charged, asked);
    const repaid = isGrace ? 0 : asked - due;
    carried = charged - due;
    if (repaid >= balance || index === count - 1) {
      return ended(loan, emi, { principal, interest }, { at: index, balance, charged: due + carried });
    }
    principal[index] = repaid;
    interest[index] = due;
    balance -= repaid;
  }
  return undefined;
};

/** The last installment takes all that is left; those after it ask for nothing, or there is no such plan. */
const ended = (
  { count, interestGrace, isFlat }: PlainLoan,
  emi: number,
  { principal, interest }: { readonly principal: number[]; readonly interest: number[] },
  { at, balance, charged }: { readonly at: number; readonly balance: number; readonly charged: number },
): Levelled | undefined => {
  const hasMore = isFlat || (at < interestGrace && charged > 0);
  if (at < count - 1 && hasMore) return undefined;
  principal[at] = balance;
  interest[at] = charged;
  principal.fill(0, at + 1);
  interest.fill(0, at + 1);
  return { emi, principal, interest, last: at, difference: balance + charged - emi };
};
