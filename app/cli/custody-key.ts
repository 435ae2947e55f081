import type { Command } from 'commander';
import { publicKeySetOf } from '../../gateways/http';
import { custodySigningKeyOf, masterKeyOf } from '../secrets';
import { type CommonOptions, configOf } from './environment';
import { sayJson } from './output';

/** Adds `custody-key`: what the custody bank has to know to check our signatures. */
export const addCustodyKey = (program: Command): void => {
  program
    .command('custody-key')
    .description('print the public key that instructions to the custody bank are signed with, as a JSON Web Key Set')
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .action((options: CommonOptions) => sayJson(publicKeySetOf(custodySigningKeyOf(masterKeyOf(configOf(options))))));
};
