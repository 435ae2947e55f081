import { ZenEngine } from '@gorules/zen-engine';
import { cellFault, conditionFault, type Fault } from './check-cell';
import { checkTable } from './check-table';
import type { RuleFinding } from './finding';
import { merged, type Report, scopeOf, typeOf } from './flow';
import type { Jdm, JdmExpressions, JdmNode, JdmSwitch } from './jdm';
import type { FieldType, Vocabulary } from './vocabulary';

/** What is wrong with rules, and the fields that they put out where nothing is. */
export interface CheckedRules {
  readonly findings: readonly RuleFinding[];
  readonly outputs: Vocabulary;
}

const NOTHING: Vocabulary = new Map();
const engine = new ZenEngine();

/**
 * Checks rules as the engine does not: every cell compiles and fits the type of its field, every field is there, every
 * table ends in a rule that takes whatever is left, and the graph has no cycle. Fields flow along the edges.
 */
export const checkRules = (jdm: Jdm, vocabulary: Vocabulary, at: string): CheckedRules => {
  const findings: RuleFinding[] = [];
  const report: Report = (place, { code, detail }) => findings.push({ place: `${at}/${place}`, code, detail });
  const order = inOrder(jdm, report);
  if (order === undefined) return { findings, outputs: NOTHING };
  const seen = new Map<string, Vocabulary>();
  let outputs = NOTHING;
  for (const node of order) {
    const before = jdm.edges.filter(({ targetId }) => targetId === node.id).map(({ sourceId }) => seen.get(sourceId));
    const visible = node.type === 'inputNode' ? vocabulary : merged(before.map((each) => each ?? NOTHING));
    seen.set(node.id, flowOut(node, visible, report));
    if (node.type === 'outputNode') outputs = merged([outputs, visible]);
  }
  return { findings, outputs };
};

/** The nodes so that each stands after those that feed it; undefined where there is no such order. */
const inOrder = (jdm: Jdm, report: Report): readonly JdmNode[] | undefined => {
  const shape = shapeFault(jdm);
  if (shape !== undefined) {
    report('graph', shape);
    return undefined;
  }
  const waiting = new Map(
    jdm.nodes.map((node) => [node, new Set(jdm.edges.filter((e) => e.targetId === node.id).map((e) => e.sourceId))]),
  );
  const order: JdmNode[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, needs]) => needs.size === 0).map(([node]) => node);
    if (ready.length === 0) {
      const names = [...waiting.keys()].map(({ name }) => `"${name}"`).join(', ');
      report('graph', { code: 'CYCLE', detail: `${names} wait for each other` });
      return undefined;
    }
    for (const node of ready) {
      order.push(node);
      waiting.delete(node);
      for (const needs of waiting.values()) needs.delete(node.id);
    }
  }
  return engineFault(jdm, report) ? undefined : order;
};

const shapeFault = ({ nodes, edges }: Jdm): Fault | undefined => {
  const ids = new Set(nodes.map(({ id }) => id));
  if (ids.size !== nodes.length) return { code: 'UNSUPPORTED', detail: 'two nodes have the same id' };
  const loose = edges.find(({ sourceId, targetId }) => !ids.has(sourceId) || !ids.has(targetId));
  if (loose) return { code: 'UNSUPPORTED', detail: `edge ${loose.id} leads to or from no node` };
  const count = (type: JdmNode['type']): number => nodes.filter((node) => node.type === type).length;
  if (count('inputNode') !== 1) return { code: 'UNSUPPORTED', detail: 'there must be one input node' };
  if (count('outputNode') === 0) return { code: 'OUTPUT', detail: 'there is no output node' };
  return undefined;
};

/** What the engine itself finds wrong with the graph. */
const engineFault = (jdm: Jdm, report: Report): boolean => {
  try {
    engine.createDecision(jdm).validate();
    return false;
  } catch (error) {
    const [line = ''] = String(error).split('\n');
    report('graph', { code: 'UNSUPPORTED', detail: line.slice(0, 200) });
    return true;
  }
};

/** What a node hands on, given what it sees; what is wrong inside it is reported. */
const flowOut = (node: JdmNode, visible: Vocabulary, report: Report): Vocabulary => {
  switch (node.type) {
    case 'inputNode':
    case 'outputNode':
      return visible;
    case 'switchNode':
      checkSwitch(node, visible, report);
      return visible;
    case 'expressionNode':
      return checkExpressions(node, visible, report);
    case 'decisionTableNode':
      return checkTable(node, visible, report);
  }
};

const checkSwitch = ({ name, content }: JdmSwitch, visible: Vocabulary, report: Report): void => {
  const scope = scopeOf(visible);
  const isDefault = ({ condition, isDefault: marked }: JdmSwitch['content']['statements'][number]): boolean =>
    marked === true || condition.trim() === '';
  for (const [index, statement] of content.statements.entries()) {
    const fault = isDefault(statement) ? undefined : conditionFault(statement.condition, scope);
    if (fault) report(`${name}/statement ${index + 1}`, fault);
  }
  const last = content.statements.at(-1);
  if (last === undefined || !isDefault(last)) {
    report(name, { code: 'NO_CATCH_ALL', detail: 'the last statement has a condition: what else comes goes nowhere' });
  }
};

const checkExpressions = ({ name, content }: JdmExpressions, visible: Vocabulary, report: Report): Vocabulary => {
  const scope = scopeOf(visible);
  const made = new Map<string, FieldType>();
  for (const { key, value } of content.expressions) {
    const result = cellFault(value, scope);
    if ('fault' in result) report(`${name}/${key}`, result.fault);
    else made.set(key, typeOf(result.value, value));
  }
  return content.passThrough === false ? made : new Map([...visible, ...made]);
};
