import { type Command, Option } from 'commander';
import { ACTOR_KINDS } from '../../domain/kernel';
import { createTokens } from '../../platform/http';
import { tokenSecretOf } from '../secrets';
import { type CommonOptions, configOf } from './environment';
import { say } from './output';

interface TokenOptions extends CommonOptions {
  readonly role: string;
  readonly subject: string;
  readonly seconds: string;
}

/** Adds `token`: a bearer token for a role, signed with this house's secret. */
export const addToken = (program: Command): void => {
  program
    .command('token')
    .description('print a bearer token')
    .addOption(
      new Option('--role <role>', 'whose token')
        .choices(ACTOR_KINDS.filter((kind) => kind !== 'system'))
        .makeOptionMandatory(),
    )
    .option('--subject <id>', 'who: a borrower’s id, a person’s name', 'me')
    .option('--seconds <n>', 'how long it is valid', '3600')
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .action(async ({ role, subject, seconds, ...options }: TokenOptions) => {
      const tokens = createTokens(tokenSecretOf(configOf(options)), Date.now);
      say(await tokens.issue({ kind: role, id: subject }, Number(seconds)));
    });
};
