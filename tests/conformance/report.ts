import { type Case, judged, type Verdict } from './case';
import { type AccrualCount, NO_ACCRUALS, sumOfAccruals } from './loan-engine';

interface Counts {
  readonly cases: number;
  readonly selected: number;
  readonly passed: number;
}

interface Failure {
  readonly id: string;
  readonly at: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** How a run of cases went. A case is selected when nothing that it needs is missing. */
export interface Report extends Counts {
  readonly byTier: Readonly<Record<string, Counts>>;
  /** How many cases miss what. */
  readonly missingKnobs: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
  /** Rows of accruals that cases state beside what moves money: compared apart, they decide no case. */
  readonly accruals: AccrualCount;
}

/** A case with what came of it. */
export interface Judged {
  readonly one: Case;
  readonly verdict: Verdict;
}

export const judgeAll = (cases: readonly Case[]): readonly Judged[] =>
  cases.map((one) => ({ one, verdict: judged(one) }));

export const reportOf = (all: readonly Judged[]): Report => {
  const missing = new Map<string, number>();
  for (const { verdict } of all) {
    if (verdict.kind !== 'unselected') continue;
    for (const knob of new Set(verdict.missing)) missing.set(knob, (missing.get(knob) ?? 0) + 1);
  }
  return {
    ...countsOf(all),
    byTier: countedBy(all, ({ tier }) => [tier]),
    missingKnobs: Object.fromEntries([...missing].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))),
    accruals: all.reduce((sum, { verdict }) => sumOfAccruals(sum, accrualsOf(verdict)), NO_ACCRUALS),
    failures: all.flatMap(({ one, verdict }) =>
      verdict.kind === 'failed' ? [{ id: one.id, ...verdict.difference }] : [],
    ),
  };
};

const accrualsOf = (verdict: Verdict): AccrualCount =>
  verdict.kind === 'unselected' ? NO_ACCRUALS : (verdict.accruals ?? NO_ACCRUALS);

const countsOf = (all: readonly Judged[]): Counts => ({
  cases: all.length,
  selected: all.filter(({ verdict }) => verdict.kind !== 'unselected').length,
  passed: all.filter(({ verdict }) => verdict.kind === 'passed').length,
});

const countedBy = (
  all: readonly Judged[],
  keysOf: (one: Case) => readonly string[],
): Readonly<Record<string, Counts>> => {
  const groups = new Map<string, Judged[]>();
  for (const each of all) {
    for (const key of new Set(keysOf(each.one))) groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const sorted = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, members]) => [key, countsOf(members)]));
};

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`);

const lineOf = (name: string, width: number, { cases, selected, passed }: Counts): string =>
  `${name.padEnd(width)} ${String(cases).padStart(6)} cases  ${String(selected).padStart(6)} selected ` +
  `(${share(selected, cases)})  ${String(passed).padStart(6)} passed (${share(passed, selected)})`;

const linesOf = (counted: Readonly<Record<string, Counts>>): readonly string[] => {
  const width = Math.max(...Object.keys(counted).map((name) => name.length));
  return Object.entries(counted).map(([name, counts]) => lineOf(name, width, counts));
};

const nameOf = (tier: string): string => (/^\d+$/.test(tier) ? `tier ${tier}` : tier);

const accrualsLine = ({ rows, compared, passed }: AccrualCount): string =>
  `accruals, apart: ${rows} rows, ${compared} compared, ${passed} as stated (${share(passed, compared)}), by case:`;

/** The report for people: by tier, by knob, what is missing or left out, and the first difference of each failure. */
export const textOf = (all: readonly Judged[]): string => {
  const { byTier, missingKnobs, failures, accruals } = reportOf(all);
  const tiers = Object.fromEntries(Object.entries(byTier).map(([tier, counts]) => [nameOf(tier), counts]));
  const byKnob = countedBy(all, ({ knobs }) => knobs);
  const missing = Object.entries(missingKnobs).map(([knob, count]) => `${String(count).padStart(6)} × ${knob}`);
  const differences = failures.flatMap(({ id, at, expected, got }) => [
    `${id}: ${at}`,
    `    expected ${JSON.stringify(expected)}`,
    `    got      ${JSON.stringify(got)}`,
  ]);
  const unselected = all.flatMap(({ one, verdict }) =>
    verdict.kind === 'unselected' ? [`${one.id}: ${verdict.missing.join(', ')}`] : [],
  );
  const accrued = all.flatMap(({ one, verdict }) => {
    const { rows, compared, passed } = accrualsOf(verdict);
    return rows === 0 ? [] : [`${one.id}: ${rows} rows, ${compared} compared, ${passed} as stated`];
  });
  return [
    ...linesOf({ ...tiers, all: countsOf(all) }),
    '',
    'by knob:',
    ...linesOf(byKnob),
    ...(missing.length > 0 ? ['', 'missing knobs:', ...missing, '', 'not selected, for want of:', ...unselected] : []),
    ...(accrued.length > 0 ? ['', accrualsLine(accruals), ...accrued] : []),
    ...(differences.length > 0 ? ['', 'failed:', ...differences] : []),
  ].join('\n');
};
