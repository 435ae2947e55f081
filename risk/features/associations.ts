import { UndirectedGraph } from 'graphology';
import { connectedComponents } from 'graphology-components';
import type { FeatureValues } from './catalogue';

/** More than so many on one thing is a public place: a carrier's gateway, a shop's phone. It connects nobody. */
const LINKS_MOST = 40;
/** So many things are looked at, and no more. */
const NODES_MOST = 500;
/** Fewer are a household. */
const RING_LEAST = 6;

/**
 * One thing in the graph of who belongs together: a borrower, a device, an address of a network or a home, a phone, a
 * card, a loan; named `<kind>:<keyed hash>` or by its id.
 */
export interface AssociationNode {
  /** What it was seen with, and since which position. */
  readonly links: Readonly<Record<string, string>>;
  /** Since when it has been seen with too many to mean anything. */
  readonly busySince?: string;
  /** Since when it is known to be bad: a frozen borrower, a lost loan. */
  readonly badSince?: string;
}

const NOTHING: AssociationNode = { links: {} };

/** A node after it was seen with others; the same object when that is nothing new. */
export const linked = (
  node: AssociationNode | undefined,
  others: readonly string[],
  position: string,
): AssociationNode => {
  const known = node ?? NOTHING;
  if (known.busySince !== undefined) return known;
  const fresh = others.filter((other) => !(other in known.links));
  if (fresh.length === 0) return known;
  if (Object.keys(known.links).length + fresh.length > LINKS_MOST) return { ...known, busySince: position };
  return { ...known, links: { ...known.links, ...Object.fromEntries(fresh.map((other) => [other, position])) } };
};

/** A node after it turned out to be bad; the first time counts. */
export const markedBad = (node: AssociationNode | undefined, position: string): AssociationNode => ({
  ...(node ?? NOTHING),
  badSince: node?.badSince ?? position,
});

/** A node of which it turned out that it is not bad after all. */
export const cleared = (node: AssociationNode | undefined): AssociationNode => {
  const { badSince: _, ...rest } = node ?? NOTHING;
  return rest;
};

type Nodes = ReadonlyMap<string, AssociationNode>;

const linksOf = ({ links, busySince }: AssociationNode, asOf: string): readonly string[] =>
  busySince !== undefined && busySince <= asOf ? [] : Object.keys(links).filter((key) => (links[key] ?? '') <= asOf);

const isBorrower = (key: string): boolean => key.startsWith('borrower-');
const isLoan = (key: string): boolean => key.startsWith('loan-');
/** What many who have nothing to do with each other may share. */
const isWeak = (key: string): boolean => key.startsWith('network:') || key.startsWith('address:');

/**
 * Everything that a borrower is connected with by what was on record at a position, step by step outwards, up to a
 * bound.
 *
 * @param nodesBy the nodes by these names, those that there are
 */
export const explore = async (
  borrower: string,
  asOf: string,
  nodesBy: (keys: readonly string[]) => Promise<Nodes>,
): Promise<Nodes> => {
  const found = new Map<string, AssociationNode>();
  const seen = new Set([borrower]);
  let frontier: readonly string[] = [borrower];
  while (frontier.length > 0 && found.size < NODES_MOST) {
    const fetched = await nodesBy(frontier);
    const next: string[] = [];
    for (const key of frontier) {
      const node = fetched.get(key);
      if (node === undefined) continue;
      found.set(key, node);
      for (const other of linksOf(node, asOf)) {
        if (seen.has(other)) continue;
        seen.add(other);
        next.push(other);
      }
    }
    frontier = next.slice(0, NODES_MOST - found.size);
  }
  return found;
};

/** The graph of borrowers and of what they share, as of a position. */
const graphOf = (nodes: Nodes, asOf: string): UndirectedGraph => {
  const graph = new UndirectedGraph();
  for (const [key, node] of nodes) {
    if (!isBorrower(key)) continue;
    graph.mergeNode(key);
    for (const other of linksOf(node, asOf)) {
      const shared = nodes.get(other);
      // A place that became busy holds its first visitors still, and says so only itself.
      if (isLoan(other) || !shared || linksOf(shared, asOf).length === 0) continue;
      graph.mergeEdge(key, other);
    }
  }
  return graph;
};

