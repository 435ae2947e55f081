import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Config } from '../../platform/config';
import { createTokens } from '../../platform/http';
import { openHouse } from '../house';
import { tokenSecretOf } from '../secrets';
import { type CommonOptions, configOf } from './environment';
import { note, say } from './output';
import { play } from './play';
import { untilToldToEnd } from './until-told';

interface StartOptions extends CommonOptions {
  readonly empty?: boolean;
  readonly exit?: boolean;
  readonly applicants?: string;
  readonly count: number;
  readonly days: number;
}

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1');
  return value;
};

const withOptions = (command: Command): Command =>
  command
    .option('--exit', 'end after the summary; with 1 if anything does not hold')
    .option('--applicants <file>', 'real applicants: a CSV in the columns of South German Credit')
    .option('--count <n>', 'applicants to generate where no file is given', whole, 1_000)
    .option('--days <n>', 'business days to play', whole, 180)
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .option('--port <port>', 'port of the API (USANCE_PORT)');

/** A house that has been at work before has a log. */
const hasLog = (config: Config): boolean =>
  config.EVENT_STORE_URL !== undefined || existsSync(join(config.USANCE_DATA, 'events.db'));

/**
 * Adds `start` (what `npm start` runs) and `demo`: all roles and the sandbox in one process, and a portfolio played.
 */
export const addStart = (program: Command): void => {
  withOptions(program.command('start'))
    .description('start everything in one process; on an empty data folder play a portfolio first')
    .option('--empty', 'do not play a portfolio')
    .action(async (options: StartOptions) => {
      const config = configOf(options);
      const holds = options.empty || hasLog(config) ? true : await play(quiet(config), playOptions(options));
      await goOn(config, options, holds);
    });

  withOptions(program.command('demo'))
    .description('play a portfolio in an empty data folder, then serve')
    .action(async (options: StartOptions) => {
      const config = configOf(options);
      if (hasLog(config)) {
        throw new Error(
          `${config.USANCE_DATA} has a log already (${readdirSync(config.USANCE_DATA).join(', ')}): ` +
            'name an empty folder with --data, or `start` to go on with this one',
        );
      }
      await goOn(config, options, await play(quiet(config), playOptions(options)));
    });
};

const playOptions = ({ applicants, count, days }: StartOptions) => ({
  count,
  businessDays: days,
  ...(applicants ? { applicants } : {}),
});

/** While a portfolio is played what partners get wrong is part of the play. */
const quiet = (config: Config): Config => ({ ...config, USANCE_LOG_LEVEL: 'fatal', USANCE_PORT: 0 });

const goOn = async (config: Config, { exit }: StartOptions, holds: boolean): Promise<void> => {
  if (!holds) process.exitCode = 1;
  if (exit) return;
  const house = await openHouse({ config, writesApart: true });
  const tokens = createTokens(tokenSecretOf(config), Date.now);
  const auditor = await tokens.issue({ kind: 'auditor', id: 'visitor' }, 86_400);
  const finance = await tokens.issue({ kind: 'finance', id: 'visitor' }, 86_400);
  say();
  say(`Usance serves at ${house.url}`);
  say(`  API and how to call it   ${house.url}/docs`);
  say(`  errors and what to do    ${house.url}/docs/errors`);
  say(`  health, figures          ${house.url}/health/ready  ${house.url}/metrics`);
  say('Look around (tokens are valid for a day; `npm run usance -- token --help` makes others):');
  say(`  curl -H "authorization: Bearer ${finance}" ${house.url}/v1/finance/portfolio`);
  say(`  curl -H "authorization: Bearer ${finance}" "${house.url}/v1/finance/trial-balance?format=csv"`);
  say(`  curl -H "authorization: Bearer ${auditor}" ${house.url}/v1/audit/streams/<loan id>/events`);
  say('Ctrl-C ends it.');
  await untilToldToEnd();
  note('closing …');
  await house.close();
};
