import { assert } from '../../domain/kernel';
import type { ColumnDeclaration, DataDictionary } from '../data-set';
import { type Element, element, writeXml } from './xml';

/** Fields are named as the columns of the data. A level that is not declared counts as missing. */
export const miningFields = (names: readonly string[]): readonly Element[] =>
  names.map((name) =>
    element('MiningField', {
      name,
      usageType: 'active',
      invalidValueTreatment: 'asMissing',
      missingValueTreatment: 'asIs',
    }),
  );

export const declarationOf = ({ columns }: DataDictionary, name: string): ColumnDeclaration => {
  const declared = columns.find((column) => column.name === name);
  assert(declared !== undefined, `no column ${name}`);
  assert(declared.use === 'input', `${name} is no input: it must not be in a model`);
  return declared;
};

const dataField = (declared: ColumnDeclaration): Element =>
  declared.kind === 'numeric'
    ? element('DataField', { name: declared.name, optype: 'continuous', dataType: 'double' })
    : element(
        'DataField',
        { name: declared.name, optype: 'categorical', dataType: 'string' },
        declared.levels.map((value) => element('Value', { value })),
      );

/** `field` is one of these levels. */
export const isAmong = (field: string, levels: readonly string[]): Element => {
  const quoted = levels.map((level) => `"${level.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
  return element('SimpleSetPredicate', { field, booleanOperator: 'isIn' }, [
    element('Array', { type: 'string', n: levels.length }, quoted.join(' ')),
  ]);
};

export const compares = (field: string, operator: 'lessOrEqual' | 'greaterThan', value: number): Element =>
  element('SimplePredicate', { field, operator, value });

/** A PMML 4.4 document around one model that uses these columns. There is no time in it: same model, same bytes. */
export const pmmlDocument = (
  dictionary: DataDictionary,
  name: string,
  inputs: readonly string[],
  furtherFields: readonly Element[],
  model: Element,
): string => {
  const fields = [...inputs.map((input) => dataField(declarationOf(dictionary, input))), ...furtherFields];
  return writeXml(
    element('PMML', { xmlns: 'http://www.dmg.org/PMML-4_4', version: '4.4' }, [
      element(
        'Header',
        {
          copyright: `Data: ${dictionary.source}, ${dictionary.licence}`,
          description: `${name}, trained on ${dictionary.title}`,
        },
        [element('Application', { name: 'Usance' })],
      ),
      element('DataDictionary', { numberOfFields: fields.length }, fields),
      model,
    ]),
  );
};
