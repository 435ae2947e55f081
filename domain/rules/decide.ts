import { type Actor, keyOf, type Refusal, refuse, unreachable } from '../kernel';
import { HOUSE_RULES } from '../reconciliation';
import type { RulesCommand } from './commands';
import type { RulesEvent } from './events';
import type { RuleSetVersion, RulesState } from './state';

type Outcome = readonly RulesEvent[] | Refusal;
type Given<Type extends RulesCommand['type']> = Extract<RulesCommand, { readonly type: Type }>;

const NOTHING: readonly RulesEvent[] = [];

/** What follows from a command on the rules of a counterparty: drafted → tried → active. */
export const decide = (command: RulesCommand, state: RulesState): Outcome => {
  if (command.type === 'DraftRuleSet') return draft(command, state);
  const { rulesId, hash } = command.data;
  const version = state.versions.get(hash);
  if (version === undefined) return refuse('NOT_FOUND', `${rulesId} has no version ${hash}`);
  switch (command.type) {
    case 'RecordRuleSetTrial':
      return tried(command, version);
    case 'ActivateRuleSet':
      return activate(command, version, state);
    default:
      return unreachable(command);
  }
};

/** The number that the next version must be beyond; the house comes with a version of its own. */
const lastVersion = (name: string, { versions }: RulesState): number =>
  Math.max(
    name === HOUSE_RULES.name ? HOUSE_RULES.version : 0,
    ...[...versions.values()].map(({ document }) => document.version),
  );

const draft = ({ data, facts: { hash }, actor, businessDate }: Given<'DraftRuleSet'>, state: RulesState): Outcome => {
  if (state.versions.has(hash)) return NOTHING;
  const { rulesId, document } = data;
  if (document.name !== keyOf(rulesId)) return refuse('NOT_FOUND', `${rulesId} are not the rules of ${document.name}`);
  const last = lastVersion(document.name, state);
  if (document.version <= last) return refuse('RULES_VERSION_TAKEN', `the last one is ${document.name}@${last}`);
  return [{ type: 'RuleSetDrafted', data: { hash, by: actor, document, draftedOn: businessDate } }];
};

/** Rules for everybody can be tried on anybody's statement, those of one counterparty on its own only. */
const tried = ({ data, actor }: Given<'RecordRuleSetTrial'>, { hash, document }: RuleSetVersion): Outcome => {
  const { trial } = data;
  if (document.name !== HOUSE_RULES.name && document.name !== trial.channel) {
    return refuse('RULES_UNTRIED', `a statement of ${trial.channel} says nothing of the rules of ${document.name}`);
  }
  return [{ type: 'RuleSetTried', data: { hash, by: actor, trial } }];
};

const isSame = (a: Actor, b: Actor): boolean => a.kind === b.kind && a.id === b.id;

const activate = ({ data, actor }: Given<'ActivateRuleSet'>, version: RuleSetVersion, state: RulesState): Outcome => {
  const { hash, draftedBy } = version;
  const before = state.active;
  if (before?.hash === hash) return NOTHING;
  if (isSame(actor, draftedBy)) return refuse('FOUR_EYES', 'whoever drafted a version does not activate it');
  if (!version.tried) return refuse('RULES_UNTRIED', `${version.document.name}@${version.document.version}`);
  const replaces = before ? { replaces: before.hash } : {};
  return [{ type: 'RuleSetActivated', data: { hash, by: actor, note: data.note, ...replaces } }];
};
