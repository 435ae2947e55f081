import type { DecidedFigures } from './figures';

/** Applications that were decided alike, and how their loans have gone. */
export interface DecidedGroup {
  readonly name: string;
  readonly decided: number;
  readonly approved: number;
  readonly loans: number;
  readonly bad: number;
}

const groupsBy = (
  decisions: readonly DecidedFigures[],
  nameOf: (decided: DecidedFigures) => string,
): readonly DecidedGroup[] => {
  const groups = new Map<string, DecidedGroup>();
  for (const each of decisions) {
    const name = nameOf(each);
    const group = groups.get(name) ?? { name, decided: 0, approved: 0, loans: 0, bad: 0 };
    groups.set(name, {
      name,
      decided: group.decided + 1,
      approved: group.approved + (each.approved ? 1 : 0),
      loans: group.loans + (each.loan === 'none' ? 0 : 1),
      bad: group.bad + (each.loan === 'bad' ? 1 : 0),
    });
  }
  return [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** By segment and arm, and by the version of the policy that decided. */
export const decidedGroups = (decisions: readonly DecidedFigures[]): readonly DecidedGroup[] => [
  ...groupsBy(decisions, ({ segment, arm }) => `${segment}, ${arm}`),
  ...groupsBy(decisions, ({ version }) => `by version ${version}`),
];
