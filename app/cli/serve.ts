import type { Command } from 'commander';
import { openHouse } from '../house';
import { type CommonOptions, configOf } from './environment';
import { note, say } from './output';
import { untilToldToEnd } from './until-told';

/** Adds `serve`: the roles of this process, until it is told to end. */
export const addServe = (program: Command): void => {
  program
    .command('serve')
    .description('serve with the roles of USANCE_ROLES until told to end')
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .option('--port <port>', 'port of the API (USANCE_PORT)')
    .action(async (options: CommonOptions) => {
      const house = await openHouse({ config: configOf(options), listens: true, writesApart: true });
      say(house.url ? `Usance serves at ${house.url} (documentation at ${house.url}/docs)` : 'Usance is at work');
      await untilToldToEnd();
      note('closing …');
      await house.close();
    });
};
