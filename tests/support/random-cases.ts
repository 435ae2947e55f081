import type { Decided, DecisionCase, DecisionDesk } from '../../risk/decision';
import { CATALOGUE, type FeatureVector } from '../../risk/features';
import type { Recorded } from '../../risk/replay';
import { type SeededRandom, seededRandom } from '../../simulation/random';
import { caseWith, SOUND_CASE } from './sound-case';

const oneOf = <Value>(values: readonly Value[], random: SeededRandom): Value | null =>
  values[Math.floor(random.next() * values.length)] ?? null;

type Feature = (typeof CATALOGUE)[number];

/** Names whose values turn nearly everybody away when they are drawn at random. */
const RARE = 0.03;

const drawnFor = ({ type, use }: Feature, random: SeededRandom): string | number | boolean | null => {
  switch (type.kind) {
    case 'category':
      return oneOf(type.values, random);
    case 'flag':
      return random.next() < RARE;
    case 'whole':
      return use === 'rule' ? Math.floor(random.next() * 3) : Math.floor(random.next() * 70);
    case 'share':
      return Math.round(random.next() * 6_000) / 10_000;
    case 'text':
      return '31';
  }
};

/** Applicants of all kinds, the same ones for the same seed. A tenth of what is known of each is missing. */
export const randomCase = (seed: string, index: number): DecisionCase => {
  const random = seededRandom(seed).fork(String(index));
  const drawn = CATALOGUE.filter(({ use }) => use === 'model' || random.next() < 0.1).map((feature) => [
    feature.name,
    random.next() < 0.1 ? null : drawnFor(feature, random),
  ]);
  const rarely = { blacklisted: random.next() < RARE, stepsToBad: null, identityVerified: true };
  // Every value is one that the catalogue allows, or null.
  const changes = { ...Object.fromEntries(drawn), ...rarely } as Partial<FeatureVector['values']>;
  return caseWith(changes, `borrower-${seed}-${index}`);
};

/** A decision as it comes back from the record: through JSON, as text. */
const recordOf = (given: DecisionCase, { basis, ...conclusion }: Decided, index: number): Recorded => {
  const decision = { ...conclusion, basis, features: given.features, sources: [], tookMs: 1 };
  return {
    applicationId: `application-${index}`,
    borrowerId: given.borrowerId,
    decision: JSON.parse(JSON.stringify(decision)) as Recorded['decision'],
  };
};

/** Decides so many of them, and keeps the record. */
export const recordedCases = async (desk: DecisionDesk, seed: string, count: number): Promise<readonly Recorded[]> => {
  const records: Recorded[] = [];
  for (let index = 0; index < count; index += 1) {
    const given = randomCase(seed, index);
    records.push(recordOf(given, await desk(given, SOUND_CASE.evidence), index));
  }
  return records;
};
