import { cpus, totalmem } from 'node:os';
import type { Figure } from './figure';

interface Report {
  readonly machine: string;
  readonly node: string;
  readonly benchmarks: Readonly<Record<string, readonly Figure[]>>;
}

export const reportOf = (benchmarks: Report['benchmarks']): Report => ({
  machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  node: process.version,
  benchmarks,
});

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

const COLUMNS = ['', 'median', 'slowest – fastest', 'p99', 'of its ceiling', 'work'] as const;

const rowOf = (figure: Figure, figures: readonly Figure[]): readonly string[] => {
  const ceiling = figures.find(({ name }) => name === figure.ceiling);
  return [
    figure.name,
    `${whole(figure.median)} ${figure.unit}`,
    `${whole(figure.slowest)} – ${whole(figure.fastest)}`,
    figure.p99 === undefined ? '' : `${figure.p99.toFixed(2)} ms`,
    ceiling ? `${whole((figure.median / ceiling.median) * 100)} %` : '',
    figure.work,
  ];
};

/** The figures as a table in plain text (and in Markdown, as it happens). */
export const tableOf = (figures: readonly Figure[]): string => {
  const rows = [COLUMNS, ...figures.map((figure) => rowOf(figure, figures))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => `${'-'.repeat(width + 1)}${column === 0 ? '-' : ':'}`).join('|')}|`;
  const [head, ...body] = rows.map(line);
  return [head, rule, ...body].join('\n');
};

const pad = (cell: string, width: number, column: number): string =>
  column === 0 ? cell.padEnd(width) : cell.padStart(width);
