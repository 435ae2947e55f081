import { doubles, nearestDouble } from '../../doubles';
import { evenly } from '../model/installment-amount';
import { installmentOf } from '../model/money-rules';
import { interestOn, type PlainLoan, type PlainRows } from './rows';

/** Flat interest: see `replanFlat`. Undefined with grace, or without room for the interest. */
export const flat = (loan: PlainLoan): PlainRows | undefined => {
  const { count, money } = loan;
  if (loan.principalGrace + loan.interestGrace > 0) return undefined;
  const [principal, interest] = [doubles(count), doubles(count)];
  let charged = 0;
  for (let index = 0; index < count; index += 1) {
    const own = interestOn(loan, index, loan.principal);
    interest[index] = own;
    charged += own;
  }
  const total = loan.principal + charged;
  if (total >= SAFE) return undefined;
  const even = nearestDouble(installmentOf(money, evenly(money, BigInt(total), count)));
  const last = total - even * (count - 1);
  let left = loan.principal;
  for (let index = 0; index < count; index += 1) {
    const repaid = (index === count - 1 ? last : even) - (interest[index] ?? 0);
    if (repaid < 0 || left <= 0) return undefined;
    principal[index] = repaid;
    left -= repaid;
  }
  return { principal, interest };
};

const SAFE = 2 ** 50;
