/** Thrown when a text is no table; says where. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

/** One field and what ends it: a quoted one with its quotes doubled inside, or a bare one. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * Reads comma-separated values (RFC 4180): quoted fields may hold commas, line breaks and doubled quotes. Line ends of
 * any kind; a byte order mark and empty lines are passed over.
 * @throws CsvError on a quote that is never closed or stands inside a bare field
 */
export const parseCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  let row: string[] = [];
  FIELD.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  while (FIELD.lastIndex < text.length || row.length > 0) {
    const at = FIELD.lastIndex;
    const match = FIELD.exec(text);
    if (match === null) throw new CsvError(`row ${rows.length + 1}: stray or unclosed quote`);
    const [, quoted, bare = '', end] = match;
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.length > 1 || FIELD.lastIndex - at > (end?.length ?? 0)) rows.push(row);
    row = [];
    if (end === '') break;
  }
  return rows;
};

/**
 * The rows under a header, each as its values by column; columns that are not asked for are passed over.
 * @throws CsvError naming the columns that are missing, or the row that has another number of fields than the header
 */
export const readTable = (text: string, columns: readonly string[]): readonly Readonly<Record<string, string>>[] => {
  const [header = [], ...rows] = parseCsv(text);
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new CsvError(`missing columns: ${missing.join(', ')}`);
  return rows.map((row, index) => {
    if (row.length !== header.length) {
      throw new CsvError(`row ${index + 2} has ${row.length} fields, the header has ${header.length}`);
    }
    return Object.fromEntries(columns.map((column) => [column, row[header.indexOf(column)] ?? '']));
  });
};
