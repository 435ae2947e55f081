import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { BusinessDate } from '../../domain/kernel';
import { day } from './moments';
import { type ServerOptions, told } from './server';

const VERSIONS = '/v1/finance/rule-sets';

const withServer = (command: Command): Command =>
  command
    .option('--url <url>', 'the house', 'http://127.0.0.1:8080')
    .requiredOption('--token <token>', 'of finance; see `usance token`');

const about = (rules: Command, name: string): Command =>
  withServer(rules.command(name).argument('<rules>', 'rules-…').argument('<hash>'));

const versionPath = (id: string, hash: string, what: string): string => `${VERSIONS}/${id}/versions/${hash}/${what}`;

/** Adds `rules`: versions of the rules of reconciliation. Each of these is one request to a running house. */
export const addRules = (program: Command): void => {
  const rules = program.command('rules').description('rules of reconciliation, on their way into force');
  withServer(rules.command('list'))
    .description('versions, and how far each has come')
    .action((options: ServerOptions) => told(options, 'GET', VERSIONS));
  withServer(rules.command('show').argument('<hash>'))
    .description('a version with its content')
    .action((hash: string, options: ServerOptions) => told(options, 'GET', `${VERSIONS}/${hash}`));
  withServer(rules.command('draft').argument('<file>', 'a rule set as JSON'))
    .description('draft the next version')
    .action((file: string, options: ServerOptions) =>
      told(options, 'POST', VERSIONS, { document: JSON.parse(readFileSync(file, 'utf8')) }),
    );
  about(rules, 'try')
    .description('hold a past statement against our movements by a version, and put on record what comes of it')
    .requiredOption('--date <date>', 'whose statement', day)
    .option('--channel <name>', 'whose statement, where the rules are those of the house')
    .action(
      (
        id: string,
        hash: string,
        { date, channel, ...options }: ServerOptions & { readonly date: BusinessDate; readonly channel?: string },
      ) => told(options, 'POST', versionPath(id, hash, 'trials'), { date, ...(channel ? { channel } : {}) }),
    );
  about(rules, 'activate')
    .description('put a version in force that somebody else has drafted')
    .requiredOption('--note <text>', 'why')
    .action((id: string, hash: string, { note, ...options }: ServerOptions & { readonly note: string }) =>
      told(options, 'POST', versionPath(id, hash, 'activation'), { note }),
    );
};
