/** What commands print: readable for people, one JSON value for programs. */

export const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

export const sayJson = (value: unknown): void => {
  say(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner), 2));
};

/** Goes beside the output: progress, hints, faults. */
export const note = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Columns as wide as their widest cell; numbers to the right. */
export const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = columns.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const isNumber = columns.map(
    (_name, at) => rows.length > 0 && rows.every((row) => /^-?[\d,.]*%?$/.test(row[at] ?? '')),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(columns), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
};
