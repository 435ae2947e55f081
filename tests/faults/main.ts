import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crashRounds } from './crash-rounds';

/** `main [--rounds n] [--seed n]`: kills the house so often under load; exits with 1 when anything does not hold. */
const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'usance-crash-'));
  const report = await crashRounds({
    folder,
    rounds: Number(values.rounds),
    seed: Number(values.seed),
    onRound: (round, acknowledged) => {
      if (round % 10 === 0) console.log(`round ${round}: ${acknowledged} writes acknowledged`);
    },
  });
  const { lost, doubled, verification } = report;
  console.log(
    `${report.rounds} kills, ${report.acknowledged} writes acknowledged, ${lost.length} lost; ` +
      `${report.payouts} payouts, ${doubled.length} doubled; ${verification.events} events, ` +
      `${verification.findings.length} findings (seed ${values.seed})`,
  );
  for (const finding of verification.findings)
    console.log(`  ${finding.invariant} ${finding.stream}: ${finding.detail}`);
  for (const gone of lost) console.log(`  lost: ${gone.what} ${gone.stream} at ${gone.position}`);
  if (lost.length > 0 || doubled.length > 0 || !verification.holds) {
    console.log(`the data is kept in ${folder}`);
    process.exitCode = 1;
    return;
  }
  rmSync(folder, { recursive: true, force: true });
  // The closing line says how the run went, in the form that test reports use.
  console.log(`${report.rounds} passed, 0 failed`);
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
