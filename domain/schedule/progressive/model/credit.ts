import type { Day } from '../../../calendar';
import { absorb } from './absorb';
import { changeBalance, partStartingOn } from './balance-change';
import { carry } from './carry';
import type { Model } from './model';

/** Puts principal and interest back that had been paid: a chargeback. Principal bears interest from that day on. */
export const putBack = (model: Model, on: Day, principal: bigint, interest: bigint): void => {
  if (principal === 0n && interest === 0n) return;
  const index = changeBalance(model, on, { correction: principal });
  if (index < 0) return;
  const part = partStartingOn(model, on);
  if (part !== undefined) {
    part.creditedPrincipal += principal;
    part.creditedInterest += interest;
    model.principal += principal;
  }
  carry(model, index);
  absorb(model, on);
};
