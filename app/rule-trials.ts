import type { DependencyContainer } from 'tsyringe';
import { type DryRun, type DryRunAsked, dryRun } from '../sagas';
import type { RuleTrial } from '../write-api';
import { TOKENS, the } from './tokens';

/** Holds a past statement against our movements by other rules than those in force; writes nothing. */
export const dryRunOf = (house: DependencyContainer, asked: DryRunAsked): Promise<DryRun> => {
  const { channels, custody } = the(house, TOKENS.partners);
  const [log, bus] = [the(house, TOKENS.eventLog), the(house, TOKENS.commandBus)];
  return dryRun({ log, bus, channels: [...channels.values()], custody, currency: 'CNY' }, asked);
};

/** The same in figures, to be put on record. */
export const ruleTrialOf = async (house: DependencyContainer, asked: DryRunAsked): Promise<RuleTrial> => {
  const run = await dryRunOf(house, asked);
  if (run.outcome !== 'compared') return run;
  const { channel, date } = asked;
  const { statementHash, lines, onlyInForce, onlyTried } = run;
  const { pairs: _, ...inForce } = run.inForce;
  const { pairs: __, ...tried } = run.tried;
  const differences = { onlyInForce: onlyInForce.length, onlyTried: onlyTried.length };
  return { outcome: 'compared', trial: { channel, date, statementHash, lines, inForce, tried, ...differences } };
};
