import type { Decision, DecisionBasis } from '../../domain/application';
import type { FeatureVector, Provenance } from '../features';
import type { CompiledPolicy } from '../policy';
import type { OtherEngine } from '../scoring';
import { type Conclusion, type DecisionCase, decide } from './decide';

/** The policies of the house: one decides, some decide beside it for the record. */
export interface PolicyShelf {
  /** As they are right now; what was taken from here stays what it is, whatever is activated meanwhile. */
  readonly inForce: () => Promise<{ readonly active: CompiledPolicy; readonly shadows: readonly CompiledPolicy[] }>;
  /** Any version there ever was, by its hash. */
  readonly find: (hash: string) => Promise<CompiledPolicy | undefined>;
}

/** Where the features of a case come from. */
export type Evidence = Pick<FeatureVector, 'provenance' | 'lists'>;

/** A conclusion with everything that it takes to repeat it, the features themselves aside. */
export type Decided = Omit<Conclusion, 'basis'> & { readonly basis: NonNullable<Decision['basis']> };

export interface DeskParts {
  readonly policies: PolicyShelf;
  /** Real milliseconds. */
  readonly stopwatch: () => number;
  readonly other?: OtherEngine | undefined;
}

/** Decides cases, each by exactly one version of the policy. */
export type DecisionDesk = (given: DecisionCase, evidence: Evidence) => Promise<Decided>;

export const decisionDesk =
  ({ policies, stopwatch, other }: DeskParts): DecisionDesk =>
  async (given, { provenance, lists }) => {
    const started = stopwatch();
    const { active, shadows } = await policies.inForce();
    const conclusion = await decide(given, active, { other });
    const engineMicros = Math.round((stopwatch() - started) * 1_000);
    const { model } = conclusion.basis;
    const beside = await Promise.all(shadows.map((shadow) => decide(given, shadow, { recalled: model })));
    const { product, channel, asked } = given;
    return {
      ...conclusion,
      basis: {
        ...conclusion.basis,
        product,
        channel,
        asked,
        provenance: grouped(provenance),
        lists,
        shadows: beside.map(shadowRecord),
        engineMicros,
      },
    };
  };

const shadowRecord = ({ policy, outcome, reasons, basis }: Conclusion): DecisionBasis['shadows'][number] => ({
  hash: policy.hash,
  outcome,
  reasons,
  segment: basis.segment,
  arm: basis.arm,
  ...(basis.grant ? { grant: basis.grant } : {}),
});

/** Most features come from few sources: those that came together are told together. */
const grouped = (provenance: Evidence['provenance']): DecisionBasis['provenance'] => {
  const groups = new Map<string, { readonly of: Provenance; readonly features: string[] }>();
  // Features of one source share one object for the most part, so a key is seldom made.
  const keys = new Map<Provenance, string>();
  for (const [feature, of] of entriesOf(provenance)) {
    const key = keys.get(of) ?? `${of.source} ${of.observedAt} ${of.ageMs} ${of.missing}`;
    keys.set(of, key);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { of, features: [feature] });
    else group.features.push(feature);
  }
  return [...groups.values()].map(({ of: { source, observedAt, ageMs, missing }, features }) => ({
    source,
    observedAt,
    ageMs,
    ...(missing ? { missing } : {}),
    features,
  }));
};

const entriesOf = (provenance: Evidence['provenance']): readonly (readonly [string, Provenance])[] =>
  Object.entries(provenance);
