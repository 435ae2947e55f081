import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { BusinessDate } from '../../domain/kernel';
import { policyDocumentSchema } from '../../domain/policy';
import { openHouse } from '../house';
import { policyChecks } from '../policies';
import { replayOf, whatIfBy } from '../recorded-decisions';
import { type CommonOptions, configOf } from './environment';
import { day } from './moments';
import { say, sayJson, table } from './output';
import { type ServerOptions, told } from './server';

interface ReplayOptions extends CommonOptions {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly policy?: string;
}

/** Adds `risk`: policies on their way to deciding, and decisions made again. */
export const addRisk = (program: Command): void => {
  const risk = program.command('risk').description('risk policies, and the decisions that were made by them');
  addReplayOf(risk);
  const policy = risk.command('policy').description('versions of the risk policy');
  addCheck(policy);
  addSteps(policy);
};

const addReplayOf = (risk: Command): void => {
  risk
    .command('replay')
    .description('make recorded decisions again: by the versions that they name, or by another one')
    .requiredOption('--from <date>', 'first business date', day)
    .requiredOption('--to <date>', 'last business date', day)
    .option('--policy <hash>', 'decide by this version instead, and tell what would be different')
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .action(async ({ from, to, policy, ...options }: ReplayOptions) => {
      const roles = policy === undefined ? [] : (['projections'] as const);
      const house = await openHouse({
        config: { ...configOf(options, { USANCE_LOG_LEVEL: 'error' }), USANCE_ROLES: [...roles] },
      });
      try {
        const span = { from, to };
        if (policy === undefined) {
          const report = await replayOf(house.container, span);
          sayJson(report);
          if (report.differences > 0) process.exitCode = 1;
          return;
        }
        const report = await whatIfBy(house.container, policy, span);
        if (report === undefined) throw new Error(`there is no version ${policy}`);
        sayJson(report);
      } finally {
        await house.close();
      }
    });
};

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const addCheck = (policy: Command): void => {
  policy
    .command('check')
    .argument('<file>', 'a policy as JSON')
    .description('check a policy without a house: exits with 1 and names each place that is wrong')
    .action(async (file: string) => {
      const document = policyDocumentSchema.parse(readJson(file));
      const findings = await policyChecks.check(document);
      if (findings.length === 0) {
        say(`${policyChecks.hashOf(document)}: sound, ${document.golden.length} golden cases`);
        return;
      }
      say(
        table(
          ['place', 'code', 'what is wrong'],
          findings.map(({ place, code, detail }) => [place, code, detail]),
        ),
      );
      process.exitCode = 1;
    });
};

const withServer = (command: Command): Command =>
  command
    .option('--url <url>', 'the house', 'http://127.0.0.1:8080')
    .requiredOption('--token <token>', 'of an underwriter or an operator; see `usance token`');

/** Each of these is one request to a running house. */
const STEPS = [
  ['shadow', 'shadow', 'let a version decide in the shadow'],
  ['verify', 'check', 'check a drafted version'],
] as const;

const versionPath = (policyId: string, hash: string, what: string): string =>
  `/v1/risk/policies/${policyId}/versions/${hash}/${what}`;

const addSteps = (policy: Command): void => {
  withServer(policy.command('list'))
    .description('versions, and how far each has come')
    .action((options: ServerOptions) => told(options, 'GET', '/v1/risk/policies'));
  withServer(policy.command('show').argument('<hash>'))
    .description('a version with its content')
    .action((hash: string, options: ServerOptions) => told(options, 'GET', `/v1/risk/policies/${hash}`));
  withServer(policy.command('draft').argument('<file>', 'a policy as JSON'))
    .description('draft the next version')
    .action((file: string, options: ServerOptions) =>
      told(options, 'POST', '/v1/risk/policies', { document: readJson(file) }),
    );
  for (const [name, what, description] of STEPS) {
    withServer(policy.command(name).argument('<policy>', 'policy-…').argument('<hash>'))
      .description(description)
      .action((id: string, hash: string, options: ServerOptions) =>
        told(options, 'POST', versionPath(id, hash, what), {}),
      );
  }
  withServer(policy.command('approve').argument('<policy>', 'policy-…').argument('<hash>'))
    .description('approve its activation; the second approval activates it')
    .requiredOption('--note <text>', 'why')
    .action((id: string, hash: string, { note, ...options }: ServerOptions & { readonly note: string }) =>
      told(options, 'POST', versionPath(id, hash, 'approval'), { note }),
    );
  withServer(policy.command('retire').argument('<policy>', 'policy-…').argument('<hash>'))
    .description('retire a version that does not decide')
    .requiredOption('--reason <text>', 'why')
    .action((id: string, hash: string, { reason, ...options }: ServerOptions & { readonly reason: string }) =>
      told(options, 'POST', versionPath(id, hash, 'retirement'), { reason }),
    );
};
