import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeAll, reportOf, textOf } from './report';
import { readCases } from './sources';

const OWN_CASES = resolve('tests', 'conformance', 'cases');

/**
 * `main [files or folders] [--json]`: judges the cases of the files (without any: of the house's own) and prints how
 * it went; exits with 1 when a selected case fails or a file cannot be read.
 */
const main = (): void => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const { cases, unreadable } = readCases(positionals.length > 0 ? positionals : [OWN_CASES]);
  const all = judgeAll(cases);
  const report = reportOf(all);
  console.log(values.json ? JSON.stringify(report) : textOf(all));
  for (const message of unreadable) console.error(`cannot be read: ${message}`);
  if (report.failures.length > 0 || unreadable.length > 0) process.exitCode = 1;
};

main();
