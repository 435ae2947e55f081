import { unreachable } from '../../domain/kernel';
import type { Bin } from '../binning';
import type { DataDictionary } from '../data-set';
import { type Characteristic, factorOf, offsetOf, type Scorecard } from '../scorecard';
import { compares, declarationOf, isAmong, miningFields, pmmlDocument } from './document';
import { type Element, element } from './xml';

const predicateOf = (dictionary: DataDictionary, column: string, { content }: Bin): Element => {
  switch (content.kind) {
    case 'upTo':
      return compares(column, 'lessOrEqual', content.upTo);
    // The first attribute that holds counts: what comes here passed every limit, unless it is missing.
    case 'above':
      return element('SimplePredicate', { field: column, operator: 'isNotMissing' });
    case 'levels': {
      const declared = declarationOf(dictionary, column);
      const levels = declared.kind === 'numeric' ? [] : declared.levels;
      return isAmong(
        column,
        content.codes.flatMap((code) => levels[code] ?? []),
      );
    }
    case 'missing':
      return element('True');
    default:
      return unreachable(content);
  }
};

const characteristicElement = (dictionary: DataDictionary, { column, binned, points, best, reason }: Characteristic) =>
  element(
    'Characteristic',
    { name: column, reasonCode: reason, baselineScore: best },
    binned.bins.map((bin, index) =>
      element('Attribute', { partialScore: points[index] ?? 0 }, [predicateOf(dictionary, column, bin)]),
    ),
  );

const apply = (operation: string, ...operands: readonly Element[]): Element =>
  element('Apply', { function: operation }, operands);

const constant = (value: number): Element => element('Constant', { dataType: 'double' }, String(value));

/** 1 / (1 + exp((score - offset) / factor)). */
const probability = ({ scale }: Scorecard): Element =>
  apply(
    '/',
    constant(1),
    apply(
      '+',
      constant(1),
      apply(
        'exp',
        apply(
          '/',
          apply('-', element('FieldRef', { field: 'score' }), constant(offsetOf(scale))),
          constant(factorOf(scale)),
        ),
      ),
    ),
  );

const MOST_REASONS = 4;

const outputs = (scorecard: Scorecard): readonly Element[] => [
  element('OutputField', { name: 'score', optype: 'continuous', dataType: 'double', feature: 'predictedValue' }),
  element(
    'OutputField',
    { name: 'probability_bad', optype: 'continuous', dataType: 'double', feature: 'transformedValue' },
    [probability(scorecard)],
  ),
  ...Array.from({ length: Math.min(MOST_REASONS, scorecard.characteristics.length) }, (_, index) =>
    element('OutputField', {
      name: `reason_${index + 1}`,
      optype: 'categorical',
      dataType: 'string',
      feature: 'reasonCode',
      rank: index + 1,
    }),
  ),
];

/**
 * A Scorecard element. Its outputs are `score`, `probability_bad` (among applicants) and the reason codes, whose
 * distance is counted from the most points that a characteristic gives.
 */
export const scorecardPmml = (dictionary: DataDictionary, name: string, scorecard: Scorecard): string => {
  const { characteristics } = scorecard;
  const inputs = characteristics.map(({ column }) => column);
  const model = element(
    'Scorecard',
    {
      modelName: name,
      functionName: 'regression',
      algorithmName: 'WOE logistic regression',
      initialScore: scorecard.base,
      useReasonCodes: 'true',
      reasonCodeAlgorithm: 'pointsBelow',
      baselineMethod: 'max',
    },
    [
      element('MiningSchema', {}, miningFields(inputs)),
      element('Output', {}, outputs(scorecard)),
      element(
        'Characteristics',
        {},
        characteristics.map((each) => characteristicElement(dictionary, each)),
      ),
    ],
  );
  return pmmlDocument(dictionary, name, inputs, [], model);
};
