import { performance } from 'node:perf_hooks';
import { compilePmml, isPmmlRefused, type PmmlModel, type PmmlRow } from '../risk/pmml';
import { seededRandom } from '../simulation/random';
import { bareForest, type Forest, forestPmml, growForest } from './forest';
import { type Benchmark, compare, contestant, digestOf, type Figure, type Trial } from './support';

interface ScoringSize {
  readonly trees: number;
  readonly depth: number;
  readonly fields: number;
  readonly rows: number;
  /** Rows at the start that are not counted. */
  readonly warmUp: number;
  readonly rounds: number;
}

const FULL: ScoringSize = { trees: 300, depth: 6, fields: 30, rows: 20_000, warmUp: 2_000, rounds: 3 };
const TINY: ScoringSize = { trees: 5, depth: 3, fields: 4, rows: 20, warmUp: 2, rounds: 1 };

/** A score takes a millisecond at most: a thousand a second, at the very least. */
const TARGET = 1_000;

const compiled = (xml: string): PmmlModel => {
  const model = compilePmml(xml);
  if (isPmmlRefused(model)) throw new Error(model.detail);
  return model;
};

const fieldsOf = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `x${index}`);

const document = (fields: readonly string[], model: string): string => `<PMML version="4.4"><Header/><DataDictionary>
  ${fields.map((name) => `<DataField name="${name}" optype="continuous" dataType="double"/>`).join('')}
  </DataDictionary>${model}</PMML>`;

const schemaOf = (fields: readonly string[]): string =>
  `<MiningSchema>${fields.map((name) => `<MiningField name="${name}"/>`).join('')}</MiningSchema>`;

/** Five attributes to a characteristic, and reason codes. */
const scorecard = (fields: readonly string[]): string => {
  const attribute = (name: string, index: number): string =>
    `<Attribute partialScore="${index * 7}"><SimplePredicate field="${name}" operator="lessOrEqual" ` +
    `value="${(index + 1) / 5}"/></Attribute>`;
  const characteristics = fields.map(
    (name) => `<Characteristic name="${name}" reasonCode="R_${name}" baselineScore="20">
      ${[0, 1, 2, 3, 4].map((index) => attribute(name, index)).join('')}</Characteristic>`,
  );
  const output = [1, 2, 3].map(
    (rank) => `<OutputField name="reason${rank}" feature="reasonCode" rank="${rank}" dataType="string"/>`,
  );
  return document(
    fields,
    `<Scorecard functionName="regression" initialScore="300">${schemaOf(fields)}
      <Output>${output.join('')}</Output>
      <Characteristics>${characteristics.join('')}</Characteristics></Scorecard>`,
  );
};

const logistic = (fields: readonly string[]): string =>
  document(
    fields,
    `<RegressionModel functionName="regression" normalizationMethod="logit">${schemaOf(fields)}
      <RegressionTable intercept="-1">${fields
        .map((name, index) => `<NumericPredictor name="${name}" coefficient="${(index - 5) / 10}"/>`)
        .join('')}</RegressionTable></RegressionModel>`,
  );

/** Scores row after row, and times each. */
const scoring = <Row>(
  { rows, warmUp }: ScoringSize,
  prepare: () => { readonly score: (row: Row) => number | string; readonly rowAt: (index: number) => Row },
): Trial<{
  readonly score: (row: Row) => number | string;
  readonly table: readonly Row[];
  readonly scores: string[];
}> => ({
  prepare: () => {
    const { score, rowAt } = prepare();
    const table = Array.from({ length: rows }, (_, index) => rowAt(index));
    for (let index = 0; index < warmUp; index += 1) score(rowAt(index));
    return { score, table, scores: [] };
  },
  work: ({ score, table, scores }) => {
    const latencies = new Float64Array(table.length);
    for (const [index, row] of table.entries()) {
      const begun = performance.now();
      const scored = score(row);
      latencies[index] = performance.now() - begun;
      if (index % 100 === 0) scores.push(typeof scored === 'number' ? scored.toPrecision(12) : scored);
    }
    return { operations: table.length, latencies };
  },
  digest: ({ scores }) => digestOf(scores),
  dispose: () => undefined,
});

const valuesOf = (fields: number, index: number): Float64Array => {
  const random = seededRandom(`row ${index}`);
  return Float64Array.from({ length: fields }, () => random.next());
};

const rowOf = (names: readonly string[], index: number): PmmlRow => {
  const values = valuesOf(names.length, index);
  return Object.fromEntries(names.map((name, at) => [name, values[at]]));
};

const ofModel = (size: ScoringSize, xml: () => string, result: string) =>
  scoring<PmmlRow>(size, () => {
    const model = compiled(xml());
    const names = fieldsOf(size.fields);
    return {
      rowAt: (index) => rowOf(names, index),
      score: (row) => {
        const outputs = model.evaluate(row);
        if (isPmmlRefused(outputs)) throw new Error(outputs.detail);
        const value = outputs[result];
        if (typeof value !== 'number') throw new Error(`${result} has no value`);
        return value;
      },
    };
  });

const bare = (size: ScoringSize, forest: Forest) =>
  scoring<Float64Array>(size, () => ({ rowAt: (index) => valuesOf(size.fields, index), score: bareForest(forest) }));

const run = async (size: ScoringSize): Promise<readonly Figure[]> => {
  const forest = growForest(seededRandom('forest'), size.trees, size.depth, size.fields);
  const names = fieldsOf(size.fields);
  const ceiling = `${size.trees} trees, bare loop`;
  const claim = { unit: 'scores/s', target: TARGET };
  return compare(
    [
      contestant(
        { ...claim, name: `${size.trees} trees, PMML`, ceiling },
        ofModel(size, () => forestPmml(forest), 'p'),
      ),
      contestant({ unit: 'scores/s', name: ceiling }, bare(size, forest)),
      contestant(
        { ...claim, name: 'scorecard, PMML' },
        ofModel(size, () => scorecard(names), 'predictedValue'),
      ),
      contestant(
        { ...claim, name: 'logistic, PMML' },
        ofModel(size, () => logistic(names), 'predictedValue'),
      ),
    ],
    size.rounds,
  );
};

/** How fast a model of credit risk scores one applicant. */
export const scoringModels: Benchmark = { name: 'scoring', full: () => run(FULL), tiny: () => run(TINY) };
