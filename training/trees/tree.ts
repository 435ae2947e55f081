import type { Codes } from './quantise';

export interface Leaf {
  readonly kind: 'leaf';
  /** Added to the log-odds of bad. */
  readonly value: number;
  readonly rows: number;
}

export interface Split {
  readonly kind: 'split';
  /** Position among the scales. */
  readonly input: number;
  /** 1 for each code that goes left; the last code is for missing. */
  readonly goesLeft: Uint8Array;
  readonly left: Node;
  readonly right: Node;
  readonly gain: number;
  readonly rows: number;
}

export type Node = Leaf | Split;

/** The leaf that one row comes to. */
export const leafOf = (tree: Node, codes: Codes, row: number): Leaf => {
  let node = tree;
  while (node.kind === 'split') {
    const code = codes[node.input]?.[row] ?? 0;
    node = node.goesLeft[code] === 1 ? node.left : node.right;
  }
  return node;
};

/** Every node, parents first, left before right. */
export function* nodesOf(tree: Node): Generator<Node> {
  yield tree;
  if (tree.kind === 'leaf') return;
  yield* nodesOf(tree.left);
  yield* nodesOf(tree.right);
}
