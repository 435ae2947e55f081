import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crashRounds } from './crash-rounds';
import { debitDrill } from './debit-drill';

/** Debits so many installments while those who do it are killed so often. */
const debits = async (installments: number, kills: number, seed: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'usance-debits-'));
  const onKill = (kill: number, made: number): void => console.log(`kill ${kill}: ${made} debits made`);
  const report = await debitDrill({ folder, installments, kills, seed, onKill });
  const { debited, overdrawn, findings, taken, settled, allocated, suspense } = report;
  console.log(
    `${debited} of ${installments} installments debited by ${report.debits} debits, ${JSON.stringify(report.refused)} refused first; ` +
      `taken ${taken} = settled ${settled} = allocated ${allocated} + suspense ${suspense}; ` +
      `${report.events} events, ${findings.length} findings, ` +
      `${report.seconds.toFixed(0)} s, ${kills} kills (seed ${seed})`,
  );
  for (const finding of findings) console.log(`  ${finding}`);
  const once = debited === installments && report.debits === installments && overdrawn.length === 0;
  if (!once || findings.length > 0 || taken !== settled || settled !== allocated || suspense !== '0.00') {
    console.log(`the data is kept in ${folder}`);
    process.exitCode = 1;
    return;
  }
  rmSync(folder, { recursive: true, force: true });
  console.log(`${kills} passed, 0 failed`);
};

/**
 * `main [--rounds n] [--seed n]`: kills the house so often under load; `main --debits n [--kills n]`: those who debit
 * so many installments. Exits with 1 when anything does not hold.
 */
const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      debits: { type: 'string' },
      kills: { type: 'string', default: '20' },
    },
  });
  if (values.debits !== undefined) {
    await debits(Number(values.debits), Number(values.kills), Number(values.seed));
    return;
  }
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
