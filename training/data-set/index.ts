export { parseCsv } from './csv';
export { dictionaryFor } from './dictionaries';
export {
  type ColumnDeclaration,
  type DataDictionary,
  dictionarySchema,
  inputsOf,
  reasonCodeOf,
  type Trend,
} from './dictionary';
export { dealtRepeats, type Repeat, repeatsFrom, shuffled, splitOf, stratifiedFolds } from './folds';
export { UnusableTrainingData } from './refused';
export { type Column, columnNamed, inputColumns, type NumericColumn, recordOf, type Table, tableOf } from './table';
