import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  compilePmml,
  isPmmlRefused,
  type PmmlModel,
  type PmmlOutputs,
  type PmmlRefusalCode,
  type PmmlRefused,
  type PmmlRow,
  type PmmlValue,
} from '../../risk/pmml';
import type { Case, Verdict } from './case';
import { readCsv } from './csv';

/** The file that makes a folder a set of cases, together with input.csv and expected.csv, row by row. */
const MODEL_FILE = 'model.pmml';

export const isPmmlModel = (path: string): boolean => basename(path) === MODEL_FILE;

/**
 * One case per row. The columns of expected.csv are output fields or the target; an empty cell expects no value.
 * @throws when one of the tables is missing or they are of unequal length.
 */
export const readPmmlCases = (modelPath: string): readonly Case[] => {
  const folder = dirname(modelPath);
  const [inputs, expected] = [tableOf(folder, 'input.csv'), tableOf(folder, 'expected.csv')];
  if (inputs.length !== expected.length) {
    throw new Error(`${inputs.length} rows of input.csv, but ${expected.length} of expected.csv`);
  }
  const model = compilePmml(readFileSync(modelPath, 'utf8'));
  return expected.map(
    (row, index): Case => ({
      id: `${basename(folder)}#${index + 1}`,
      tier: 'pmml',
      knobs: [isPmmlRefused(model) ? `refused=${model.code}` : `modelClass=${model.modelClass}`],
      judge: () => (isPmmlRefused(model) ? verdictOnRefused(model) : judge(model, inputs[index] ?? {}, row)),
    }),
  );
};

const tableOf = (folder: string, name: string): readonly Readonly<Record<string, string>>[] => {
  const path = join(folder, name);
  if (!existsSync(path)) throw new Error(`${name} is missing beside ${MODEL_FILE}`);
  return readCsv(readFileSync(path, 'utf8'));
};

/** What the evaluator does not claim to evaluate, and what a case is said to need then. */
const NOT_CLAIMED: ReadonlyMap<PmmlRefusalCode, string> = new Map([
  ['UNSUPPORTED_MODEL', 'modelClass'],
  ['UNSUPPORTED_ELEMENT', 'element'],
  ['UNKNOWN_FUNCTION', 'function'],
]);

/** Anything else that is refused ought to be evaluated. */
const verdictOnRefused = ({ code, detail, place }: PmmlRefused): Verdict => {
  const knob = NOT_CLAIMED.get(code);
  if (knob === undefined) {
    return { kind: 'failed', difference: { at: place.path, expected: 'a model', got: `${code}: ${detail}` } };
  }
  const named = code === 'UNKNOWN_FUNCTION' ? detail : place.path.replace(/^.*\/(\w+)(?:\[\d+\])?$/, '$1');
  return { kind: 'unselected', missing: [`${knob}=${named}`] };
};

const NOT_AVAILABLE: ReadonlySet<string> = new Set(['NA', 'N/A']);

/** An empty cell is a missing value; so is what statistics programs write for one, unless it is a category. */
const rowOf = ({ inputs }: PmmlModel, cells: Readonly<Record<string, string>>): PmmlRow => {
  const categories = new Map(inputs.map((input) => [input.name, input.categories]));
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => {
      const isMissing = cell === '' || (NOT_AVAILABLE.has(cell) && !categories.get(name)?.includes(cell));
      return [name, isMissing ? null : cell];
    }),
  );
};

const judge = (
  model: PmmlModel,
  cells: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, string>>,
): Verdict => {
  const outputs = model.evaluate(rowOf(model, cells));
  const columns = Object.entries(expected);
  if (isPmmlRefused(outputs)) {
    if (columns.every(([, cell]) => isNothing(cell))) return { kind: 'passed' };
    return { kind: 'failed', difference: { at: outputs.place.path, expected, got: outputs.detail } };
  }
  const tolerance = model.usesSinglePrecision ? 1e-6 : 1e-12;
  for (const [column, cell] of columns) {
    const got = valueIn(outputs, column, model);
    if (!agrees(cell, got, tolerance)) return { kind: 'failed', difference: { at: column, expected: cell, got } };
  }
  return { kind: 'passed' };
};

/** A document without a target field has a prediction all the same, under whatever name. */
const valueIn = (outputs: PmmlOutputs, column: string, { target }: PmmlModel): PmmlValue | undefined =>
  column in outputs || target !== undefined ? outputs[column] : outputs['predictedValue'];

const isNothing = (cell: string): boolean => cell === '' || NOT_AVAILABLE.has(cell);

const agrees = (cell: string, got: PmmlValue | undefined, tolerance: number): boolean => {
  if (got === null) return isNothing(cell);
  if (got === undefined || cell === '') return false;
  if (typeof got === 'boolean') return cell.toLowerCase() === String(got);
  const [expected, value] = [Number(cell), Number(got)];
  if (Number.isNaN(expected) || Number.isNaN(value)) return cell === String(got);
  const difference = Math.abs(expected - value);
  return expected === value || difference <= tolerance * Math.max(1, Math.abs(expected));
};
