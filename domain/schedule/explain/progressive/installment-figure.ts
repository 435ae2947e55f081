import { minorDigits, unreachable } from '../../../kernel';
import type { Installment } from '../../progressive/life/installment';
import type { RepaymentPeriod } from '../../progressive/model/model';
import { minorOf } from '../../progressive/model/money-rules';
import type { PlanNote } from '../../progressive/model/plan-note';
import type { Figure } from '../figure';
import { change, type Pen, type PlainLine, sumOf } from '../pen';
import { noteCalculation, smoothingCalculation } from './note-calculation';
import { factsSincePlanned } from './turns';
import type { Witnessed } from './witness';

/** The installment of a period: as it was planned, and what has become of it since. */
export const installmentFigure = (
  witness: Witnessed,
  installment: Installment,
  period: RepaymentPeriod,
  pen: Pen,
): Figure => pen.figure(period.emi, [...plannedLines(witness, installment, period, pen)]);

const plannedLines = (
  witness: Witnessed,
  installment: Installment,
  period: RepaymentPeriod,
  pen: Pen,
): readonly PlainLine[] => {
  const { plannedPrincipal, interestGrace } = period;
  return plannedPrincipal !== undefined && !interestGrace
    ? ledByPrincipal(witness, period, plannedPrincipal, pen)
    : leveled(witness, installment, period, pen);
};

/** Its principal, and whatever interest there is. */
const ledByPrincipal = (
  witness: Witnessed,
  period: RepaymentPeriod,
  planned: bigint,
  pen: Pen,
): readonly PlainLine[] => {
  const putBack = period.parts.reduce((sum, { creditedInterest }) => sum + creditedInterest, 0n);
  const note = notesFor(witness, period).findLast(({ kind }) => kind === 'even');
  const isEven = note?.kind === 'even' && note.amount === planned;
  return [
    {
      does: 'add',
      why: 'planned-principal',
      amount: planned,
      ...(isEven && { calculation: noteCalculation(witness, note, pen) }),
    },
    change(period.interest - period.interestFromLater - putBack, { why: 'plus-interest' }),
    { does: 'at-least', why: 'not-below-zero', amount: 0n },
  ];
};

/** An amount that was planned for several alike, and what makes this one differ. */
const leveled = (
  witness: Witnessed,
  installment: Installment,
  period: RepaymentPeriod,
  pen: Pen,
): readonly PlainLine[] => {
  const base = baseLines(witness, period, pen);
  const planned = sumOf(base);
  const difference = period.emi - planned;
  if (difference === 0n) return base;
  if (period.principalGrace) {
    return [...base, change(difference, { why: 'interest-alone' })];
  }
  if (isLastToRepay(witness, period)) return [...base, change(difference, { why: 'takes-what-is-left' })];
  return [...base, change(difference, { why: 'since-planned', facts: factsSincePlanned(witness, installment) })];
};

const baseLines = (witness: Witnessed, period: RepaymentPeriod, pen: Pen): readonly PlainLine[] => {
  const { terms } = witness.life;
  const { amortization } = terms;
  if (amortization.kind === 'fixed-installment' && terms.interest.method !== 'flat') {
    return [
      { does: 'add', why: 'fixed-installment', amount: minorOf(amortization.amount, minorDigits(terms.currency)) },
    ];
  }
  const notes = notesFor(witness, period).filter((note) => note.kind !== 'even' || note.what !== 'principal');
  const anew = notes.findLastIndex(({ kind, isOnTop }) => kind !== 'smoothed' && isOnTop !== true);
  let planned = 0n;
  return notes.slice(Math.max(0, anew)).flatMap((note) => {
    const before = note.kind === 'smoothed' && note.isOnTop !== true ? note.from - planned : 0n;
    const line = lineOf(witness, note, planned + before, pen);
    planned += before + (line.does === 'add' ? line.amount : -line.amount);
    return [change(before, { why: 'planned-anew' }), line];
  });
};

const lineOf = (witness: Witnessed, note: PlanNote, before: bigint, pen: Pen): PlainLine => {
  switch (note.kind) {
    case 'equal':
      return {
        does: 'add',
        why: 'equal-installment',
        amount: note.amount,
        calculation: noteCalculation(witness, note, pen),
      };
    case 'even':
      return { does: 'add', why: 'even-share', amount: note.amount, calculation: noteCalculation(witness, note, pen) };
    case 'smoothed': {
      // An installment that goes to its multiple by itself says nothing of how the sum of several does.
      const isShown = before === note.from || witness.life.model.money.installmentMultiple === undefined;
      return change(note.to - note.from, {
        why: 'smoothing',
        ...(isShown && { calculation: smoothingCalculation(witness, note, pen) }),
      });
    }
    default:
      return unreachable(note);
  }
};

const notesFor = ({ notes }: Witnessed, { due }: RepaymentPeriod): readonly PlanNote[] =>
  notes.filter(({ dues }) => dues.includes(due));

/** No later installment repays anything. */
export const isLastToRepay = ({ life: { model } }: Witnessed, period: RepaymentPeriod): boolean =>
  model.periods.slice(model.periods.indexOf(period) + 1).every(({ duePrincipal }) => duePrincipal === 0n);
