import type { Day } from '../../calendar';
import type { RateText } from '../../kernel';
import { nearestDouble, wholeAmount } from '../doubles';
import type { PlannedInstallment } from '../replay';
import { minorOf } from './amounts';
import { balanceAt } from './bearing';
import type { Carried } from './carried';
import type { FlatInterest } from './flat';
import { evenPart } from './installments';
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
  return isNearest && isEven && isEveryDay && amounts.unit < EXACT && (flat === undefined || flat.total < EXACT);
};

const isDaily = ({ every, frequency }: { readonly every: number; readonly frequency: string }): boolean =>
  frequency === 'daily' && every === 1;

const hasNothingAhead = ({ story: { variations } }: Walk): boolean =>
  variations.extras.length + variations.graces.length + variations.rates.length + variations.pauses.length === 0;

/** A period on the way: one for the whole plan, moved on and written over. Amounts in doubles. */
interface Going {
  number: number;
  from: Day;
  due: Day;
  isLast: boolean;
  /** Principal that is not asked for yet. */
  open: number;
  /** Interest that the period asks for, and what it has borne: see `interestOf`. */
  asked: number;
  borne: number;
  /** What was put off, and what found no room. */
  putOff: number;
  excess: number;
  /** Of flat interest, what was not asked for yet. */
  left: number;
}

/** The rest of a plain plan as rows: what `planPeriod` makes of each period, up to one in which the rate changes. */
export const planPlainly = (walk: Walk): void =>
  goOn(walk, (from, due, principal, interest) => {
    walk.rows.push(walk.row('regular', from, due, principal, interest));
  });

/** Nothing stands between a plain plan and its end. */
export const isPlainToTheEnd = (walk: Walk): boolean => walk.interest.cuts.length === 0;

/** The rest of such a plan as it is shown, numbered on from the rows there are. */
export const plainEnd = (walk: Walk): PlannedInstallment[] => {
  const before = walk.rows.length;
  const end = new Array<PlannedInstallment>(Math.max(0, walk.last - walk.number));
  let count = 0;
  goOn(walk, (from, due, principal, interest, balance) => {
    const n = before + count + 1;
    end[count] = { n, kind: 'regular', from, due, principal, interest, fee: 0n, penalty: 0n, balance };
    count += 1;
  });
  end.length = count;
  return end;
};

/** In doubles that hold whole minor units. */
const goOn = (walk: Walk, put: Put): void => {
  const { dates, interest, last } = walk;
  const { cuts } = interest;
  const principalOf = wantedIn(walk);
  const { flat } = walk;
  const charge = flat === undefined ? onBalance(walk) : onWhole(walk, flat);
  const going: Going = {
    number: walk.number,
    from: walk.from,
    due: walk.from,
    isLast: false,
    open: nearestDouble(walk.outstanding),
    asked: 0,
    borne: 0,
    putOff: nearestDouble(walk.putOff),
    excess: nearestDouble(walk.excess),
    left: flat === undefined ? 0 : nearestDouble(flat.total - flat.asked),
  };
  if (isBare(walk)) goOnLevelly(walk, going, put);
  while (going.open > 0) {
    const due = dates.due(going.number + 1);
    if (cuts.length > 0 && cuts.some((cut) => cut > going.from && cut < due)) break;
    going.number += 1;
    going.due = due;
    going.isLast = going.number >= last;
    charge(going);
    const principal = going.isLast ? going.open : Math.min(principalOf(going.number, going.borne), going.open);
    going.open -= principal;
    put(going.from, due, wholeAmount(principal), wholeAmount(going.asked), wholeAmount(going.open));
    going.from = due;
  }
  const left = wholeAmount(going.open);
  walk.planned += walk.outstanding - left;
  walk.outstanding = left;
  walk.balance.now = left;
  walk.putOff = wholeAmount(going.putOff);
  walk.excess = wholeAmount(going.excess);
  if (flat !== undefined) flat.asked = flat.total - wholeAmount(going.left);
  walk.from = going.from;
  walk.number = going.number;
};

/** Level installments, and nothing that was put off or may be: interest, and principal with what it leaves of them. */
const isBare = (walk: Walk): boolean =>
  walk.flat === undefined &&
  walk.interestGrace.size + walk.principalGrace.size + walk.interest.cuts.length === 0 &&
  walk.putOff + walk.excess === 0n &&
  walk.number >= walk.story.terms.grace.interestFree &&
  isLevel(walk);

/** The same as period by period, in fewer steps, up to the last installment or one with more interest than room. */
const goOnLevelly = (walk: Walk, going: Going, put: Put): void => {
  const { dates, last } = walk;
  const interestOf = interestIn(walk);
  const installment = nearestDouble(walk.installment);
  let { number, from, open } = going;
  while (open > 0 && number + 1 < last) {
    const due = dates.due(number + 1);
    const interest = interestOf(open, from, due);
    if (interest > installment) break;
    const principal = Math.min(installment - interest, open);
    open -= principal;
    number += 1;
    put(from, due, wholeAmount(principal), wholeAmount(interest), wholeAmount(open));
    from = due;
  }
  going.number = number;
  going.from = from;
  going.open = open;
};

