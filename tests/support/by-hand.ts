import { Decimal } from 'decimal.js';
import type { InstallmentExplanation, PayoffExplanation } from '../../domain/schedule';
import { amountBy, type Calculation, Exact, type Planning, smoothedBy } from './by-calculator';

type Figure = InstallmentExplanation['interest'];
type Line = Figure['lines'][number];

const after = (sum: Decimal, { does, amount }: Line): Decimal => {
  switch (does) {
    case 'add':
      return sum.plus(amount);
    case 'subtract':
      return sum.minus(amount);
    case 'at-most':
      return Decimal.min(sum, amount);
    case 'at-least':
      return Decimal.max(sum, amount);
  }
};

const checkLine = (line: Line, before: Decimal, planning: Planning, faults: string[]): void => {
  const { why, amount, calculation } = line;
  if (calculation === undefined) return;
  const value =
    why === 'smoothing' && calculation.kind === 'even-share'
      ? smoothedBy(calculation, before, line.does === 'add')
      : amountBy(calculation, planning, faults);
  if (!value.eq(amount)) faults.push(`${why} comes to ${value.toFixed()} and not ${amount}`);
};

const checkFigure = (name: string, figure: Figure, planning: Planning): string[] => {
  const faults: string[] = [];
  let sum: Decimal = new Exact(0);
  for (const line of figure.lines) {
    checkLine(line, sum, planning, faults);
    sum = after(sum, line);
  }
  if (!sum.eq(figure.amount)) faults.push(`the lines come to ${sum.toFixed()} and not ${figure.amount}`);
  return faults.map((fault) => `${name}: ${fault}`);
};

const segmentsIn = (calculation: Calculation | undefined) =>
  calculation?.kind === 'interest' ? calculation.segments : [];

/** Days follow each other without a gap, and each balance is the one before with what changed it. */
const checkDays = ({ from, due, opening, interest, conventions }: InstallmentExplanation): string[] => {
  const faults: string[] = [];
  const segments = interest.lines.flatMap(({ calculation }) => segmentsIn(calculation));
  const [first] = segments;
  const end = segments.at(-1)?.to;
  if (first === undefined) return [];
  // What closes a loan on a day may bear interest to the next rest date.
  const isToTheEnd = end === due || conventions.planning === 'cumulative';
  if (first.from !== from || !isToTheEnd) faults.push(`days from ${first.from} to ${end}`);
  if (opening !== undefined && first.balance !== opening.amount) faults.push(`opens with ${first.balance}`);
  for (const [index, { to, balance, changes }] of segments.entries()) {
    const next = segments[index + 1];
    if (next === undefined) break;
    if (next.from !== to) faults.push(`a gap after ${to}`);
    const sum = changes.reduce((all, { amount }) => all.plus(amount), new Exact(balance));
    if (conventions.interest.method !== 'flat' && !sum.eq(next.balance)) faults.push(`${sum.toFixed()} after ${to}`);
  }
  return faults;
};

/**
 * Works an explanation out again, as a person with a calculator would: by its own numbers, on decimal.js, with nothing
 * of the engine. Answers with what does not come to what is said; nothing where all of it does.
 */
export const faultsOf = (explanation: InstallmentExplanation): readonly string[] => {
  const { conventions, opening, interest, installment, principal, fee, penalty, balance, total } = explanation;
  const figures = { opening, interest, installment, principal, fee, penalty, balance };
  const faults = Object.entries(figures).flatMap(([name, figure]) =>
    figure === undefined ? [] : checkFigure(name, figure, conventions.planning),
  );
  const sum = [principal, interest, fee, penalty].reduce((all, { amount }) => all.plus(amount), new Exact(0));
  if (!sum.eq(total)) faults.push(`the total is ${sum.toFixed()} and not ${total}`);
  return [...faults, ...checkDays(explanation)];
};

/** The same of a payoff: its parts make the total, and each works out by its own numbers. */
export const payoffFaultsOf = (explanation: PayoffExplanation, planning: Planning): readonly string[] => {
  const { principal, interest, fee, penalty, total, installments } = explanation;
  const figures = Object.entries({ principal, interest, fee, penalty });
  const faults = [
    ...figures.flatMap(([name, figure]) => checkFigure(name, figure, planning)),
    ...installments.flatMap(({ n, interest: own }) => checkFigure(`installment ${n}`, own, planning)),
  ];
  const sum = figures.reduce((all, [, { amount }]) => all.plus(amount), new Exact(0));
  if (!sum.eq(total)) faults.push(`the total is ${sum.toFixed()} and not ${total}`);
  return faults;
};
