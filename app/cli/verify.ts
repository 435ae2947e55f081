import type { Command } from 'commander';
import { openHouse } from '../house';
import { type VerificationReport, verifyHouse } from '../verification';
import { type CommonOptions, configOf } from './environment';
import { note, say, sayJson } from './output';
import { progressBar } from './progress';

interface VerifyCommandOptions extends CommonOptions {
  readonly json?: boolean;
}

const tell = (report: VerificationReport): void => {
  say(`${report.events} events in ${report.streams} streams`);
  say(`${report.invariants} invariants, ${report.readModels} read models`);
  if (report.unchecked.length > 0) say(`not to be seen from here: ${report.unchecked.join(', ')}`);
  for (const { invariant, stream, detail } of report.findings) say(`  ${invariant} ${stream}: ${detail}`);
  if (report.unfinished > 0) say(`${report.unfinished} things are in hand; a running house goes on with them`);
  say(report.holds ? 'everything holds' : `${report.findings.length} findings`);
};

/** Adds `verify`: re-reads everything; exits with 1 at the first difference and names it. */
export const addVerify = (program: Command): void => {
  program
    .command('verify')
    .description('re-read the whole log: chains, folds, invariants, read models against a rebuild')
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .option('--json', 'print one JSON object')
    .action(async (options: VerifyCommandOptions) => {
      // Only what reads: nothing may be written while it is being verified.
      const config = configOf(options, { USANCE_ROLES: 'projections', USANCE_LOG_LEVEL: 'error' });
      const house = await openHouse({ config });
      const progress = progressBar();
      try {
        const report = await verifyHouse(house.container, {
          onProgress: (what, events) => progress.to(events, Math.max(events, 1), what),
        });
        progress.stop();
        if (options.json) sayJson(report);
        else tell(report);
        if (!report.holds) process.exitCode = 1;
      } finally {
        progress.stop();
        await house.close().catch((error) => note(String(error)));
      }
    });
};
