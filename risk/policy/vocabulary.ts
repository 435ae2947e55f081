import type { PolicyDocument } from '../../domain/policy';
import { canonicalHash } from '../../platform/event-log';
import { CATALOGUE, type FeatureDefinition, type FeatureType } from '../features';
import type { FieldType, Vocabulary } from '../rules';

const fieldType = (type: FeatureType): FieldType => {
  switch (type.kind) {
    case 'category':
      return { kind: 'text', values: type.values };
    case 'flag':
      return { kind: 'boolean' };
    case 'whole':
    case 'share':
      return { kind: 'number' };
    case 'text':
      return { kind: 'text' };
  }
};

const fieldsOf = (features: readonly FeatureDefinition[]): readonly (readonly [string, FieldType])[] =>
  features.map(({ name, type }) => [name, fieldType(type)]);

/** What is known of an application besides features. */
const CONTEXT: readonly (readonly [string, FieldType])[] = [
  ['product', { kind: 'text' }],
  ['channel', { kind: 'text' }],
];

/** For who is let in: everything, age too, because the law has it so. */
export const admissionFields = ({ segments }: PolicyDocument): Vocabulary =>
  new Map([...fieldsOf(CATALOGUE), ...CONTEXT, ['segment', { kind: 'text', values: segments }]]);

/** For who belongs where and who gets what: no protected attribute. */
export const SEGMENT_FIELDS: Vocabulary = new Map([
  ...fieldsOf(CATALOGUE.filter(({ use }) => use !== 'eligibility')),
  ...CONTEXT,
]);

/** For the rules of arms: besides that the segment, the arm, and what its model says. */
export const armFields = ({ segments, strategies }: PolicyDocument): Vocabulary => {
  const arms = Object.values(strategies).flatMap((strategy) => strategy.arms.map(({ name }) => name));
  return new Map([
    ...SEGMENT_FIELDS,
    ['segment', { kind: 'text', values: segments }],
    ['arm', { kind: 'text', values: [...new Set(arms)] }],
    ['score', { kind: 'number' }],
    ['probabilityBad', { kind: 'number' }],
  ]);
};

/** What a borrower has to supply is asked before anybody else is: it goes by what the house knows itself. */
export const REQUIREMENT_FIELDS: Vocabulary = new Map([
  ...fieldsOf(CATALOGUE.filter(({ source }) => source === 'history')),
  ...CONTEXT,
]);

/** Names the catalogue that a policy was checked against. */
export const CATALOGUE_HASH = canonicalHash(
  CATALOGUE.map(({ name, type, use, source }) => ({ name, use, source, kind: type.kind })),
);
