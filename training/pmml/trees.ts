import { assert } from '../../domain/kernel';
import type { DataDictionary } from '../data-set';
import { type BoostedTrees, type Node, nodesOf, type Scale } from '../trees';
import { compares, declarationOf, isAmong, miningFields, pmmlDocument } from './document';
import { type Element, element } from './xml';

type Split = Extract<Node, { readonly kind: 'split' }>;

/** The predicates of both sides. */
const predicatesOf = (dictionary: DataDictionary, scale: Scale, { goesLeft }: Split): readonly [Element, Element] => {
  const field = scale.column;
  if (scale.kind === 'numeric') {
    const left = goesLeft.subarray(0, scale.codes - 1).lastIndexOf(1);
    const limit = scale.limits[left];
    assert(limit !== undefined, `${field} is cut after its last limit`);
    return [compares(field, 'lessOrEqual', limit), compares(field, 'greaterThan', limit)];
  }
  const declared = declarationOf(dictionary, field);
  const levels = declared.kind === 'numeric' ? [] : declared.levels;
  return [
    isAmong(
      field,
      levels.filter((_, code) => goesLeft[code] === 1),
    ),
    isAmong(
      field,
      levels.filter((_, code) => goesLeft[code] !== 1),
    ),
  ];
};

const nodeElement = (dictionary: DataDictionary, scales: readonly Scale[], root: Node): Element => {
  let numbered = 0;
  const write = (node: Node, predicate: Element): Element => {
    numbered += 1;
    const id = String(numbered);
    if (node.kind === 'leaf') return element('Node', { id, score: node.value, recordCount: node.rows }, [predicate]);
    const scale = scales[node.input];
    assert(scale !== undefined, `no input ${node.input}`);
    const [left, right] = predicatesOf(dictionary, scale, node);
    const children = [write(node.left, left), write(node.right, right)];
    const isMissingLeft = node.goesLeft[scale.codes - 1] === 1;
    const defaultChild = children[isMissingLeft ? 0 : 1]?.attributes['id'];
    return element('Node', { id, recordCount: node.rows, defaultChild }, [predicate, ...children]);
  };
  return write(root, element('True'));
};

const inputsOf = (scales: readonly Scale[], tree: Node): readonly string[] => {
  const used = new Set([...nodesOf(tree)].flatMap((node) => (node.kind === 'split' ? [node.input] : [])));
  return scales.filter((_, input) => used.has(input)).map(({ column }) => column);
};

const treeSegment = (dictionary: DataDictionary, scales: readonly Scale[], tree: Node, index: number): Element =>
  element('Segment', { id: index + 1 }, [
    element('True'),
    element(
      'TreeModel',
      {
        functionName: 'regression',
        missingValueStrategy: 'defaultChild',
        noTrueChildStrategy: 'returnNullPrediction',
        splitCharacteristic: 'binarySplit',
      },
      [element('MiningSchema', {}, miningFields(inputsOf(scales, tree))), nodeElement(dictionary, scales, tree)],
    ),
  ]);

const output = (name: string, attributes: Element['attributes']): Element =>
  element('OutputField', { name, optype: 'continuous', dataType: 'double', ...attributes });

/**
 * A MiningModel: the sum of the trees, then a logistic link whose intercept holds the base and the prior correction.
 * Its outputs are `probability_bad` and `probability_good`, among applicants.
 */
export const treesPmml = (dictionary: DataDictionary, name: string, { scales, base, trees }: BoostedTrees): string => {
  const used = new Set(trees.flatMap((tree) => inputsOf(scales, tree)));
  const inputs = scales.map(({ column }) => column).filter((column) => used.has(column));
  const { column: target, bad, good } = dictionary.target;
  const sum = element('MiningModel', { functionName: 'regression' }, [
    element('MiningSchema', {}, miningFields(inputs)),
    element('Output', {}, [output('margin', { feature: 'predictedValue', isFinalResult: 'false' })]),
    element(
      'Segmentation',
      { multipleModelMethod: 'sum' },
      trees.map((tree, index) => treeSegment(dictionary, scales, tree, index)),
    ),
  ]);
  const link = element('RegressionModel', { functionName: 'classification', normalizationMethod: 'logit' }, [
    element('MiningSchema', {}, [
      element('MiningField', { name: target, usageType: 'target' }),
      element('MiningField', { name: 'margin' }),
    ]),
    element('Output', {}, [
      output('probability_bad', { feature: 'probability', value: bad }),
      output('probability_good', { feature: 'probability', value: good }),
    ]),
    element('RegressionTable', { intercept: base, targetCategory: bad }, [
      element('NumericPredictor', { name: 'margin', coefficient: 1 }),
    ]),
    element('RegressionTable', { intercept: 0, targetCategory: good }),
  ]);
  const model = element(
    'MiningModel',
    { modelName: name, functionName: 'classification', algorithmName: 'gradient-boosted trees' },
    [
      element('MiningSchema', {}, [
        element('MiningField', { name: target, usageType: 'target' }),
        ...miningFields(inputs),
      ]),
      element('Segmentation', { multipleModelMethod: 'modelChain' }, [
        element('Segment', { id: 'sum' }, [element('True'), sum]),
        element('Segment', { id: 'link' }, [element('True'), link]),
      ]),
    ],
  );
  const targetField = element('DataField', { name: target, optype: 'categorical', dataType: 'string' }, [
    element('Value', { value: bad }),
    element('Value', { value: good }),
  ]);
  return pmmlDocument(dictionary, name, inputs, [targetField], model);
};
