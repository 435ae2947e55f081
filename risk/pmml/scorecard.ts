import type { ModelContext } from './context';
import { attribute, childOf, childrenOf, choice, faultAt, numberAttribute, requiredChild } from './element';
import type { Expression } from './expression';
import { compileExpressionIn } from './expressions';
import { compilePredicateIn, type Test, TRUE, truthOf } from './predicates';
import { Categories, type Scorer } from './prediction';
import type { Frame } from './scope';
import type { XmlElement } from './xml';

interface Attribute {
  readonly test: Test;
  /** Points, or how to compute them. */
  readonly points: number;
  readonly computed: Expression | undefined;
  readonly reason: string | undefined;
}

interface Characteristic {
  readonly element: XmlElement;
  readonly attributes: readonly Attribute[];
  readonly baseline: number;
}

/** Scorecard: http://dmg.org/pmml/v4-4-1/Scorecard.html */
export const compileScorecard = (element: XmlElement, context: ModelContext): Scorer => {
  if (context.isClassifier) return faultAt(element, 'INVALID_DOCUMENT', 'a scorecard is a regression');
  const usesReasons = attribute(element, 'useReasonCodes') !== 'false';
  const characteristics = childrenOf(requiredChild(element, 'Characteristics'), 'Characteristic').map((each) =>
    compileCharacteristic(each, element, usesReasons, context),
  );
  const initial = numberAttribute(element, 'initialScore') ?? 0;
  const algorithm = choice(element, 'reasonCodeAlgorithm', ['pointsAbove', 'pointsBelow'], 'pointsBelow');
  const sign = algorithm === 'pointsAbove' ? 1 : -1;
  return {
    categories: new Categories(context.target.type),
    score: (frame, into) => {
      const differences = new Map<string, number>();
      let score = initial;
      for (const characteristic of characteristics) {
        const hit = hitOf(characteristic, frame);
        const points = hit.computed === undefined ? hit.points : Number(hit.computed.evaluate(frame) ?? Number.NaN);
        score += points;
        if (hit.reason === undefined) continue;
        const difference = sign * (points - characteristic.baseline);
        differences.set(hit.reason, (differences.get(hit.reason) ?? 0) + difference);
      }
      into.value = score;
      if (usesReasons && !Number.isNaN(score)) into.reasons = ranked(differences);
    },
  };
};

/** The largest difference first, ties in the order of the document; what only helped is no reason. */
const ranked = (differences: ReadonlyMap<string, number>): readonly string[] =>
  [...differences]
    .filter(([, difference]) => difference >= 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([reason]) => reason);

const hitOf = ({ attributes, element }: Characteristic, frame: Frame): Attribute => {
  for (const each of attributes) if (truthOf(each.test, frame) === TRUE) return each;
  return faultAt(element, 'INVALID_RESULT', 'none of its attributes holds for this row');
};

const compileCharacteristic = (
  element: XmlElement,
  scorecard: XmlElement,
  usesReasons: boolean,
  { scope, functions }: ModelContext,
): Characteristic => {
  const baseline = numberAttribute(element, 'baselineScore') ?? numberAttribute(scorecard, 'baselineScore');
  if (usesReasons && baseline === undefined) return faultAt(element, 'INVALID_DOCUMENT', 'it has no baselineScore');
  const attributes = childrenOf(element, 'Attribute').map((each): Attribute => {
    const complex = childOf(each, 'ComplexPartialScore');
    const points = numberAttribute(each, 'partialScore');
    const reason = attribute(each, 'reasonCode') ?? attribute(element, 'reasonCode');
    if (complex === undefined && points === undefined) {
      return faultAt(each, 'INVALID_DOCUMENT', 'it has neither a partialScore nor a ComplexPartialScore');
    }
    if (usesReasons && reason === undefined) return faultAt(each, 'INVALID_DOCUMENT', 'it has no reasonCode');
    return {
      test: compilePredicateIn(each, scope),
      points: points ?? Number.NaN,
      computed: complex && compileExpressionIn(complex, scope, functions),
      reason,
    };
  });
  return { element, attributes, baseline: baseline ?? 0 };
};
