import type { Command } from 'commander';
import { rotateKeys } from '../key-rotation';
import { type CommonOptions, configOf } from './environment';
import { say } from './output';

/** Adds `rotate-key`: a new master secret, and every data key wrapped under it. */
export const addRotateKey = (program: Command): void => {
  program
    .command('rotate-key')
    .description('wrap every data key under a new master secret (while the house is stopped)')
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .action(async (options: CommonOptions) => {
      const count = await rotateKeys(configOf(options));
      say(`${count} data keys wrapped anew; the older secrets stay in the list, and belong in its backup`);
    });
};
