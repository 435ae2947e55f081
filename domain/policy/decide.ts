import { type Actor, type Refusal, refuse, unreachable } from '../kernel';
import type { PolicyCommand } from './commands';
import type { PolicyEvent } from './events';
import { activeVersion, type PolicyState, type PolicyVersion, shadowVersions } from './state';

type Outcome = readonly PolicyEvent[] | Refusal;
type Given<Type extends PolicyCommand['type']> = Extract<PolicyCommand, { readonly type: Type }>;

const NOTHING: readonly PolicyEvent[] = [];

/** So many decide for the record beside the active one: each costs every decision its time again. */
const SHADOWS_MOST = 3;

/** How many must want a version before it decides; whoever drafted it is none of them. */
const APPROVALS = 2;

/** Findings that a refusal names; the rest is counted. */
const FINDINGS_NAMED = 20;

/** What follows from a command on a policy: drafted → checked → shadow → active → retired. */
export const decide = (command: PolicyCommand, state: PolicyState): Outcome => {
  if (command.type === 'DraftPolicy') return draft(command, state);
  if (command.type === 'InstallPolicy') return install(command, state);
  const version = state.versions.get(command.data.hash);
  if (version === undefined) return refuse('NOT_FOUND', `${command.data.policyId} has no version ${command.data.hash}`);
  const { hash } = version;
  const by = command.actor;
  switch (command.type) {
    case 'CheckPolicy':
      return check(command, version);
    case 'ShadowPolicy':
      return shadow(command, version, state);
    case 'ApprovePolicy':
      return approve(command, version, state);
    case 'RetirePolicy':
      if (version.status === 'active') return refuse('POLICY_IN_USE', 'activate another version in its place');
      if (version.status === 'retired') return NOTHING;
      return [{ type: 'PolicyRetired', data: { hash, by, reason: command.data.reason } }];
    default:
      return unreachable(command);
  }
};

const wrongStatus = ({ version, status }: PolicyVersion): Refusal =>
  refuse('WRONG_STATUS', `version ${version} is ${status}`);

const drafted = (
  { data: { document }, facts: { hash }, actor, businessDate }: Given<'DraftPolicy'> | Given<'InstallPolicy'>,
  { versions }: PolicyState,
): PolicyEvent => ({
  type: 'PolicyDrafted',
  data: { hash, by: actor, version: versions.size + 1, document, draftedOn: businessDate },
});

const draft = (command: Given<'DraftPolicy'>, state: PolicyState): Outcome =>
  state.versions.has(command.facts.hash) ? NOTHING : [drafted(command, state)];

/** Comes with every start of the house, and does something once. */
const install = (command: Given<'InstallPolicy'>, state: PolicyState): Outcome => {
  if (state.versions.size > 0) return NOTHING;
  const { hash } = command.facts;
  const { catalogue, document } = command.data;
  const goldenCases = document.golden.length;
  return [
    drafted(command, state),
    { type: 'PolicyChecked', data: { hash, by: command.actor, catalogue, goldenCases } },
    { type: 'PolicyActivated', data: { hash } },
  ];
};

const check = ({ data, actor }: Given<'CheckPolicy'>, version: PolicyVersion): Outcome => {
  if (version.status !== 'drafted') return version.status === 'retired' ? wrongStatus(version) : NOTHING;
  const { hash, catalogue, goldenCases, findings } = data;
  if (findings.length === 0) return [{ type: 'PolicyChecked', data: { hash, by: actor, catalogue, goldenCases } }];
  const named = findings.slice(0, FINDINGS_NAMED).map(({ place, code, detail }) => `${place}: ${code}, ${detail}`);
  const more = findings.length - named.length;
  return refuse('POLICY_BROKEN', [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; '));
};

const shadow = ({ actor }: Given<'ShadowPolicy'>, version: PolicyVersion, state: PolicyState): Outcome => {
  if (version.status === 'shadow') return NOTHING;
  if (version.status !== 'checked' && version.status !== 'retired') return wrongStatus(version);
  if (shadowVersions(state).length >= SHADOWS_MOST) {
    return refuse('POLICY_SHADOWS_FULL', `${SHADOWS_MOST} versions decide in the shadow already`);
  }
  return [{ type: 'PolicyShadowed', data: { hash: version.hash, by: actor } }];
};

const isSame = (a: Actor, b: Actor): boolean => a.kind === b.kind && a.id === b.id;

const approve = ({ data, actor }: Given<'ApprovePolicy'>, version: PolicyVersion, state: PolicyState): Outcome => {
  const { hash, approvals, draftedBy, status } = version;
  if (status === 'active') return NOTHING;
  if (status !== 'shadow') return wrongStatus(version);
  if (isSame(actor, draftedBy)) return refuse('FOUR_EYES', 'whoever drafted a version does not approve it');
  if (approvals.some((approver) => isSame(actor, approver))) return NOTHING;
  const approved: PolicyEvent = { type: 'PolicyApproved', data: { hash, by: actor, note: data.note } };
  if (approvals.length + 1 < APPROVALS) return [approved];
  const before = activeVersion(state);
  return [approved, { type: 'PolicyActivated', data: { hash, ...(before ? { replaces: before.hash } : {}) } }];
};
