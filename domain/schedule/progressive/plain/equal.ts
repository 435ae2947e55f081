import { nearestDouble } from '../../doubles';
import { evenly } from '../model/installment-amount';
import { installmentOf, surelyRoundedMinor } from '../model/money-rules';
import { type Levelled, repaidLevel } from './level';
import { annuity, annuityError, type PlainLoan, type PlainRows } from './rows';

const ROUNDS = 3;

/** Equal installments, moved until the last one differs as little as can be: see `smooth`. */
export const smoothed = (loan: PlainLoan): PlainRows | undefined => {
  const emi = equalInstallment(loan);
  let plan = emi === undefined ? undefined : repaidLevel(loan, emi);
  for (let round = 0; round < ROUNDS && plan !== undefined; round += 1) {
    const better = nearer(loan, plan);
    if (better === plan) return plan;
    plan = better;
  }
  return plan;
};

/** The plan itself, or one whose last installment differs less; undefined if in doubt. */
const nearer = (loan: PlainLoan, plan: Levelled): Levelled | undefined => {
  const share = shareOfDifference(loan, plan);
  const emi = share === 0 ? plan.emi : toMultiple(loan, plan.emi + (plan.difference < 0 ? -share : share));
  const moved = emi === plan.emi ? plan : repaidLevel(loan, emi);
  return moved !== undefined && Math.abs(moved.difference) >= Math.abs(plan.difference) ? plan : moved;
};

const equalInstallment = (loan: PlainLoan): number | undefined => {
  const { count, money, principal, principalGrace, rates } = loan;
  const { growth, divisor } = annuity(rates.installment, principalGrace);
  const amount = (growth * principal) / divisor;
  const rounded = surelyRoundedMinor(money, amount, amount * annuityError(count));
  return rounded === undefined ? undefined : toMultiple(loan, rounded);
};

const toMultiple = ({ money }: PlainLoan, amount: number): number =>
  money.installmentMultiple === undefined ? amount : nearestDouble(installmentOf(money, BigInt(amount)));

/** An even share of what the last installment differs by; 0 where it is not worth spreading. */
const shareOfDifference = (loan: PlainLoan, { difference: signed, last }: Levelled): number => {
  const { count, money, perUnit, principalGrace } = loan;
  const difference = Math.abs(signed);
  const repaying = count - principalGrace;
  const half = Math.floor(repaying / 2);
  // The one before the last that asks for anything has no principal to lend: there is nothing to compare with.
  if (!money.smoothing || half === 0 || last <= principalGrace || difference * 100 <= half * perUnit) return 0;
  const even = difference / repaying;
  return surelyRoundedMinor(money, even, even * 2 ** -52) ?? nearestDouble(evenly(money, BigInt(difference), repaying));
};
