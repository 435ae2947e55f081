import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { BusinessDate } from '../../domain/kernel';
import type { CommonOptions } from './environment';
import { askedOfHouse } from './finance-query';
import { day } from './moments';

interface DryRunOptions extends CommonOptions {
  readonly channel: string;
  readonly date: BusinessDate;
  readonly url?: string;
  readonly token?: string;
}

/** Adds `dry-run <file>`: what other rules would have made of a past statement. */
export const addDryRun = (program: Command): void => {
  program
    .command('dry-run')
    .argument('<rules>', 'a rule set of reconciliation, as JSON')
    .description('hold a past statement against our movements by other rules, and write nothing')
    .requiredOption('--channel <name>', 'a payment channel, or custody')
    .requiredOption('--date <date>', 'whose statement', day)
    .option('--url <url>', 'a running house, asked with --token; without it, the stopped one in the data folder')
    .option('--token <token>', 'of finance; see `usance token`')
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .action(async (file: string, options: DryRunOptions) => {
      const rules = JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
      const { channel, date } = options;
      const path = `/v1/finance/reconciliations/${encodeURIComponent(channel)}/${date}/dry-run`;
      // The partners of the sandbox answer from what they have kept in the data folder.
      await askedOfHouse(options, `${path}?${new URLSearchParams({ rules })}`, ['sandbox', 'read-api']);
    });
};
