import { type Conclusion, decide, type PolicyShelf } from '../decision';
import { type Recorded, type Repeatable, repeatable } from './recorded';

/** A decision that came out otherwise than it is on record. */
export interface Difference {
  readonly applicationId: string;
  /** What differs: `outcome`, `reasons`, `score` … */
  readonly field: string;
  readonly recorded: string;
  readonly repeated: string;
}

export interface ReplayReport {
  readonly decisions: number;
  /** Of before there were policies in versions; or by a version or a model that is not to be had any more. */
  readonly notRepeatable: number;
  readonly differences: number;
  /** The first of them. */
  readonly examples: readonly Difference[];
}

const EXAMPLES = 20;

/** What must come out the same. What a rejection for the legal cap is based on is told by its trace. */
const outcomeOf = ({
  outcome,
  reasons,
  score,
  trace,
  basis,
}: Pick<Conclusion, 'outcome' | 'reasons' | 'score' | 'trace' | 'basis'>) => ({
  outcome,
  reasons,
  score: score ?? null,
  segment: basis.segment,
  strategy: basis.strategy,
  arm: basis.arm,
  grant: basis.grant ?? null,
  expectedLoss: basis.expectedLoss ?? null,
  probabilityBad: basis.probabilityBad ?? null,
  model: basis.model?.hash ?? null,
  trace,
});

/** Put on a decision afterwards, where the law did not allow the offer: not the engine's. */
const CAP_RULE = 'offer-within-cap';

const asEngineSaid = ({ decision, basis }: Repeatable): ReturnType<typeof outcomeOf> => {
  const said = outcomeOf({ ...decision, basis });
  if (!decision.trace.some(({ rule }) => rule === CAP_RULE)) return said;
  return { ...said, outcome: 'approve', reasons: [], trace: said.trace.filter(({ rule }) => rule !== CAP_RULE) };
};

const differenceOf = (recorded: Repeatable, again: Conclusion): Difference | undefined => {
  const [then, now] = [asEngineSaid(recorded), outcomeOf(again)];
  for (const field of Object.keys(then) as (keyof typeof then)[]) {
    const [before, after] = [JSON.stringify(sorted(then[field])), JSON.stringify(sorted(now[field]))];
    if (before !== after) {
      return { applicationId: recorded.applicationId, field, recorded: before, repeated: after };
    }
  }
  return undefined;
};

/** Members in one order: the log keeps them in another than the engine makes them. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
};

/** Makes recorded decisions again with the versions and models that they name. A sound house has no differences. */
export const replayDecisions = async (
  recorded: AsyncIterable<Recorded>,
  policies: Pick<PolicyShelf, 'find'>,
): Promise<ReplayReport> => {
  let [decisions, notRepeatable, differences] = [0, 0, 0];
  const examples: Difference[] = [];
  for await (const each of recorded) {
    decisions += 1;
    const again = repeatable(each);
    const policy = again && (await policies.find(each.decision.policy.hash));
    if (again === undefined || policy === undefined) {
      notRepeatable += 1;
      continue;
    }
    const difference = differenceOf(again, await decide(again.given, policy, { recalled: again.basis.model }));
    if (difference === undefined) continue;
    differences += 1;
    if (examples.length < EXAMPLES) examples.push(difference);
  }
  return { decisions, notRepeatable, differences, examples };
};
