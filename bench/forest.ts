import type { Random } from '../platform/runtime';

/** Boosted trees as numbers: node by node, the inner ones split, the others score. */
export interface Forest {
  readonly fields: readonly string[];
  readonly roots: readonly Tree[];
}

export type Tree =
  | { readonly kind: 'leaf'; readonly score: number }
  | { readonly kind: 'split'; readonly field: number; readonly limit: number; readonly low: Tree; readonly high: Tree };

/** Full trees of a depth over some fields whose values lie between 0 and 1. */
export const growForest = (random: Random, trees: number, depth: number, fields: number): Forest => {
  const grow = (levels: number): Tree => {
    if (levels === 0) return { kind: 'leaf', score: (random.next() - 0.5) / 10 };
    const field = Math.floor(random.next() * fields);
    return { kind: 'split', field, limit: random.next(), low: grow(levels - 1), high: grow(levels - 1) };
  };
  return {
    fields: Array.from({ length: fields }, (_, index) => `x${index}`),
    roots: Array.from({ length: trees }, () => grow(depth)),
  };
};

/** The forest as boosted trees are exported: a chain of their sum and a logistic link. */
export const forestPmml = ({ fields, roots }: Forest): string => {
  const schema = fields.map((name) => `<MiningField name="${name}"/>`).join('');
  const node = (tree: Tree, test: string): string => {
    if (tree.kind === 'leaf') return `<Node score="${tree.score}">${test}</Node>`;
    const [field, limit] = [fields[tree.field] ?? '', tree.limit];
    const low = `<SimplePredicate field="${field}" operator="lessOrEqual" value="${limit}"/>`;
    const high = `<SimplePredicate field="${field}" operator="greaterThan" value="${limit}"/>`;
    return `<Node>${test}${node(tree.low, low)}${node(tree.high, high)}</Node>`;
  };
  const segments = roots.map(
    (root, index) => `<Segment id="${index + 1}"><True/>
      <TreeModel functionName="regression" splitCharacteristic="binarySplit" missingValueStrategy="nullPrediction">
        <MiningSchema>${schema}</MiningSchema>${node(root, '<True/>')}
      </TreeModel></Segment>`,
  );
  return `<PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header/>
    <DataDictionary>
      <DataField name="bad" optype="categorical" dataType="string"><Value value="no"/><Value value="yes"/></DataField>
      ${fields.map((name) => `<DataField name="${name}" optype="continuous" dataType="double"/>`).join('')}
    </DataDictionary>
    <MiningModel functionName="classification">
      <MiningSchema><MiningField name="bad" usageType="target"/>${schema}</MiningSchema>
      <Segmentation multipleModelMethod="modelChain">
        <Segment id="1"><True/><MiningModel functionName="regression"><MiningSchema>${schema}</MiningSchema>
          <Output><OutputField name="margin" dataType="double" optype="continuous"/></Output>
          <Segmentation multipleModelMethod="sum">${segments.join('')}</Segmentation></MiningModel></Segment>
        <Segment id="2"><True/><RegressionModel functionName="classification" normalizationMethod="logit">
          <MiningSchema><MiningField name="bad" usageType="target"/><MiningField name="margin"/></MiningSchema>
          <Output><OutputField name="p" optype="continuous" dataType="double" feature="probability" value="yes"/></Output>
          <RegressionTable intercept="0" targetCategory="yes">
            <NumericPredictor name="margin" coefficient="1"/>
          </RegressionTable>
          <RegressionTable intercept="0" targetCategory="no"/></RegressionModel></Segment>
      </Segmentation></MiningModel></PMML>`;
};

/** The least that could score a forest: arrays of numbers, and a loop. */
export const bareForest = ({ roots }: Forest): ((row: Float64Array) => number) => {
  const [field, limit, next]: [number[], number[], number[]] = [[], [], []];
  const lay = (tree: Tree): number => {
    const at = field.length;
    field.push(tree.kind === 'leaf' ? -1 : tree.field);
    limit.push(tree.kind === 'leaf' ? tree.score : tree.limit);
    next.push(0, 0);
    if (tree.kind === 'split') {
      next[2 * at] = lay(tree.low);
      next[2 * at + 1] = lay(tree.high);
    }
    return at;
  };
  const starts = roots.map(lay);
  const [fields, limits, nexts] = [Int32Array.from(field), Float64Array.from(limit), Int32Array.from(next)];
  return (row) => {
    let sum = 0;
    for (const start of starts) {
      let at = start;
      for (let by = fields[at] ?? -1; by >= 0; by = fields[at] ?? -1) {
        at = nexts[2 * at + ((row[by] ?? 0) <= (limits[at] ?? 0) ? 0 : 1)] ?? 0;
      }
      sum += limits[at] ?? 0;
    }
    return 1 / (1 + Math.exp(-sum));
  };
};
