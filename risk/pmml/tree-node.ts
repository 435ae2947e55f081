import type { ModelContext } from './context';
import { attribute, childrenOf, faultAt, numberAttribute, parseNumber, required } from './element';
import { compilePredicateIn, Test } from './predicates';
import type { Categories } from './prediction';
import type { XmlElement } from './xml';

/** What a node says when a walk ends there. */
interface Verdict {
  readonly id: string;
  readonly recordCount: number;
  /** The number that a regression predicts here; NaN where the node has no score. */
  readonly value: number;
  readonly distribution: Distribution;
}

interface Distribution {
  /** The class that a classification predicts here; -1 where the node has no score. */
  readonly winner: number;
  readonly counts: readonly number[];
  readonly probabilities: readonly number[];
  readonly confidences: readonly number[];
}

export class Node extends Test {
  constructor(
    test: Test,
    /** Its place in the order of the document. */
    readonly index: number,
    readonly verdict: Verdict,
    readonly children: readonly Node[],
    readonly defaultChild: Node | undefined,
  ) {
    super(test);
  }
}

interface Compilation {
  readonly context: ModelContext;
  readonly categories: Categories;
  readonly needsDefault: boolean;
  readonly nodes: Node[];
  count: number;
}

/** The root and all below it, in the order of the document. */
export const compileNodes = (
  root: XmlElement,
  context: ModelContext,
  categories: Categories,
  needsDefault: boolean,
): readonly Node[] => {
  if (context.isClassifier) takeCategories(root, categories);
  const nodes: Node[] = [];
  compileNode(root, { context, categories, needsDefault, nodes, count: 0 });
  return nodes.toSorted((one, other) => one.index - other.index);
};

/** All classes must be known before the first distribution is laid out. */
const takeCategories = (node: XmlElement, categories: Categories): void => {
  const score = attribute(node, 'score');
  if (score !== undefined) categories.index(score);
  for (const child of node.children) {
    if (child.name === 'ScoreDistribution') categories.index(required(child, 'value'));
    if (child.name === 'Node') takeCategories(child, categories);
  }
};

const compileNode = (element: XmlElement, compilation: Compilation): Node => {
  const { context, categories, needsDefault } = compilation;
  const { isClassifier, isSingle, scope } = context;
  if (element.children.some(({ name }) => name === 'Regression' || name === 'DecisionTree')) {
    return faultAt(element, 'UNSUPPORTED_ELEMENT', 'models embedded in nodes are not evaluated here');
  }
  const index = compilation.count;
  compilation.count += 1;
  const id = attribute(element, 'id') ?? String(index + 1);
  const test = compilePredicateIn(element, scope);
  const score = attribute(element, 'score');
  const distribution = isClassifier ? distributionOf(element, score, categories) : NO_DISTRIBUTION;
  const value = isClassifier || score === undefined ? Number.NaN : numericScore(score, element);
  const children = childrenOf(element, 'Node').map((child) => compileNode(child, compilation));
  const defaultId = attribute(element, 'defaultChild');
  const defaultChild = defaultId === undefined ? undefined : children.find((child) => child.verdict.id === defaultId);
  if (needsDefault && defaultId !== undefined && defaultChild === undefined) {
    return faultAt(element, 'INVALID_DOCUMENT', `its default child "${defaultId}" is not one of its children`);
  }
  const recordCount = numberAttribute(element, 'recordCount') ?? sumOf(distribution.counts);
  const verdict = { id, recordCount, value: isSingle ? Math.fround(value) : value, distribution };
  const node = new Node(test, index, verdict, children, defaultChild);
  compilation.nodes.push(node);
  return node;
};

const numericScore = (score: string, element: XmlElement): number =>
  parseNumber(score) ?? faultAt(element, 'INVALID_DOCUMENT', `the score "${score}" is not a number`);

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const NO_DISTRIBUTION: Distribution = { winner: -1, counts: [], probabilities: [], confidences: [] };

const distributionOf = (element: XmlElement, score: string | undefined, categories: Categories): Distribution => {
  const elements = childrenOf(element, 'ScoreDistribution');
  const blank = (): number[] => categories.all.map(() => 0);
  const scored = score === undefined ? -1 : categories.index(score);
  if (elements.length === 0) {
    const certain = blank().map((_, index) => (index === scored ? 1 : 0));
    const count = numberAttribute(element, 'recordCount') ?? 0;
    return {
      winner: scored,
      counts: certain.map((each) => each * count),
      probabilities: certain,
      confidences: certain,
    };
  }
  const [counts, probabilities, confidences] = [blank(), blank(), blank()];
  for (const each of elements) {
    const index = categories.index(required(each, 'value'));
    counts[index] = numberAttribute(each, 'recordCount') ?? 0;
    probabilities[index] = numberAttribute(each, 'probability') ?? Number.NaN;
    confidences[index] = numberAttribute(each, 'confidence') ?? Number.NaN;
  }
  const shares = sharesOf(probabilities, counts);
  return {
    winner: scored >= 0 ? scored : shares.indexOf(Math.max(...shares)),
    counts,
    probabilities: shares,
    confidences: confidences.map((confidence, index) => (Number.isNaN(confidence) ? (shares[index] ?? 0) : confidence)),
  };
};

/** Probabilities where they are given for all, or else the shares of records. They sum to one. */
const sharesOf = (probabilities: readonly number[], counts: readonly number[]): readonly number[] => {
  const given = probabilities.some(Number.isNaN) ? counts : probabilities;
  const total = sumOf(given);
  return total === 0 || total === 1 ? given : given.map((each) => each / total);
};
