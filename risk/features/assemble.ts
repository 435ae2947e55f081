import type { Instant } from '../../domain/kernel';
import { CATALOGUE, type FeatureDefinition, type FeatureName, type FeatureValues, isValueOf } from './catalogue';
import type { FeatureValue } from './definition';
import type { SourceName } from './source-terms';
import type { FeatureVector, Missing, Provenance } from './vector';

/** What one source said. */
export interface Finding {
  readonly source: SourceName;
  readonly values: Partial<FeatureValues>;
  /** When it said so; null when it said nothing. */
  readonly observedAt: Instant | null;
  readonly ageMs: number | null;
  /** Why there is nothing of what it did not say. */
  readonly otherwise: Missing;
}

/** A finding, with what is said of where its values come from: one object for all of them. */
interface Heard {
  readonly finding: Finding;
  readonly said: Provenance;
  readonly nothingHappened: Provenance;
}

interface Taken {
  readonly value: FeatureValue | null;
  readonly provenance: Provenance;
}

const heard = (finding: Finding): Heard => {
  const { source, observedAt, ageMs } = finding;
  const said = { source, observedAt, ageMs };
  return { finding, said, nothingHappened: { ...said, missing: 'nothing-happened' } };
};

const absent = (source: SourceName, missing: Missing): Provenance => ({
  source,
  observedAt: null,
  ageMs: null,
  missing,
});

const take = ({ name, source, missing }: FeatureDefinition, heardFrom: ReadonlyMap<SourceName, Heard>): Taken => {
  const own = heardFrom.get(source);
  // What the applicant declares stands in for a source that does not say.
  for (const from of [own, heardFrom.get('application')]) {
    const value: unknown = from?.finding.values[name];
    if (from && isValueOf(name, value)) return { value, provenance: from.said };
  }
  const value = own?.finding.values[name];
  if (own && value === null && missing === 'nothing-happened') return { value, provenance: own.nothingHappened };
  const impossible = own !== undefined && value !== undefined;
  const why = impossible ? 'not-said' : (own?.finding.otherwise ?? 'failed');
  return { value: null, provenance: absent(source, why) };
};

/**
 * Puts together what a decision is made from. Every feature of the catalogue is in it, with where it comes from; what
 * is not of its type or out of its bounds counts as not said.
 */
export const assemble = (findings: readonly Finding[], lists: FeatureVector['lists']): FeatureVector => {
  const heardFrom = new Map(findings.map((finding) => [finding.source, heard(finding)]));
  const values: Partial<Record<FeatureName, FeatureValue | null>> = {};
  const provenance: Partial<Record<FeatureName, Provenance>> = {};
  for (const definition of CATALOGUE) {
    const taken = take(definition, heardFrom);
    values[definition.name] = taken.value;
    provenance[definition.name] = taken.provenance;
  }
  // Each feature of the catalogue is there, and each value was found to be of its feature's own type.
  return { values: values as FeatureVector['values'], provenance: provenance as FeatureVector['provenance'], lists };
};
