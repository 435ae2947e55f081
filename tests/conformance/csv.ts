/** Splits comma-separated text (or text with tabs or semicolons, by its first line) into records by column name. */
export const readCsv = (text: string): readonly Readonly<Record<string, string>>[] => {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const [header = [], ...rows] = recordsOf(source, separatorOf(source));
  return rows.map((cells) => Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])));
};

const separatorOf = (text: string): string => {
  const [header = ''] = text.split(/\r?\n/, 1);
  return [',', '\t', ';'].find((each) => header.includes(each)) ?? ',';
};

/** RFC 4180: a cell in quotes may hold the separator, line ends, and quotes that are doubled. */
const recordsOf = (text: string, separator: string): readonly (readonly string[])[] => {
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"\\r\\n${separator}][^\\r\\n${separator}]*)?)(${separator}|\\r?\\n|$)`,
    'y',
  );
  const records: string[][] = [];
  let record: string[] = [];
  while (cell.lastIndex < text.length) {
    const start = cell.lastIndex;
    const [, quoted, plain = '', end = ''] = cell.exec(text) ?? [];
    if (cell.lastIndex === start) throw new Error(`a cell that cannot be read, ${start} characters from the start`);
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === separator) {
      if (cell.lastIndex === text.length) record.push('');
      continue;
    }
    records.push(record);
    record = [];
  }
  if (record.length > 0) records.push(record);
  return records;
};
