import { createInterface } from 'node:readline';
import { type Command, Option } from 'commander';
import {
  bankCardNumberSchema,
  mobileNumberSchema,
  readResidentId,
  residentIdNumberSchema,
} from '../../domain/borrower';
import { createBlindIndexer } from '../../platform/keys';
import { deviceIdSchema } from '../../write-api';
import { masterKeyOf } from '../secrets';
import { type CommonOptions, configOf } from './environment';
import { say } from './output';

/** Each in the one way in which it is indexed. */
const SCHEMAS = {
  device: deviceIdSchema,
  phone: mobileNumberSchema,
  card: bankCardNumberSchema,
  'id-number': residentIdNumberSchema.transform((text) => readResidentId(text)?.number ?? text),
} as const;

interface IndexOptions extends CommonOptions {
  readonly as: keyof typeof SCHEMAS;
}

/** Adds `index`: what stands in a list for a device, a phone, a card or a person. */
export const addIndex = (program: Command): void => {
  program
    .command('index')
    .description('print the keyed hash of each line of standard input, for a risk list')
    .addOption(new Option('--as <kind>', 'what the lines are').choices(Object.keys(SCHEMAS)).makeOptionMandatory())
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .action(async ({ as, ...options }: IndexOptions) => {
      const { index } = createBlindIndexer(masterKeyOf(configOf(options)));
      for await (const line of createInterface({ input: process.stdin })) {
        if (line.trim() !== '') say(index(as, SCHEMAS[as].parse(line.trim())));
      }
    });
};
