import { type Day, dayOf } from '../../calendar';
import { assert, parseRate } from '../../kernel';
import { amountOf, amountRulesOf, smaller, toMultiple } from './amounts';
import { emptyBalance, type InterestRules, roundingTo } from './bearing';
import { bearsLate } from './bears-late';
import { dueDatesOf } from './due-dates';
import { flatInterest, flatOver } from './flat';
import { remake } from './installments';
import { type RateRule, rateRuleOf } from './rate';
import { firstRate, rateOn } from './rate-in-force';
import { restOf } from './rests';
import { rowOf, unpaidRowOf } from './row';
import { flatPrincipal, type Story, startOf } from './story';
import { waiversIn } from './waivers';
import type { Walk } from './walk';

/**
 * Everything a plan begins with.
 * @throws InvariantError for terms that this planning does not know: they are not to be taken in silence.
 */
export const begin = (story: Story): Walk => {
  const { agreement, terms, tranches } = story;
  assert(!terms.tranches.fullTerm, 'tranches of loans planned period by period share one term');
  const start = startOf(story);
  const dates = dueDatesOf(story);
  const rate = rateRuleOf(terms, agreement.firstDueOn ?? start);
  const amounts = amountRulesOf(terms);
  const { installments } = agreement;
  const ratePerYear = firstRate(story, start);
  const isRecalculated = terms.recalculation !== undefined && !isFree(story) && !isUntouched(story, dates.due(1));
  const walk: Walk = {
    story,
    amounts,
    rate,
    dates,
    rest: restOf(terms, dates),
    interest: interestRules(story, rate, amounts),
    isRecalculated,
    late: isRecalculated ? bearsLate(terms) : NOTHING,
    rows: [],
    row: isRecalculated ? rowOf : unpaidRowOf,
    rateOn: (day) => rateOn(walk, day),
    balance: emptyBalance(),
    coming: [...tranches],
    payments: isRecalculated ? paymentsIn(story) : [],
    taken: 0,
    total: tranches.reduce((sum, { amount }) => sum + amount - downPaymentOf(story, amount), 0n),
    planned: 0n,
    outstanding: 0n,
    number: 0,
    from: start,
    last: installments,
    ratePerYear,
    isRepriced: false,
    installment: 0n,
    isFixed: terms.amortization.kind === 'fixed-installment',
    share: 0n,
    flat: undefined,
    since: { number: 1, planned: 0n },
    putOff: 0n,
    excess: 0n,
    held: 0n,
    over: [],
    waivers: isRecalculated ? waiversIn(story.movements) : [],
    waived: 0,
    principalGrace: graceOf(terms.grace.principal, story, 'principal'),
    interestGrace: graceOf(terms.grace.interest, story, 'interest'),
  };
  remake(walk, walk.total, 1);
  if (terms.interest.method === 'flat') beginFlat(walk, start);
  return walk;
};

/** Nothing ever bears interest: payments change nothing of the plan. */
export const isFree = (story: Story): boolean =>
  parseRate(firstRate(story, startOf(story))).numerator === 0n && story.variations.rates.length === 0;

const paymentsIn = ({ movements }: Story): Walk['payments'] =>
  movements.flatMap((movement, at) => (movement.kind === 'credit' ? [{ ...movement, at }] : []));

const NOTHING: Walk['late'] = new Set();

/** Nothing came in and nothing is late: interest that follows payments is that of the plan. */
const isUntouched = ({ movements, terms, today }: Story, firstDue: Day): boolean =>
  today <= firstDue &&
  terms.downPayment === undefined &&
  movements.every((movement) => movement.kind === 'fact' && movement.fact.kind === 'disbursement');

/** Flat interest is charged on all that is paid out, also on what is paid down at once. */
const beginFlat = (walk: Walk, from: Day): void => {
  const { agreement, terms } = walk.story;
  const principal = flatPrincipal(walk.story);
  const to = walk.dates.due(walk.last);
  const term = { ratePerYear: walk.ratePerYear, principal, from, to, installments: walk.last };
  const total = flatOver(term, walk.rate, walk.amounts);
  const isAveraged = terms.amortization.kind !== 'equal-principal' && terms.amortization.kind !== 'bullet';
  const putOff = isAveraged ? walk.interestGrace.size : 0;
  const free = terms.grace.interestFree;
  noteFlat(walk, { ...term, total, installments: agreement.installments, free, putOff });
  walk.flat = flatInterest(total, agreement.installments, terms.grace.interestFree, putOff, walk.amounts);
};

interface FlatTerm {
  readonly ratePerYear: string;
  readonly principal: bigint;
  readonly from: Day;
  readonly to: Day;
  readonly total: bigint;
  readonly installments: number;
  readonly free: number;
  readonly putOff: number;
}

const noteFlat = (walk: Walk, { ratePerYear: perYear, from, to, ...term }: FlatTerm): void => {
  const { notes } = walk.story;
  if (notes === undefined) return;
  const counted = walk.rate.counted.flat(from, to, walk.last);
  notes.flat = { kind: 'whole', perYear, counted, factor: walk.rate.flat(perYear, from, to, walk.last), ...term };
};

/** What of a disbursement is paid down at once: rounded up, a share may come to more than all. */
export const downPaymentOf = (story: Story, amount: bigint): bigint => smaller(sharePaidDown(story, amount), amount);

/** The agreed share of an amount, rounded, and to a multiple where installments are. */
export const sharePaidDown = ({ terms }: Story, amount: bigint): bigint => {
  if (terms.downPayment === undefined) return 0n;
  const amounts = amountRulesOf(terms);
  const { numerator, denominator } = parseRate(terms.downPayment.share);
  const down = amountOf(amount * numerator, denominator, amounts);
  const { installmentMultiple: multiple, rounding } = amounts;
  return multiple === undefined ? down : toMultiple(down, multiple, rounding);
};

/** A bullet asks for nothing before the last installment; interest only asks for no principal before it. */
const graceOf = (first: number, { agreement, terms }: Story, portion: 'principal' | 'interest'): Set<number> => {
  const { kind } = terms.amortization;
  const isPutOff = kind === 'bullet' || (kind === 'interest-only' && portion === 'principal');
  const count = isPutOff ? agreement.installments - 1 : Math.min(first, agreement.installments - 1);
  return new Set(Array.from({ length: count }, (_, index) => index + 1));
};

const interestRules = (story: Story, rate: RateRule, amounts: Walk['amounts']): InterestRules => {
  const { terms, variations } = story;
  const { pauses } = variations;
  const tables = terms.rate.kind === 'floating' ? terms.rate.table.map(({ from }) => dayOf(from)) : [];
  return {
    factor: rate.factor,
    counted: rate.counted.days,
    round: roundingTo(amounts),
    cuts: [...tables, ...pauses.flatMap(({ from, through }) => [from, through + 1])],
    isPaused: (day) => pauses.some(({ from, through }) => from <= day && day <= through),
    isWhole: terms.interest.calculation === 'per-period' && !terms.interest.partialPeriods,
  };
};
