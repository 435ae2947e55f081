import { parseRate, unreachable } from '../../kernel';
import { amountOf, minorOf, smaller, toMultiple } from './amounts';
import { equalInstallment } from './equal-installment';
import type { NotedBase, NotedPrincipal } from './plan-notes';
import { asking, type Current, type Walk } from './walk';

/** Makes the installments from a number on anew, so that they repay so much principal. */
export const remake = (walk: Walk, principal: bigint, from: number): void => {
  makeAnew(walk, principal, from);
  if (walk.story.notes !== undefined) noteMade(walk, principal, from);
};

const makeAnew = (walk: Walk, principal: bigint, from: number): void => {
  const { amortization, interest } = walk.story.terms;
  const periods = asking(walk, from, walk.principalGrace);
  if (principal <= 0n || periods <= 0) return;
  switch (amortization.kind) {
    case 'equal-installments':
    case 'balloon-amount':
      if (interest.method === 'declining-balance' && !walk.isFixed) remakeEqual(walk, principal, periods);
      else walk.share = amountOf(principal, BigInt(periods), walk.amounts);
      return;
    case 'equal-principal':
      walk.share = amountOf(principal, BigInt(periods), walk.amounts);
      return;
    case 'balloon': {
      const { numerator, denominator } = parseRate(amortization.share);
      walk.share = amountOf(principal * numerator, denominator, walk.amounts);
      return;
    }
    case 'fixed-installment':
      walk.installment = minorOf(amortization.amount, walk.story.terms.currency);
      return;
    case 'interest-only':
    case 'bullet':
    case 'hand-made':
      return;
    default:
      unreachable(amortization);
  }
};

const remakeEqual = (walk: Walk, principal: bigint, periods: number): void => {
  const { amortization, currency } = walk.story.terms;
  const rest = amortization.kind === 'balloon-amount' ? smaller(minorOf(amortization.amount, currency), principal) : 0n;
  walk.installment = equalInstallment(principal, walk.rate.standard(walk.ratePerYear), periods, walk.amounts, rest);
};

/** Writes down how the installments in force were made. */
const noteMade = (walk: Walk, principal: bigint, from: number): void => {
  const { amortization, currency, interest } = walk.story.terms;
  const periods = asking(walk, from, walk.principalGrace);
  if (principal <= 0n || periods <= 0) return;
  switch (amortization.kind) {
    case 'equal-installments':
    case 'balloon-amount':
      if (interest.method !== 'declining-balance' || walk.isFixed) return;
      noteBase(walk, {
        kind: 'annuity',
        principal,
        rest: amortization.kind === 'balloon-amount' ? smaller(minorOf(amortization.amount, currency), principal) : 0n,
        perYear: walk.ratePerYear,
        counted: walk.rate.counted.standard,
        factor: walk.rate.standard(walk.ratePerYear),
        periods,
        amount: walk.installment,
      });
      return;
    case 'equal-principal':
      noteBase(walk, { kind: 'even', principal, periods, amount: walk.share });
      return;
    case 'balloon':
      noteBase(walk, { kind: 'share', principal, share: amortization.share, amount: walk.share });
      return;
    case 'fixed-installment':
      noteBase(walk, { kind: 'agreed', amount: walk.installment });
      return;
    case 'interest-only':
    case 'bullet':
    case 'hand-made':
      return;
    default:
      unreachable(amortization);
  }
};

/** Writes down what the installments in force are. */
export const noteBase = ({ story: { notes } }: Walk, base: NotedBase): void => {
  if (notes !== undefined) notes.base = base;
};

/** Writes down how the principal of an installment comes about: before it is counted as planned. */
export const notePrincipal = (walk: Walk, current: Current, borne: bigint, held: bigint): void => {
  const { notes } = walk.story;
  if (notes === undefined) return;
  const { planned, outstanding } = walk;
  const by = ledBy(walk, current);
  const wanted = by === 'rest' ? outstanding : by === 'nothing' ? 0n : wantedPrincipal(walk, borne);
  const { base } = notes;
  const isEven = by === 'principal' && walk.flat !== undefined && walk.story.terms.amortization.kind !== 'balloon';
  const evenly = isEven ? sharedOut(walk) : undefined;
  notes.current.principal = { planned, outstanding, borne, base, by, wanted, evenly, held, early: current.early };
};

const ledBy = (walk: Walk, current: Current): NotedPrincipal['by'] => {
  if (current.isLast) return 'rest';
  if (walk.principalGrace.has(walk.number)) return 'nothing';
  const { amortization, interest } = walk.story.terms;
  if (walk.isFixed || amortization.kind === 'fixed-installment') return 'installment';
  const isLevel = amortization.kind === 'equal-installments' || amortization.kind === 'balloon-amount';
  return isLevel && interest.method !== 'flat' ? 'installment' : 'principal';
};

/** The principal that the installment of a period asks for, given the interest that the period itself has borne. */
export const principalOf = (walk: Walk, current: Current, interest: bigint): bigint => {
  if (current.isLast) return walk.outstanding;
  if (walk.principalGrace.has(walk.number)) return 0n;
  const wanted = wantedPrincipal(walk, interest);
  return wanted < 0n ? 0n : smaller(wanted, walk.outstanding);
};

const wantedPrincipal = (walk: Walk, interest: bigint): bigint => {
  const { amortization, currency, interest: by } = walk.story.terms;
  if (walk.isFixed) return walk.installment - interest;
  switch (amortization.kind) {
    case 'equal-installments':
    case 'balloon-amount':
      return by.method === 'flat' ? flatPrincipal(walk, interest) : walk.installment - interest;
    case 'equal-principal':
    case 'balloon':
      return by.method === 'flat' ? flatPrincipal(walk, interest) : walk.share;
    case 'fixed-installment':
      return walk.installment - interest;
    case 'interest-only':
    case 'bullet':
      return 0n;
    case 'hand-made':
      return minorOf(amortization.principal[walk.number - 1] ?? '0', currency);
    default:
      return unreachable(amortization);
  }
};

/** The principal of flat loans is an equal part of what has been paid out so far, and so is not made anew. */
const flatPrincipal = (walk: Walk, interest: bigint): bigint => {
  const even = evenPart(walk);
  const { installmentMultiple: multiple, rounding } = walk.amounts;
  if (multiple === undefined) return even;
  return toMultiple(even, multiple, rounding) + toMultiple(interest, multiple, rounding) - interest;
};

/** What of a flat loan each installment repays: of what has been paid out so far. */
export const evenPart = (walk: Walk): bigint => {
  const { amortization } = walk.story.terms;
  const { sum, count } = sharedOut(walk);
  const part =
    amortization.kind === 'balloon' ? parseRate(amortization.share) : { numerator: 1n, denominator: BigInt(count) };
  return amountOf(sum * part.numerator, part.denominator, walk.amounts);
};

/** What flat loans repay in equal parts, and over how many installments. */
const sharedOut = (walk: Walk): { readonly sum: bigint; readonly count: number } => ({
  sum: walk.planned + walk.outstanding - walk.since.planned,
  count: asking(walk, walk.since.number, walk.principalGrace),
});
