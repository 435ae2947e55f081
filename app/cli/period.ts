import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { type BusinessDate, HOUSE_PERIODS } from '../../domain/kernel';
import { REFUSALS } from '../../domain/refusals';
import { openHouse } from '../house';
import { TOKENS, the } from '../tokens';
import { type CommonOptions, configOf } from './environment';
import { day } from './moments';
import { say, sayJson } from './output';
import { told } from './server';

interface CloseOptions extends CommonOptions {
  readonly through: BusinessDate;
  readonly as: string;
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** Adds `period close`: nothing is booked any more up to and with a business date. */
export const addPeriod = (program: Command): void => {
  const period = program.command('period').description('accounting periods');
  period
    .command('close')
    .description('close the books up to and with a business date that is over, for good')
    .requiredOption('--through <date>', 'last business date of the period', day)
    .option('--url <url>', 'a running house, asked with --token; without it, the stopped one in the data folder')
    .option('--token <token>', 'of finance; see `usance token`')
    .option('--as <name>', 'who closes it, where no token says so', 'cli')
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .option('--json', 'print one JSON object')
    .action(async ({ url, token, ...options }: CloseOptions) => {
      const { through } = options;
      if (url === undefined) await closeHere(options);
      else if (token === undefined) throw new Error('--url needs --token');
      else await told({ url, token }, 'POST', '/v1/periods', { through });
    });
};

const closeHere = async ({ through, as, json, ...options }: Omit<CloseOptions, 'url' | 'token'>): Promise<void> => {
  const config = { ...configOf(options, { USANCE_LOG_LEVEL: 'error' }), USANCE_ROLES: [] };
  const house = await openHouse({ config });
  try {
    const commandId = randomUUID();
    const result = await the(house.container, TOKENS.commandBus).execute(
      { type: 'ClosePeriod', data: { periodId: HOUSE_PERIODS, through } },
      { commandId, correlationId: commandId, causationId: commandId, actor: { kind: 'finance', id: as } },
    );
    if (result.kind === 'refused') {
      const { code, detail } = result.refusal;
      const { meaning, remedy } = REFUSALS[code];
      if (json) sayJson({ closed: false, through, code, meaning, remedy, detail });
      else say(`not closed: ${meaning} ${remedy} (${code}: ${detail})`);
      process.exitCode = 1;
      return;
    }
    const closed = result.events.length > 0;
    if (json) sayJson({ closed: true, through, already: !closed });
    else say(closed ? `the books are closed through ${through}` : `the books were closed through ${through} before`);
  } finally {
    await house.close();
  }
};