/** Takes an installment, and the principal that is left after it. */
type Put = (from: Day, due: Day, principal: bigint, interest: bigint, left: bigint) => void;

/** Charges a period its interest. */
type Charge = (going: Going) => void;

/** Interest on the balance: put off in periods of grace, and above the equal installment left for the next. */
const onBalance = (walk: Walk): Charge => {
  const { interestGrace, principalGrace, story } = walk;
  const { interestFree } = story.terms.grace;
  const isPutOff = interestGrace.size > 0;
  const isAlone = principalGrace.size > 0;
  const room = isLevel(walk) ? nearestDouble(walk.installment) : Number.POSITIVE_INFINITY;
  const interestOf = interestIn(walk);
  return (going) => {
    const { isLast, number } = going;
    going.asked = 0;
    going.borne = 0;
    if (number <= interestFree) return;
    const own = interestOf(going.open, going.from, going.due);
    if (isPutOff && !isLast && interestGrace.has(number)) {
      going.putOff += own;
      going.borne = own;
      return;
    }
    const all = own + going.excess;
    const hasRoom = all <= room || isLast || (isAlone && principalGrace.has(number));
    going.borne = hasRoom ? all : room;
    going.asked = going.putOff + going.borne;
    going.putOff = 0;
    going.excess = all - going.borne;
  };
};

/** Flat interest was worked out for the whole loan: see `flatOf`. */
const onWhole = ({ interestGrace, story }: Walk, flat: FlatInterest): Charge => {
  const { amortization, grace } = story.terms;
  const isAveraged = amortization.kind !== 'equal-principal';
  const each = nearestDouble(flat.each);
  return (going) => {
    const isFree = going.number <= grace.interestFree;
    const isPutOff = interestGrace.has(going.number);
    let asked = isFree || isPutOff ? 0 : each;
    if (isPutOff && !isFree && !isAveraged) going.putOff += each;
    if (asked > 0) {
      asked += going.putOff;
      going.putOff = 0;
    }
    if (going.isLast || asked > going.left) asked = going.left;
    going.left -= asked;
    going.asked = asked;
    going.borne = asked;
  };
};

/** The installment is led by its whole amount, not by its principal. */
const isLevel = ({ flat, isFixed, story: { terms } }: Walk): boolean => {
  const { kind } = terms.amortization;
  return isFixed || (flat === undefined && (kind === 'equal-installments' || kind === 'balloon-amount'));
};

/** The principal that an installment asks for, given its interest: see `wantedPrincipal`. */
const wantedIn = (walk: Walk): ((number: number, interest: number) => number) => {
  const { principalGrace } = walk;
  const hasGrace = principalGrace.size > 0;
  const installment = nearestDouble(walk.installment);
  if (isLevel(walk)) {
    return (number, interest) => (hasGrace && principalGrace.has(number) ? 0 : Math.max(0, installment - interest));
  }
  const { amortization, currency } = walk.story.terms;
  if (amortization.kind === 'hand-made') {
    const parts = amortization.principal.map((text) => nearestDouble(minorOf(text, currency)));
    return (number) => (principalGrace.has(number) ? 0 : (parts[number - 1] ?? 0));
  }
  const each = nearestDouble(evenPrincipal(walk));
  return (number) => (principalGrace.has(number) ? 0 : each);
};

const evenPrincipal = (walk: Walk): bigint => {
  const { kind } = walk.story.terms.amortization;
  if (kind === 'interest-only' || kind === 'bullet') return 0n;
  return walk.flat === undefined ? walk.share : evenPart(walk);
};

/**
 * The interest of a balance over a period, as `InterestRules.round` has it, with the fast path of `timesCarried` at
 * hand. Factors are looked up once for each kind of period.
 */
const interestIn = (walk: Walk): ((whole: number, from: Day, due: Day) => number) => {
  const { amounts, interest } = walk;
  const factorOf = factorsIn(walk);
  const unit = nearestDouble(amounts.unit);
  return (whole, from, due) => {
    const factor = factorOf(from, due);
    const product = unit === 1 ? whole * factor.near : (whole * factor.near) / unit;
    const nearest = Math.floor(product + 0.5);
    if (0.5 - Math.abs(product - nearest) > product * 2 ** -49) return nearest * unit;
    return nearestDouble(interest.round(wholeAmount(whole), factor));
  };
};

const factorsIn = (walk: Walk): ((from: Day, due: Day) => Carried) => {
  const { interest, rate } = walk;
  const rateOn = interest.cuts.length > 0 ? ratesIn(walk) : undefined;
  let perYear = walk.rateOn(walk.from);
  let known: Carried[] = [];
  return (from, due) => {
    const now = rateOn === undefined ? perYear : rateOn(from);
    if (now !== perYear) {
      perYear = now;
      known = [];
    }
    const kind = rate.kindOf(from, due);
    const found = kind === undefined ? undefined : known[kind];
    if (found !== undefined) return found;
    const factor = interest.factor(perYear, from, due, { from, due });
    if (kind !== undefined) known[kind] = factor;
    return factor;
  };
};

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
