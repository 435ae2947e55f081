import type { Csv } from './csv';
import type { DataDictionary } from './dictionary';
import { UnusableTrainingData } from './refused';
import { southGerman } from './south-german';
import { taiwan } from './taiwan';

const KNOWN: readonly DataDictionary[] = [southGerman, taiwan];

/** The dictionary that knows every column it declares in this file. */
export const dictionaryFor = ({ header }: Csv): DataDictionary => {
  const has = new Set(header);
  const found = KNOWN.find(({ id, target, columns }) =>
    [id, target.column, ...columns.map(({ name }) => name)].every((name) => has.has(name)),
  );
  if (found === undefined) {
    const names = KNOWN.map(({ name }) => name).join(', ');
    throw new UnusableTrainingData(`no data dictionary fits these columns (known: ${names}); give one: --dictionary`);
  }
  return found;
};
