import type { Day } from '../../calendar';
import type { RateText } from '../../kernel';
import { minorOf } from './amounts';
import { balanceAt } from './bearing';
import type { Carried } from './carried';
import { evenPart } from './installments';
import { flatOf } from './interest';
import type { Walk } from './walk';

/** Doubles hold every whole number up to here. */
const EXACT = 2n ** 53n;

/**
 * Whether nothing can happen any more on the way to the last installment: no change of terms, no more money in or out
 * that matters to the plan, and whole amounts that doubles hold exactly.
 */
export const isPlain = (walk: Walk): boolean =>
  !walk.isRecalculated &&
  walk.coming.length === 0 &&
  walk.number > 0 &&
  walk.outstanding < EXACT &&
  hasPlainTerms(walk) &&
  hasNothingAhead(walk) &&
  balanceAt(walk.balance, walk.from) === walk.outstanding;

const hasPlainTerms = ({ amounts, flat, story }: Walk): boolean => {
  const { recalculation } = story.terms;
  const isNearest = amounts.rounding === 'HALF_EVEN' || amounts.rounding === 'HALF_UP';
  const isEven = flat === undefined || amounts.installmentMultiple === undefined;
  const rest = recalculation?.rest;
  const isEveryDay = rest === undefined || rest.frequency === 'per-installment' || isDaily(rest);
  return isNearest && isEven && isEveryDay && amounts.unit < EXACT;
};

const isDaily = ({ every, frequency }: { readonly every: number; readonly frequency: string }): boolean =>
  frequency === 'daily' && every === 1;

const hasNothingAhead = ({ story: { variations } }: Walk): boolean =>
  variations.extras.length + variations.graces.length + variations.rates.length + variations.pauses.length === 0;

/**
 * The rest of a plain plan, in doubles that hold whole minor units: what `planPeriod` makes of each period. Stops
 * before a period in which the rate changes.
 */
export const planPlainly = (walk: Walk): void => {
  const { dates, interest, rows } = walk;
  const principalOf = wantedIn(walk);
  const interestOf = walk.flat === undefined ? onBalance(walk) : onWhole(walk);
  let open = Number(walk.outstanding);
  let { from, number } = walk;
  while (open > 0) {
    const due = dates.due(number + 1);
    if (interest.cuts.length > 0 && interest.cuts.some((cut) => cut > from && cut < due)) break;
    number += 1;
    const isLast = number >= walk.last;
    const { asked, borne } = interestOf(number, from, due, open, isLast);
    const principal = isLast ? open : Math.min(principalOf(number, borne), open);
    rows.push(walk.row('regular', from, due, BigInt(principal), BigInt(asked)));
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

/** What a period asks for and what it has borne: see `interestOf`. */
type InterestOf = (
  number: number,
  from: Day,
  due: Day,
  open: number,
  isLast: boolean,
) => { readonly asked: number; readonly borne: number };

/** Interest on the balance: put off in periods of grace, and above the equal installment left for the next. */
const onBalance = (walk: Walk): InterestOf => {
  const { interest, interestGrace, principalGrace, story } = walk;
  const room = isLevel(walk) ? Number(walk.installment) : Number.POSITIVE_INFINITY;
  const rateOn = ratesIn(walk);
  const rounded = roundedTimes(walk);
  let [putOff, excess] = [Number(walk.putOff), Number(walk.excess)];
  const note = (nowPutOff: number, nowExcess: number): void => {
    if (nowPutOff === putOff && nowExcess === excess) return;
    [putOff, excess] = [nowPutOff, nowExcess];
    [walk.putOff, walk.excess] = [BigInt(putOff), BigInt(excess)];
  };
  return (number, from, due, open, isLast) => {
    if (number <= story.terms.grace.interestFree) return NO_INTEREST;
    const own = rounded(open, interest.factor(rateOn(from), from, due, { from, due }));
    if (!isLast && interestGrace.has(number)) {
      note(putOff + own, excess);
      return { asked: 0, borne: own };
    }
    const all = own + excess;
    const borne = isLast || principalGrace.has(number) ? all : Math.min(all, room);
    const asked = putOff + borne;
    note(0, all - borne);
    return { asked, borne };
  };
};

const NO_INTEREST = { asked: 0, borne: 0 };

/** The rate in force, looked up again once a day has gone by on which it may change. */
const ratesIn = ({ interest: { cuts }, rateOn }: Walk): ((day: Day) => RateText) => {
  let since = Number.NEGATIVE_INFINITY;
  let rate: RateText | undefined;
  return (day) => {
    if (rate === undefined || cuts.some((cut) => cut > since && cut <= day)) rate = rateOn(day);
    since = day;
    return rate;
  };
};

/** Flat interest was worked out for the whole loan. */
const onWhole =
  (walk: Walk): InterestOf =>
  (number) => {
    walk.number = number;
    const { asked, borne } = flatOf(walk);
    return { asked: Number(asked), borne: Number(borne) };
  };

/** The installment is led by its whole amount, not by its principal. */
const isLevel = ({ flat, isFixed, story: { terms } }: Walk): boolean => {
  const { kind } = terms.amortization;
  return isFixed || (flat === undefined && (kind === 'equal-installments' || kind === 'balloon-amount'));
};

/** The principal that an installment asks for, given its interest: see `wantedPrincipal`. */
const wantedIn = (walk: Walk): ((number: number, interest: number) => number) => {
  const { principalGrace } = walk;
  const installment = Number(walk.installment);
  if (isLevel(walk)) {
    return (number, interest) => (principalGrace.has(number) ? 0 : Math.max(0, installment - interest));
  }
  const { amortization, currency } = walk.story.terms;
  if (amortization.kind === 'hand-made') {
    const parts = amortization.principal.map((text) => inDoubles(minorOf(text, currency)));
    return (number) => (principalGrace.has(number) ? 0 : (parts[number - 1] ?? 0));
  }
  const each = inDoubles(evenPrincipal(walk));
  return (number) => (principalGrace.has(number) ? 0 : each);
};

/** Whole amounts above 2^53 are no longer exact, but never less than what is open: see `isPlain`. */
const inDoubles = (whole: bigint): number => Number(whole);

const evenPrincipal = (walk: Walk): bigint => {
  const { kind } = walk.story.terms.amortization;
  if (kind === 'interest-only' || kind === 'bullet') return 0n;
  return walk.flat === undefined ? walk.share : evenPart(walk);
};

/** As `InterestRules.round`, with the fast path of `timesCarried` at hand. */
const roundedTimes = ({ amounts, interest }: Walk): ((whole: number, factor: Carried) => number) => {
  const unit = inDoubles(amounts.unit);
  return (whole, factor) => {
    const product = (whole * factor.near) / unit;
    const nearest = Math.round(product);
    if (product < 2 ** 48 && 0.5 - Math.abs(product - nearest) > product * 2 ** -49) return nearest * unit;
    return inDoubles(interest.round(BigInt(whole), factor));
  };
};
