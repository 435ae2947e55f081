import { assert } from '../../domain/kernel';
import { compilePmml, isPmmlRefused } from '../../risk/pmml';
import { recordOf, type Table } from '../data-set';

/**
 * Scores every row with the document and holds it against what the model says. A difference is a bug of the writer or
 * of the evaluator, and nothing is written.
 */
export const assertScoresAlike = (
  document: string,
  table: Table,
  output: string,
  expected: (row: number) => number,
): void => {
  const model = compilePmml(document);
  if (isPmmlRefused(model)) throw new Error(`the document is refused: ${model.detail} (${model.place.path})`);
  for (let row = 0; row < table.bad.length; row += 1) {
    const outputs = model.evaluate(recordOf(table, row));
    const got = isPmmlRefused(outputs) ? outputs.detail : outputs[output];
    assert(got === expected(row), `row ${row}: ${output} is ${String(got)}, not ${expected(row)}`);
  }
};
