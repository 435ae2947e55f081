import { cpus, loadavg, totalmem } from 'node:os';
import type { Figure } from './figure';

interface Report {
  readonly machine: string;
  readonly node: string;
  /** Load of the last five minutes: above 2 on two cores, others had their share of the machine. */
  readonly load: number;
  readonly benchmarks: Readonly<Record<string, readonly Figure[]>>;
}

export const reportOf = (benchmarks: Report['benchmarks']): Report => ({
  machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  node: process.version,
  load: Math.round((loadavg()[1] ?? 0) * 10) / 10,
  benchmarks,
});

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

const COLUMNS = [
  '',
  'median',
  'slowest – fastest',
  'CPU each',
  'p50',
  'p95',
  'p99',
  'of its ceiling',
  'target',
  '',
] as const;

const milliseconds = (value: number | undefined): string => (value === undefined ? '' : `${value.toFixed(1)} ms`);

const rowOf = (figure: Figure, figures: readonly Figure[]): readonly string[] => {
  const ceiling = figures.find(({ name }) => name === figure.ceiling);
  return [
    figure.name,
    `${whole(figure.median)} ${figure.unit}`,
    `${whole(figure.slowest)} – ${whole(figure.fastest)}`,
    `${figure.cpuMicros.toFixed(figure.cpuMicros < 10 ? 1 : 0)} µs`,
    milliseconds(figure.latency?.p50),
    milliseconds(figure.latency?.p95),
    milliseconds(figure.latency?.p99),
    ceiling ? `${whole((figure.median / ceiling.median) * 100)} %` : '',
    figure.target === undefined ? '' : whole(figure.target),
    figure.note ?? '',
  ];
};

/** The figures as a table in plain text, which is Markdown too. */
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
