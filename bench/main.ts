import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchmarks } from './benchmarks';
import { type Figure, reportOf, tableOf } from './support';

/** `main [--json <file>] [name…]`: runs the benchmarks named, or all; prints a table, writes the figures as JSON. */
const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
  const names = benchmarks.map(({ name }) => name);
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`no benchmark is called ${unknown.join(', ')}; there are: ${names.join(', ')}`);

  const figures: Record<string, readonly Figure[]> = {};
  for (const benchmark of benchmarks) {
    if (positionals.length > 0 && !positionals.includes(benchmark.name)) continue;
    figures[benchmark.name] = await benchmark.full();
    console.log(`${benchmark.name}\n${tableOf(figures[benchmark.name] ?? [])}\n`);
  }
  const report = reportOf(figures);
  console.log(`${report.machine}; Node ${report.node}`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
