import type { Command } from 'commander';
import { projections } from '../../projections';
import { openHouse } from '../house';
import { TOKENS, the } from '../tokens';
import { type CommonOptions, configOf } from './environment';
import { say } from './output';

/** Adds `rebuild`: folds read models anew beside the live ones and swaps them in. */
export const addRebuild = (program: Command): void => {
  const names = Object.values(projections).map(({ name }) => name);
  program
    .command('rebuild')
    .argument('[names...]', `read models to rebuild (default: all): ${names.join(', ')}`)
    .description('fold read models anew from the log and swap them in')
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .action(async (asked: readonly string[], options: CommonOptions) => {
      const unknown = asked.find((name) => !names.includes(name));
      if (unknown) throw new Error(`no read model is called ${unknown}`);
      const config = configOf(options, { USANCE_ROLES: 'projections', USANCE_LOG_LEVEL: 'error' });
      const house = await openHouse({ config });
      try {
        if (!the(house.container, TOKENS.duties).has('projections')) {
          throw new Error('another process keeps the read models up to date: have that one rebuild them, by its route');
        }
        const runner = the(house.container, TOKENS.projectionRunner);
        for (const name of asked.length > 0 ? asked : names) {
          await runner.rebuild(name);
          say(`${name} rebuilt`);
        }
      } finally {
        await house.close();
      }
    });
};
