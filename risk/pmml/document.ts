import type { DocumentContext } from './context';
import { formatAs, type Value } from './data-types';
import { defineFunctions } from './define-function';
import { attribute, childOf, faultAt, required, requiredChild } from './element';
import { type DataField, declareDerivedFields, type PmmlInput, readDataDictionary, treatmentOf } from './fields';
import { compileModel, isTarget, miningFieldsOf } from './model';
import { MODEL_ELEMENTS, OTHER_MODEL_ELEMENTS } from './model-elements';
import type { Model } from './prediction';
import { predictedValue } from './prediction';
import { orRefused, type PmmlRefused } from './refused';
import { type Field, type Frame, Scope, Slots, write } from './scope';
import { readXml, type XmlElement, type XmlLimits } from './xml';

/** A row: a value per field of the document. Text is read as the type of the field. */
export type PmmlRow = Readonly<Record<string, PmmlInput>>;

/** A result; null where there is none. Dates and times as ISO 8601 writes them. */
export type PmmlValue = string | number | boolean | null;

/** The target field and all output fields, those of inner models too. */
export type PmmlOutputs = Readonly<Record<string, PmmlValue>>;

/** A field that a row should have. */
export interface PmmlField {
  readonly name: string;
  readonly type: string;
  readonly optype: 'continuous' | 'categorical' | 'ordinal';
  /** Its valid values; empty where any is valid. */
  readonly categories: readonly string[];
}

export interface PmmlModel {
  /** Scorecard, RegressionModel, TreeModel or MiningModel. */
  readonly modelClass: string;
  readonly name: string | undefined;
  /** The field that is predicted, if the document names it. */
  readonly target: string | undefined;
  readonly inputs: readonly PmmlField[];
  /** Names of what `evaluate` answers with. */
  readonly outputs: readonly string[];
  /** Whether it computes with numbers of 32 bits anywhere: results are then exact to about seven digits. */
  readonly usesSinglePrecision: boolean;
  /** Scores one row. Pure: the same row gives the same outputs. */
  readonly evaluate: (row: PmmlRow) => PmmlOutputs | PmmlRefused;
}

/**
 * Reads and compiles a document of PMML 3.0 to 4.4, once, so that scoring a row looks nothing up by name. The first
 * model of a class that is evaluated here is taken. Refuses what it cannot evaluate exactly, and names the place.
 */
export const compilePmml = (xml: string, limits?: XmlLimits): PmmlModel | PmmlRefused =>
  orRefused(() => compileDocument(readXml(xml, limits)));

const VERSION = /^[34]\.\d/;

const compileDocument = (root: XmlElement): PmmlModel => {
  if (root.name !== 'PMML') return faultAt(root, 'NOT_PMML', 'the root element is not PMML');
  if (!VERSION.test(required(root, 'version'))) {
    return faultAt(root, 'NOT_PMML', `version "${attribute(root, 'version')}" is not understood`);
  }
  const element = root.children.find(({ name }) => MODEL_ELEMENTS.has(name));
  if (element === undefined) {
    const other = root.children.find(({ name }) => OTHER_MODEL_ELEMENTS.has(name));
    if (other === undefined) return faultAt(root, 'UNSUPPORTED_MODEL', 'there is no model');
    return faultAt(other, 'UNSUPPORTED_MODEL', 'this class of models is not evaluated here');
  }
  const dataFields = readDataDictionary(requiredChild(root, 'DataDictionary'));
  const dictionary = childOf(root, 'TransformationDictionary');
  const slots = new Slots();
  const functions = defineFunctions(dictionary, slots);
  const context: DocumentContext = {
    dataFields,
    functions,
    slots,
    results: new Map(),
    namesEntities: has(element, 'feature', 'entityId'),
  };
  const scope = new Scope();
  declareDerivedFields(dictionary, scope, slots, functions);
  const readers = compileSchema(element, scope, context);
  const model = compileModel(element, context, scope, []);
  return pmmlModelOf(element, model, readers, context, root);
};

