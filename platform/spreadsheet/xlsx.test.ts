import { crc32, inflateRawSync } from 'node:zlib';
import { type Table, workbookOf } from '.';

/** The files of an archive, by its own directory; each must be what its checksum says. */
const unzipped = (archive: Buffer): ReadonlyMap<string, string> => {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, nameLength, begun] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt32LE(at + 42),
    ];
    const name = archive.subarray(at + 46, at + 46 + nameLength).toString();
    const from = begun + 30 + archive.readUInt16LE(begun + 26);
    const content = inflateRawSync(archive.subarray(from, from + packed));
    expect(crc32(content)).toBe(archive.readUInt32LE(at + 16));
    expect(content.length).toBe(archive.readUInt32LE(at + 24));
    files.set(name, content.toString());
    at += 46 + nameLength;
  }
  expect(at).toBe(end);
  return files;
};

const bytesOf = async (...tables: readonly Table[]): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of workbookOf(tables)) pieces.push(piece);
  return Buffer.concat(pieces);
};

const table = (change: Partial<Table> = {}): Table => ({
  name: 'Breaks',
  columns: [
    { title: 'Reference', kind: 'text' },
    { title: 'Difference', kind: 'amount' },
    { title: 'Opened', kind: 'date' },
    { title: 'Age', kind: 'count' },
  ],
  rows: [['e1', '-1234.50', '2026-03-01', 8]],
  ...change,
});

const sheetOf = async (...tables: readonly Table[]): Promise<string> =>
  unzipped(await bytesOf(...tables)).get('xl/worksheets/sheet1.xml') ?? '';

test('a workbook has the parts that a spreadsheet program looks for, and a sheet per table', async () => {
  const files = unzipped(await bytesOf(table(), table({ name: 'Breaks' }), table({ name: 'a/b:c' })));
  expect([...files.keys()]).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    ...[1, 2, 3].map((sheet) => `xl/worksheets/sheet${sheet}.xml`),
  ]);
  expect(files.get('xl/workbook.xml')).toMatch(/name="Breaks".*name="Breaks \(2\)".*name="a b c"/);
});

test('amounts, counts and dates are numbers of their formats; texts are texts', async () => {
  const sheet = await sheetOf(table());
  expect(sheet).toContain('<c r="A2" s="0" t="inlineStr"><is><t xml:space="preserve">e1</t></is></c>');
  expect(sheet).toContain(
    '<c r="B2" s="2"><v>-1234.50</v></c><c r="C2" s="3"><v>46082</v></c><c r="D2" s="0"><v>8</v></c>',
  );
});

test('what no number can hold stays text, and nothing is a formula', async () => {
  const rows = [
    ['=1+1', '12345678901234.56', '1066-10-14', 'x'],
    [undefined, '', '<&">\u0001', ''],
  ];
  const sheet = await sheetOf(table({ rows }));
  for (const text of ['=1+1', '12345678901234.56', '1066-10-14', 'x', '&lt;&amp;&quot;&gt;']) {
    expect(sheet).toContain(`<t xml:space="preserve">${text}</t>`);
  }
  expect(sheet).not.toContain('<f>');
});

test('rows are taken as they come, and the same rows give the same bytes', async () => {
  async function* many() {
    for (let row = 0; row < 20_000; row += 1) yield [`e${row}`, '1.00', '2026-03-01', row];
  }
  const bytes = await bytesOf(table({ rows: many() }));
  expect(bytes.equals(await bytesOf(table({ rows: many() })))).toBe(true);
  expect(unzipped(bytes).get('xl/worksheets/sheet1.xml')?.match(/<row /g)).toHaveLength(20_001);
});

test('a table that fails fails the workbook', async () => {
  async function* broken() {
    yield ['e1', '1.00', '2026-03-01', 1];
    throw new Error('the source is gone');
  }
  await expect(bytesOf(table({ rows: broken() }))).rejects.toThrow('the source is gone');
});
