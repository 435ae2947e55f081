import { zipOf } from './zip';

/** What stands in a column. Amounts are decimal texts, dates "YYYY-MM-DD". */
export type ColumnKind = 'text' | 'amount' | 'count' | 'date';

export type Cell = string | number | undefined;

/** A table as finance people get it: on a sheet of a workbook, or as a file of comma-separated values. */
export interface Table {
  readonly name: string;
  readonly columns: readonly { readonly title: string; readonly kind: ColumnKind }[];
  readonly rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
}

const MOST_ROWS = 1_048_576;
const MOST_TEXT = 32_767;
/** A spreadsheet computes with binary numbers; beyond so many digits an amount is kept as text. */
const EXACT_DIGITS = 15;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * A workbook (ECMA-376, transitional) with a sheet per table, made as the rows come: a bold head that stays in sight,
 * amounts and dates as numbers of their formats, texts as texts and never as formulas. @throws RangeError for a table
 * with more rows than a sheet can have.
 */
export const workbookOf = (tables: readonly Table[]): AsyncGenerator<Uint8Array> =>
  zipOf([
    { path: '[Content_Types].xml', pieces: [contentTypes(tables.length)] },
    { path: '_rels/.rels', pieces: [relations([['officeDocument', 'xl/workbook.xml']])] },
    { path: 'xl/workbook.xml', pieces: [workbook(sheetNames(tables))] },
    {
      path: 'xl/_rels/workbook.xml.rels',
      pieces: [
        relations([
          ...tables.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const),
          ['styles', 'styles.xml'],
        ]),
      ],
    },
    { path: 'xl/styles.xml', pieces: [STYLES] },
    ...tables.map((table, index) => ({ path: `xl/worksheets/sheet${index + 1}.xml`, pieces: sheet(table) })),
  ]);

const contentTypes = (sheets: number): string => {
  const override = (part: string, kind: string): string =>
    `<Override PartName="${part}" ContentType="${TYPES}.${kind}+xml"/>`;
  const parts = Array.from({ length: sheets }, (_, index) =>
    override(`/xl/worksheets/sheet${index + 1}.xml`, 'worksheet'),
  );
  return `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('/xl/workbook.xml', 'sheet.main')}${override('/xl/styles.xml', 'styles')}${parts.join('')}</Types>`;
};

const relations = (targets: readonly (readonly [kind: string, target: string])[]): string => {
  const each = targets.map(
    ([kind, target], index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`,
  );
  return `${HEAD}<Relationships xmlns="${RELATIONS}">${each.join('')}</Relationships>`;
};

/** Names as sheets can have them: 31 characters, none of []:*?/\, each once. */
const sheetNames = (tables: readonly Table[]): readonly string[] => {
  const names: string[] = [];
  for (const { name } of tables) {
    const plain = name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 27);
    names.push(names.includes(plain) ? `${plain} (${names.length + 1})` : plain);
  }
  return names;
};

const workbook = (names: readonly string[]): string => {
  const sheets = names.map(
    (name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`;
};

/** By number: plain, bold, amount, date. Formats 4 and 14 are built in: "#,##0.00" and the reader's own short date. */
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;
const STYLE: Readonly<Record<'head' | ColumnKind, number>> = { text: 0, count: 0, head: 1, amount: 2, date: 3 };

async function* sheet({ name, columns, rows }: Table): AsyncGenerator<string> {
  const widths = columns.map(
    ({ kind }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${kind === 'text' ? 24 : 16}" customWidth="1"/>`,
  );
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">`;
  for (const [index, { title }] of columns.entries()) yield textCell(`${columnName(index)}1`, title, STYLE.head);
  yield '</row>';
  let row = 1;
  for await (const cells of rows) {
    row += 1;
    if (row > MOST_ROWS) throw new RangeError(`${name}: more rows than a sheet can have`);
    const written = cells.map((cell, index) =>
      cellOf(`${columnName(index)}${row}`, cell, columns[index]?.kind ?? 'text'),
    );
    yield `<row r="${row}">${written.join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

/** A, B … Z, AA, AB … */
const columnName = (index: number): string =>
  (index < 26 ? '' : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

const cellOf = (at: string, cell: Cell, kind: ColumnKind): string => {
  if (cell === undefined || cell === '') return '';
  const text = String(cell);
  const number = numberOf(text, kind);
  return number === undefined ? textCell(at, text, STYLE.text) : `<c r="${at}" s="${STYLE[kind]}"><v>${number}</v></c>`;
};

const MS_PER_DAY = 86_400_000;
/** Spreadsheets count days from the end of 1899, as if 1900 had been a leap year. */
const FIRST_DAY = Date.UTC(1899, 11, 30);

/** How a sheet writes a number; undefined for what it must keep as text. */
const numberOf = (text: string, kind: ColumnKind): string | undefined => {
  switch (kind) {
    case 'text':
      return undefined;
    case 'amount':
    case 'count':
      return /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= EXACT_DIGITS ? text : undefined;
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && text >= '1900-03-01'
        ? String((Date.parse(text) - FIRST_DAY) / MS_PER_DAY)
        : undefined;
  }
};

const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, MOST_TEXT))}</t></is></c>`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML; signs that XML cannot hold are left out. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '');