type Reader = (row: PmmlRow, frame: Frame) => void;

interface Schema {
  readonly inputs: readonly PmmlField[];
  readonly read: readonly Reader[];
}

/** The MiningSchema of the outermost model is the gate: what is missing or not valid is dealt with there. */
const compileSchema = (element: XmlElement, scope: Scope, { dataFields, slots }: DocumentContext): Schema => {
  const inputs: PmmlField[] = [];
  const read: Reader[] = [];
  for (const mining of miningFieldsOf(element)) {
    const name = required(mining, 'name');
    const dataField = dataFields.get(name);
    if (dataField === undefined) {
      if (!isTarget(mining)) scope.field(name, mining);
      continue;
    }
    const { type, optype, categories } = dataField;
    const field = slots.field(name, type, optype, categories);
    scope.declare(field);
    const usage = attribute(mining, 'usageType') ?? 'active';
    if (usage === 'active') inputs.push({ name, type: required(dataField.element, 'dataType'), optype, categories });
    read.push(usage === 'active' ? activeReader(mining, dataField, field) : plainReader(dataField, field));
  }
  return { inputs, read };
};

const activeReader = (mining: XmlElement, dataField: DataField, field: Field): Reader => {
  const { name, type } = dataField;
  const { ofValid, ofInvalid, ofMissing } = treatmentOf(mining, type);
  return (row, frame) => {
    const { status, value } = dataField.read(row[name]);
    frame.invalid[field.slot] = status === 'invalid' ? 1 : 0;
    write(frame, field, TREAT[status](value, ofValid, ofInvalid, ofMissing));
  };
};

type Treat = (value: Value, ...treatments: readonly ((value: Value) => Value)[]) => Value;

const TREAT: Readonly<Record<'valid' | 'invalid' | 'missing', Treat>> = {
  valid: (value, ofValid) => ofValid?.(value),
  invalid: (value, _, ofInvalid) => ofInvalid?.(value),
  missing: (value, _, __, ofMissing) => ofMissing?.(value),
};

/** A field that no model needs, and the target: taken as it is. */
const plainReader =
  ({ name, read }: DataField, field: Field): Reader =>
  (row, frame) =>
    write(frame, field, read(row[name]).value);

const pmmlModelOf = (
  element: XmlElement,
  model: Model,
  schema: Schema,
  context: DocumentContext,
  root: XmlElement,
): PmmlModel => {
  const { target, categories, prediction, isClassifier } = model;
  const results = [...context.results.values()];
  const { name = 'predictedValue' } = target;
  const frame = context.slots.frame();
  return {
    modelClass: element.name,
    name: attribute(element, 'modelName'),
    target: target.name,
    inputs: schema.inputs,
    outputs: [...new Set([name, ...results.map((field) => field.name)])],
    usesSinglePrecision: has(element, 'x-mathContext', 'float') || has(root, 'dataType', 'float'),
    evaluate: (row) =>
      orRefused(() => {
        for (const field of results) write(frame, field, undefined);
        for (const read of schema.read) read(row, frame);
        model.evaluate(frame);
        const outputs: Record<string, PmmlValue> = {};
        outputs[name] = predictedValue(prediction, categories, isClassifier) ?? null;
        for (const field of results) outputs[field.name] = resultOf(frame, field);
        return outputs;
      }),
  };
};

const resultOf = ({ values }: Frame, { slot, type }: Field): PmmlValue => {
  const value = values[slot];
  if (value === undefined) return null;
  const isMoment = type.kind === 'date' || type.kind === 'time' || type.kind === 'dateTime';
  return isMoment ? formatAs(type, value) : value;
};

/** Whether an element, or any below it, has this value of an attribute. */
const has = (element: XmlElement, name: string, value: string): boolean =>
  attribute(element, name) === value || element.children.some((child) => has(child, name, value));
