import { UnusableTrainingData } from './refused';

export interface Csv {
  readonly header: readonly string[];
  readonly records: readonly (readonly string[])[];
}

/** A quoted cell or a plain one, and what ends it. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;

/** Reads comma-separated text (RFC 4180) with a header; every record has as many cells as the header. */
export const parseCsv = (text: string, name: string): Csv => {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const records: string[][] = [];
  let record: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < source.length) {
    const match = CELL.exec(source);
    if (match === null) throw new UnusableTrainingData(`${name}: line ${records.length + 1} has a stray quote`);
    const [, quoted, plain, end] = match;
    record.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  if (record.length > 0) records.push([...record, '']);
  const [header, ...rest] = records;
  if (header === undefined) throw new UnusableTrainingData(`${name} is empty`);
  const odd = rest.findIndex((cells) => cells.length !== header.length);
  if (odd >= 0) throw new UnusableTrainingData(`${name}: record ${odd + 1} has not ${header.length} cells`);
  return { header, records: rest };
};
