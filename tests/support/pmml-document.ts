import { compilePmml, isPmmlRefused, type PmmlModel, type PmmlOutputs, type PmmlRow } from '../../risk/pmml';

/** A field of a small document: its name, data type, and what stands inside its DataField. */
type FieldText = readonly [name: string, type: string, inside?: string];

const OPTYPES: Readonly<Record<string, string>> = { string: 'categorical', boolean: 'categorical' };

/** A whole document around a model, with a dictionary of these fields. */
export const pmmlDocument = (fields: readonly FieldText[], model: string, dictionary = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4">
<Header/>
<DataDictionary>${fields
    .map(
      ([name, type, inside = '']) =>
        `<DataField name="${name}" dataType="${type}" optype="${OPTYPES[type] ?? 'continuous'}">${inside}</DataField>`,
    )
    .join('')}</DataDictionary>
${dictionary}
${model}
</PMML>`;

/** A MiningSchema; a name with attributes after it carries them, "y usageType='target'". */
export const miningSchema = (...fields: readonly string[]): string =>
  `<MiningSchema>${fields
    .map((field) => {
      const [name = '', ...attributes] = field.split(' ');
      return `<MiningField name="${name}" ${attributes.join(' ')}/>`;
    })
    .join('')}</MiningSchema>`;

/** Compiles a document that must compile. */
export const pmmlModel = (xml: string): PmmlModel => {
  const model = compilePmml(xml);
  if (isPmmlRefused(model)) throw new Error(`${model.code} ${model.place.path}: ${model.detail}`);
  return model;
};

/** Scores a row that must have outputs. */
export const scored = (model: PmmlModel, row: PmmlRow): PmmlOutputs => {
  const outputs = model.evaluate(row);
  if (isPmmlRefused(outputs)) throw new Error(`${outputs.code} ${outputs.place.path}: ${outputs.detail}`);
  return outputs;
};
