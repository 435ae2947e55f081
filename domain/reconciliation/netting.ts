import { formatMoney, moneyOf } from '../kernel';
import type { StatementLine } from './events';
import { signedMinor } from './signed';

/**
 * The lines that are left of a statement when its corrections have been netted into the lines they correct. A line
 * netted to nothing is gone; one netted to another amount stands with that amount. A correction of a line that is not
 * in the statement (it was on an earlier one), or of another correction, stands for itself. The total stays the same.
 */
export const netCorrections = (lines: readonly StatementLine[]): readonly StatementLine[] => {
  if (!lines.some(({ corrects }) => corrects !== undefined)) return lines;
  const correctable = new Map<string, StatementLine>();
  for (const line of lines) {
    if (line.corrects === undefined && !correctable.has(line.lineId)) correctable.set(line.lineId, line);
  }
  const targetOf = ({ corrects }: StatementLine): StatementLine | undefined =>
    corrects === undefined ? undefined : correctable.get(corrects);

  const corrections = new Map<StatementLine, bigint>();
  for (const line of lines) {
    const target = targetOf(line);
    if (target) corrections.set(target, (corrections.get(target) ?? 0n) + signedMinor(line));
  }
  return lines
    .filter((line) => targetOf(line) === undefined)
    .map((line) => withCorrection(line, corrections.get(line)))
    .filter((line) => line !== undefined);
};

const withCorrection = (line: StatementLine, correction: bigint | undefined): StatementLine | undefined => {
  if (correction === undefined) return line;
  const net = signedMinor(line) + correction;
  if (net === 0n) return undefined;
  const amount = formatMoney(moneyOf(net < 0n ? -net : net, line.amount.currency));
  return { ...line, direction: net < 0n ? 'out' : 'in', amount };
};
