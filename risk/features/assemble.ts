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

interface Taken {
  readonly value: FeatureValue | null;
  readonly provenance: Provenance;
}

const said = ({ source, observedAt, ageMs }: Finding): Provenance => ({ source, observedAt, ageMs });

const take = ({ name, source, missing }: FeatureDefinition, findings: ReadonlyMap<SourceName, Finding>): Taken => {
  const own = findings.get(source);
  // What the applicant declares stands in for a source that does not say.
  for (const finding of [own, findings.get('application')]) {
    const value: unknown = finding?.values[name];
    if (finding && isValueOf(name, value)) return { value, provenance: said(finding) };
  }
  if (own?.values[name] === null && missing === 'nothing-happened') {
    return { value: null, provenance: { ...said(own), missing: 'nothing-happened' } };
  }
  const impossible = own !== undefined && own.values[name] !== undefined;
  const why = impossible ? 'not-said' : (own?.otherwise ?? 'failed');
  return { value: null, provenance: { source, observedAt: null, ageMs: null, missing: why } };
};

/**
 * Puts together what a decision is made from. Every feature of the catalogue is in it, with where it comes from; what
 * is not of its type or out of its bounds counts as not said.
 */
export const assemble = (findings: readonly Finding[], lists: FeatureVector['lists']): FeatureVector => {
  const bySource = new Map(findings.map((finding) => [finding.source, finding]));
  const taken = CATALOGUE.map((definition) => [definition.name, take(definition, bySource)] as const);
  const of = <What extends keyof Taken>(what: What) =>
    Object.fromEntries(taken.map(([name, each]) => [name, each[what]])) as Record<FeatureName, Taken[What]>;
  // Each value was found to be of its feature's own type.
  return { values: of('value') as FeatureVector['values'], provenance: of('provenance'), lists };
};