const borrowersIn = (keys: readonly string[]): readonly string[] => keys.filter(isBorrower);

const componentWith = (graph: UndirectedGraph, key: string): readonly string[] =>
  connectedComponents(graph).find((component) => component.includes(key)) ?? [];

const without = (graph: UndirectedGraph, unwanted: (key: string) => boolean): UndirectedGraph => {
  const copy = graph.copy();
  for (const key of graph.nodes()) if (unwanted(key)) copy.dropNode(key);
  return copy;
};

/**
 * The ring that a borrower belongs to: those who share a device, a phone or a card with somebody, joined also by
 * networks and homes. Who shares nothing but a network (a dormitory) is in none.
 */
const ringOf = (graph: UndirectedGraph, borrower: string): number => {
  const strong = connectedComponents(without(graph, isWeak)).map(borrowersIn);
  const sharing = new Set(strong.filter(({ length }) => length > 1).flat());
  if (!sharing.has(borrower)) return 0;
  const tight = without(graph, (key) => isBorrower(key) && !sharing.has(key));
  const { length } = borrowersIn(componentWith(tight, borrower));
  return length >= RING_LEAST ? length : 0;
};

/** Others who share a thing of this kind with a borrower. */
const sharing = (graph: UndirectedGraph, borrower: string, kind: string): number => {
  const others = graph
    .neighbors(borrower)
    .filter((key) => key.startsWith(`${kind}:`))
    .flatMap((key) => graph.neighbors(key));
  return new Set(others.filter((key) => key !== borrower)).size;
};

const isBad = (nodes: Nodes, borrower: string, asOf: string): boolean => {
  const bad = (key: string): boolean => (nodes.get(key)?.badSince ?? '~') <= asOf;
  const node = nodes.get(borrower);
  return bad(borrower) || (node !== undefined && linksOf(node, asOf).some((key) => isLoan(key) && bad(key)));
};

/** Borrowers on the way to the nearest bad one; null when there is no way. A network or a home is no way to anybody. */
const stepsToBad = (all: UndirectedGraph, nodes: Nodes, borrower: string, asOf: string): number | null => {
  const graph = without(all, isWeak);
  const seen = new Set([borrower]);
  let ring: readonly string[] = [borrower];
  for (let steps = 0; ring.length > 0; steps += 1) {
    if (ring.some((key) => isBad(nodes, key, asOf))) return steps;
    const next: string[] = [];
    for (const other of ring.flatMap((key) => graph.neighbors(key)).flatMap((shared) => graph.neighbors(shared))) {
      if (seen.has(other)) continue;
      seen.add(other);
      next.push(other);
    }
    ring = next;
  }
  return null;
};

/** Most applicants share nothing with anybody, and need no graph to tell. */
const isAlone = (nodes: Nodes, borrower: string): boolean => {
  for (const key of nodes.keys()) if (isBorrower(key) && key !== borrower) return false;
  return true;
};

const ALONE = {
  componentBorrowers: 1,
  sharedDevice: 0,
  sharedNetwork: 0,
  sharedPhone: 0,
  sharedCard: 0,
  ringBorrowers: 0,
} as const;

/** What the graph around a borrower says of them. */
export const associationsOf = (nodes: Nodes, borrower: string, asOf: string): Partial<FeatureValues> => {
  if (isAlone(nodes, borrower)) return { ...ALONE, stepsToBad: isBad(nodes, borrower, asOf) ? 0 : null };
  const graph = graphOf(nodes, asOf);
  graph.mergeNode(borrower);
  return {
    componentBorrowers: borrowersIn(componentWith(graph, borrower)).length,
    sharedDevice: sharing(graph, borrower, 'device'),
    sharedNetwork: sharing(graph, borrower, 'network'),
    sharedPhone: sharing(graph, borrower, 'phone'),
    sharedCard: sharing(graph, borrower, 'card'),
    ringBorrowers: ringOf(graph, borrower),
    stepsToBad: stepsToBad(graph, nodes, borrower, asOf),
  };
};
