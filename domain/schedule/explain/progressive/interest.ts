import type { Day } from '../../../calendar';
import type { Installment } from '../../progressive/life/installment';
import {
  baseOf,
  exactInterest,
  exactInterestOfPart,
  interestOf,
  interestShare,
} from '../../progressive/model/interest';
import { askedIn, type InterestPeriod, type Model, type RepaymentPeriod } from '../../progressive/model/model';
import { rateOn } from '../../progressive/model/rates';
import { exactFactorOf } from '../../progressive/model/year-share';
import type { BalanceChange, CalculationOf, Segment } from '../calculation';
import type { Figure } from '../figure';
import { change, type Pen, type PlainLine } from '../pen';
import { changesOn } from './balance-changes';
import { factsMoving } from './turns';
import type { Witnessed } from './witness';

/** The interest of an installment that has a period: of its days, from elsewhere, as far as it has room for it. */
export const interestFigure = (
  witness: Witnessed,
  installment: Installment,
  period: RepaymentPeriod,
  pen: Pen,
): Figure => {
  const moved = installment.owed.interest - period.dueInterest;
  return pen.figure(installment.owed.interest, [
    ...interestDueLines(witness, period, pen),
    ...roomLines(period),
    change(moved, { why: 'moved', facts: factsMoving(witness, installment, 'interest') }),
  ]);
};

/** The same of a model that bears none after a day. */
export const interestFigureUntil = (witness: Witnessed, period: RepaymentPeriod, day: Day, pen: Pen): Figure =>
  pen.figure(period.dueInterest, [...interestDueLines(witness, period, pen, day), ...roomLines(period)]);

/** All interest that has come due by the end of the period. */
const interestDueLines = (
  witness: Witnessed,
  period: RepaymentPeriod,
  pen: Pen,
  through = period.due,
): readonly PlainLine[] => {
  const { model } = witness.life;
  const putBack = period.parts.reduce((sum, { creditedInterest }) => sum + creditedInterest, 0n);
  const own = period.interestPlace === 'here' ? interestOf(model, period) - putBack : 0n;
  return [
    ...(period.interestPlace === 'here'
      ? [
          {
            does: 'add' as const,
            why: 'days-interest' as const,
            amount: own,
            calculation: interestCalculation(witness, period, own, through, pen),
          },
          change(putBack, { why: 'put-back' }),
        ]
      : []),
    { does: 'add', why: 'spread-interest', amount: period.fixedInterest },
    { does: 'add', why: 'interest-of-later-days', amount: period.interestFromLater },
    { does: 'add', why: 'carried-in', amount: period.carriedIn },
  ];
};

const roomLines = (period: RepaymentPeriod): readonly PlainLine[] => {
  const { interestGrace, interest, paidInterest, paidPrincipal } = period;
  const asked = askedIn(period);
  const beside = asked > interest ? asked - interest : 0n;
  const least: PlainLine = { does: 'at-least', why: 'paid-interest', amount: paidInterest };
  if (interestGrace) return [{ does: 'at-most', why: 'grace', amount: 0n }, least];
  if (paidPrincipal > 0n && paidPrincipal > beside) {
    return [{ does: 'at-most', why: 'principal-beyond', amount: paidInterest }, least];
  }
  return [{ does: 'at-most', why: 'no-room', amount: asked }, least];
};

const interestCalculation = (
  witness: Witnessed,
  period: RepaymentPeriod,
  rounded: bigint,
  through: Day,
  pen: Pen,
): CalculationOf<'interest'> => {
  const { model } = witness.life;
  const parts = period.parts.filter(({ to }) => to <= through);
  return {
    kind: 'interest',
    segments: parts.map((part, index) => segmentOf(witness, period, part, parts[index + 1], pen)),
    rounding: pen.rounding(exactInterest(model, period), rounded, model.money),
  };
};

const segmentOf = (
  witness: Witnessed,
  period: RepaymentPeriod,
  part: InterestPeriod,
  next: InterestPeriod | undefined,
  pen: Pen,
): Segment => {
  const { model } = witness.life;
  const { perYear } = rateOn(model.rates, part.from);
  const share = interestShare(model, period, part);
  const left = period.due - part.from;
  return {
    from: pen.date(part.from),
    to: pen.date(part.to),
    days: part.to - part.from,
    balance: pen.money(baseOf(model, part)),
    perYear: pen.number(perYear),
    paused: part.paused,
    share: pen.share(share),
    factor: pen.number(exactFactorOf(perYear, share)),
    ...(left > 0 && { ofPeriod: { days: part.to - part.from, of: left } }),
    exact: pen.exact(exactInterestOfPart(model, period, part, period.due)),
    changes: changesShown(witness, part, next, pen),
  };
};

/** What the balance changes by at the end of a part. Flat interest is on what was paid out, whatever is left. */
const changesShown = (
  witness: Witnessed,
  part: InterestPeriod,
  next: InterestPeriod | undefined,
  pen: Pen,
): BalanceChange[] => {
  const { model } = witness.life;
  if (model.terms.interest.method === 'flat') return [];
  const all = next === undefined ? part.disbursed + part.correction : next.balance - part.balance;
  return changesOn(witness, part, all).map(({ amount, ...rest }) => ({ ...rest, amount: pen.money(amount) }));
};

/** What bears interest when a period begins: the balance before it, as if the installment before were paid. */
export const openingFigure = (
  { life: { model } }: Witnessed,
  period: RepaymentPeriod,
  pen: Pen,
): Figure | undefined => {
  const before = periodBefore(model, period);
  const last = before?.parts.at(-1);
  const [first] = period.parts;
  if (before === undefined || last === undefined || first === undefined) return undefined;
  if (model.terms.interest.method === 'flat') return undefined;
  return pen.figure(first.balance, [
    { does: 'add', why: 'balance-before', amount: last.balance },
    change(last.disbursed, { why: 'paid-out' }),
    change(last.correction, { why: 'paid' }),
    change(before.paidPrincipal - before.duePrincipal, { why: 'repaid-as-planned' }),
    { does: 'at-least', why: 'not-below-zero', amount: 0n },
  ]);
};

const periodBefore = ({ periods }: Model, period: RepaymentPeriod): RepaymentPeriod | undefined =>
  periods[periods.indexOf(period) - 1];
