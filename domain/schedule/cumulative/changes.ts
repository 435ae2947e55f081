import type { Day } from '../../calendar';
import type { RateText } from '../../kernel';
import { flatFrom, flatOver } from './flat';
import { remake } from './installments';
import { flatPrincipal } from './story';
import { asking, type Walk } from './walk';

/** What was agreed since takes effect with the first installment that falls due on its day or later. */
export const applyChanges = (walk: Walk, due: Day): void => {
  const { extras, graces, rates } = walk.story.variations;
  if (extras.length + graces.length + rates.length === 0) return;
  const isNow = ({ from }: { readonly from: Day }): boolean => from <= due && (from > walk.from || walk.number === 1);
  for (const { perYear } of rates.filter(isNow)) changeRate(walk, perYear);
  for (const { count } of extras.filter(isNow)) extend(walk, count);
  for (const grace of graces.filter(isNow)) pause(walk, grace.principal, grace.interest);
};

/** Grace from now on. On principal: the loan runs longer. On interest: what is put off is spread over the rest. */
const pause = (walk: Walk, principal: number, interest: number): void => {
  for (let at = 0; at < principal; at += 1) walk.principalGrace.add(walk.number + at);
  for (let at = 0; at < interest; at += 1) walk.interestGrace.add(walk.number + at);
  walk.last += principal;
  const { flat } = walk;
  if (flat === undefined || interest === 0) return;
  spread(walk, flat.total - flat.asked, asking(walk, walk.number, walk.interestGrace));
};

/** So much flat interest over so many installments from now on. */
const spread = (walk: Walk, sum: bigint, installments: number): void => {
  const { flat, story } = walk;
  if (flat === undefined) return;
  walk.flat = flatFrom(flat, sum, installments, walk.amounts);
  if (story.notes !== undefined) story.notes.flat = { kind: 'rest', sum, installments };
};

const changeRate = (walk: Walk, perYear: RateText): void => {
  walk.ratePerYear = perYear;
  walk.isRepriced = true;
  if (walk.flat === undefined) remake(walk, walk.outstanding, walk.number);
  else reprice(walk);
};

/** More installments: what is left is spread over all of them. Flat interest stays what it was. */
const extend = (walk: Walk, count: number): void => {
  walk.last += count;
  walk.since = { number: walk.number, planned: walk.planned };
  remake(walk, walk.total - walk.planned, walk.number);
  const { flat } = walk;
  if (flat === undefined) return;
  spread(walk, flat.total - flat.asked, asking(walk, walk.number, walk.interestGrace));
};

/** A new rate for a flat loan: on the principal that is left, over the whole term, spread over what is left of it. */
const reprice = (walk: Walk): void => {
  const { flat, number, ratePerYear, story } = walk;
  if (flat === undefined) return;
  const term = {
    ratePerYear,
    principal: flatPrincipal(story) - walk.planned,
    from: walk.dates.start,
    to: walk.dates.due(walk.last),
    installments: walk.last,
  };
  spread(walk, flatOver(term, walk.rate, walk.amounts), walk.last - number + 1);
};
