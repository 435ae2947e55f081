import { balanceAt } from './bearing';
import { type Carried, timesCarried } from './carried';
import type { Walk } from './walk';

/** Doubles hold every whole number up to here. */
const EXACT = 2n ** 53n;

/**
 * Whether nothing can happen any more on the way to the last installment: one rate, no grace, no more money in or out
 * that matters to the plan. Equal installments or equal principal, whole amounts that doubles hold exactly.
 */
export const isPlain = (walk: Walk): boolean =>
  !walk.isRecalculated &&
  walk.coming.length === 0 &&
  walk.number > 0 &&
  walk.outstanding < EXACT &&
  hasPlainTerms(walk) &&
  hasNothingAhead(walk) &&
  balanceAt(walk.balance, walk.from) === walk.outstanding;

const hasPlainTerms = ({ amounts, flat, interest, story }: Walk): boolean => {
  const { kind } = story.terms.amortization;
  const isNearest = amounts.rounding === 'HALF_EVEN' || amounts.rounding === 'HALF_UP';
  const isEqual = kind === 'equal-installments' || kind === 'equal-principal' || kind === 'fixed-installment';
  return flat === undefined && isNearest && isEqual && amounts.unit === 1n && interest.cuts.length === 0;
};

const hasNothingAhead = (walk: Walk): boolean => {
  const { extras, graces, rates } = walk.story.variations;
  if (extras.length + graces.length + rates.length > 0) return false;
  if (walk.putOff > 0n || walk.excess > 0n || walk.number < walk.story.terms.grace.interestFree) return false;
  for (const number of walk.principalGrace) if (number > walk.number) return false;
  for (const number of walk.interestGrace) if (number > walk.number) return false;
  return true;
};

/**
 * The rest of a plain plan, in doubles that hold whole minor units. Stops early where an installment does not even pay
 * its interest: what then is carried is for the long way.
 */
export const planPlainly = (walk: Walk): void => {
  const { amounts, dates, interest, last, ratePerYear, rows } = walk;
  const isShared = !walk.isFixed && walk.story.terms.amortization.kind === 'equal-principal';
  const each = Number(isShared ? walk.share : walk.installment);
  let open = Number(walk.outstanding);
  let { from, number } = walk;
  while (open > 0) {
    const due = dates.due(number + 1);
    const factor = interest.factor(ratePerYear, from, due, { from, due });
    const borne = roundedTimes(open, factor, amounts.rounding);
    const wanted = isShared ? each : each - borne;
    if (wanted < 0) break;
    number += 1;
    const principal = number >= last || wanted > open ? open : wanted;
    rows.push(walk.row('regular', from, due, BigInt(principal), BigInt(borne)));
    open -= principal;
    from = due;
  }
  const left = BigInt(open);
  walk.planned += walk.outstanding - left;
  walk.outstanding = left;
  walk.balance.now = left;
  walk.from = from;
  walk.number = number;
};

/** As `timesCarried`, with its fast path at hand. */
const roundedTimes = (whole: number, factor: Carried, rounding: Walk['amounts']['rounding']): number => {
  const product = whole * factor.near;
  const nearest = Math.round(product);
  if (product < 2 ** 48 && 0.5 - Math.abs(product - nearest) > product * 2 ** -49) return nearest;
  return Number(timesCarried(BigInt(whole), factor, rounding));
};
