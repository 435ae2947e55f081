import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { dayOf } from '../../domain/calendar';
import { businessDate, formatMinor } from '../../domain/kernel';
import type { Item } from '../../domain/reconciliation';
import { readStatement, type StatementFormat, type StatementRead, statementFormatSchema } from '.';

const DAY = dayOf(businessDate('2026-03-01'));

const fields = {
  lineId: 'Line',
  reference: 'Reference',
  amount: 'Amount',
  currency: 'Currency',
  bookedOn: 'Booked on',
  text: 'Text',
} as const;

const CSV: StatementFormat = statementFormatSchema.parse({
  name: 'unionlike-csv',
  version: 1,
  encoding: 'utf-8',
  body: { layout: 'csv', delimiter: ',', columns: { by: 'header', fields } },
  skipLines: 0,
  ignore: ['#', 'Total'],
  amounts: { decimalSign: '.', groupSign: ',', decimals: 'written', sign: { by: 'sign', negativeIs: 'out' } },
  dates: 'YYYY-MM-DD',
  longestRecord: 512,
});

const formatWith = (change: object): StatementFormat => statementFormatSchema.parse({ ...CSV, ...change });

const HEAD = 'Line,Reference,Amount,Currency,Booked on,Text';

interface Told extends StatementRead {
  readonly items: readonly Item[];
}

const read = async (
  text: string | Uint8Array,
  format: StatementFormat = CSV,
  pieceBytes = 1_000_000,
): Promise<Told> => {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += pieceBytes) pieces.push(bytes.subarray(from, from + pieceBytes));
  const items: Item[] = [];
  return { ...(await readStatement(pieces, format, (item) => items.push(item))), items };
};

const csv = (...lines: readonly string[]): Promise<Told> => read([HEAD, ...lines].join('\n'));

describe('a statement in CSV', () => {
  test('is read line by line, and hashed as it was received', async () => {
    const text = `${HEAD}\nl1,e1,"1,234.50",CNY,2026-03-01,salary\nl2,e2,-3,JPY,2026-03-02,\n`;
    expect(await read(text)).toEqual({
      lines: 2,
      statementHash: createHash('sha256').update(text).digest('hex'),
      faults: [],
      complete: true,
      items: [
        {
          id: 'l1',
          reference: 'e1',
          amount: 123_450n,
          currency: 'CNY',
          day: DAY,
          status: 'settled',
          text: 'salary',
        },
        { id: 'l2', reference: 'e2', amount: -3n, currency: 'JPY', day: DAY + 1, status: 'settled' },
      ],
    });
  });

  test('may have a byte order mark, either line end, blank lines, comments and a total', async () => {
    const told = await read(
      `\ufeff${HEAD}\r\n# made by a machine\r\nl1,e1,1.00,CNY,2026-03-01,\r\n\r\nl2,e2,2.00,CNY,2026-03-01,\n   \nTotal,3.00\r\n\r\n\r\n`,
    );
    expect(told).toMatchObject({ lines: 2, faults: [], items: [{ amount: 100n }, { amount: 200n }] });
  });

  test('may have delimiters, quotes and line breaks in quotes; lines are counted through them', async () => {
    const told = await csv(
      'l1,"e,1",1.00,CNY,2026-03-01,"two\nlines, and a ""quote"""',
      'l2,e2,x,CNY,2026-03-01,',
      '"l3" ,"",1.00,CNY,2026-03-01,"end"',
    );
    expect(told.items).toMatchObject([
      { reference: 'e,1', text: 'two\nlines, and a "quote"' },
      { id: 'l3', reference: '', text: 'end' },
    ]);
    expect(told.faults).toEqual([{ line: 4, reason: 'amount', field: 'amount', value: 'x' }]);
  });

  test('may have no header: columns by position, and ids by line where there are none', async () => {
    const format = formatWith({
      body: {
        layout: 'csv',
        delimiter: ';',
        columns: { by: 'position', fields: { bookedOn: 1, in: 2, out: 3, reference: 4 } },
      },
      skipLines: 1,
      dates: 'DD.MM.YYYY',
      currency: 'EUR',
      amounts: { decimalSign: ',', groupSign: '.', decimals: 'written', sign: { by: 'columns' } },
    });
    const told = await read('Umsätze;;;\n01.03.2026;1.000,5;;e1\n01.03.2026;;2,00;e2\n01.03.2026;1;2;e3\n', format);
    expect(told.items).toMatchObject([
      { id: 'line-2', reference: 'e1', amount: 100_050n, currency: 'EUR' },
      { id: 'line-3', reference: 'e2', amount: -200n },
    ]);
    expect(told.faults).toEqual([{ line: 4, reason: 'amount', field: 'in', value: '1' }]);
  });

  test('may be in another encoding', async () => {
    const wide = await read(Buffer.from(`\ufeff${HEAD}\nl1,编号一,1.00,CNY,2026-03-01,`, 'utf16le'), {
      ...CSV,
      encoding: 'utf-16le',
    });
    expect(wide.items).toMatchObject([{ reference: '编号一' }]);
    const chinese = Buffer.concat([
      Buffer.from(`${HEAD}\nl1,`),
      Buffer.from([0xb1, 0xe0, 0xba, 0xc5]),
      Buffer.from(',1.00,CNY,2026-03-01,'),
    ]);
    expect((await read(chinese, { ...CSV, encoding: 'gb18030' })).items).toMatchObject([{ reference: '编号' }]);
    expect(await read(chinese)).toMatchObject({ complete: false, faults: [{ reason: 'encoding' }] });
  });

  test('without a column that was declared is not read at all', async () => {
    const told = await read('Line,Reference,Sum\nl1,e1,1.00\nl2,e2,1.00');
    expect(told).toMatchObject({
      lines: 0,
      complete: false,
      faults: [{ line: 1, reason: 'header', field: 'amount', value: 'Amount' }],
    });
  });

  test.each([
    ['missing-column', 'l1,e1,1.00,CNY'],
    ['amount', 'l1,e1,,CNY,2026-03-01,'],
    ['amount', 'l1,e1,1.005,CNY,2026-03-01,'],
    ['amount', 'l1,e1,"1,23.00",CNY,2026-03-01,'],
    ['amount', 'l1,e1,1e3,CNY,2026-03-01,'],
    ['amount', 'l1,e1,--1.00,CNY,2026-03-01,'],
    ['amount', 'l1,e1,(1.00,CNY,2026-03-01,'],
    ['currency', 'l1,e1,1.00,XXX,2026-03-01,'],
    ['date', 'l1,e1,1.00,CNY,2026-02-30,'],
    ['date', 'l1,e1,1.00,CNY,26-03-01,'],
    ['too-long', `l1,e1,1.00,CNY,2026-03-01,${'x'.repeat(600)}`],
    ['open-quote', 'l1,"e1"x,1.00,CNY,2026-03-01,'],
  ])('says on which line it is wrong: %s', async (reason, line) => {
    const told = await csv('l0,e0,1.00,CNY,2026-03-01,', line, 'l2,e2,1.00,CNY,2026-03-01,');
    expect(told).toMatchObject({ lines: 2, complete: true, faults: [{ line: 3, reason }] });
  });

  test('with a quote that never ends loses the lines in it, and says where it begins', async () => {
    const told = await csv('l1,e1,1.00,CNY,2026-03-01,"never', 'l2,e2,1.00,CNY,2026-03-01,');
    expect(told).toMatchObject({ lines: 0, faults: [{ line: 2, reason: 'open-quote' }] });
  });

  test('is given up when too much is wrong', async () => {
    const told = await csv(...Array.from({ length: 500 }, (_, index) => `l${index},e,x,CNY,2026-03-01,`));
    expect(told).toMatchObject({ lines: 0, complete: false });
    expect(told.faults).toHaveLength(100);
  });

  test('says its amounts in many ways', async () => {
    const told = await csv(
      ...['1', '+1.5', '1.50-', '"(1,234.00)"', '1.5000'].map((amount) => `l,e,${amount},CNY,2026-03-01,`),
    );
    expect(told.items.map(({ amount }) => amount)).toEqual([100n, 150n, -150n, -123_400n, 150n]);
  });
});

describe('a statement in other layouts', () => {
  const jsonFields = {
    lineId: 'id',
    reference: 'ref',
    amount: 'amount.value',
    currency: 'amount.currency',
    bookedOn: 'date',
    direction: 'type',
    status: 'state',
  };
  const way = {
    dates: 'YYYYMMDD',
    amounts: {
      decimalSign: '.',
      groupSign: '',
      decimals: 'written',
      sign: { by: 'direction', in: ['CRDT'], out: ['DBIT'] },
    },
    statuses: { OK: 'settled', RET: 'returned' },
  };
  const JSON_LINES = formatWith({ ...way, body: { layout: 'json-lines', fields: jsonFields } });
  const JSON_DOCUMENT = formatWith({ ...way, body: { layout: 'json', lines: 'lines', fields: jsonFields } });
  const JSON_ARRAY = formatWith({ ...way, body: { layout: 'json', fields: jsonFields } });

  const object = (change: object = {}) => ({
    id: 'l1',
    ref: 'e"}1',
    amount: { value: '12.30', currency: 'CNY' },
    date: '20260301',
    type: 'DBIT',
    state: 'OK',
    ...change,
  });
  const expected = { id: 'l1', reference: 'e"}1', amount: -1_230n, currency: 'CNY', day: DAY, status: 'settled' };

  test('of JSON lines', async () => {
    const lines = [object(), object({ amount: { value: 12.3, currency: 'CNY' }, state: 'RET' })];
    const told = await read(lines.map((each) => `${JSON.stringify(each)}\n`).join('\n'), JSON_LINES);
    expect(told.items).toEqual([expected, { ...expected, status: 'returned' }]);
  });

  test.each([
    ['not JSON', '{"id":', 'not-json'],
    ['no object', '[1]', 'not-json'],
    ['an unknown word for a direction', JSON.stringify(object({ type: 'UP' })), 'direction'],
    ['an unknown word for a status', JSON.stringify(object({ state: 'toString' })), 'status'],
    ['a number that may have lost digits', '{"amount":{"value":1234567890123456.7,"currency":"CNY"}}', 'amount'],
  ])('of JSON lines with %s says so', async (_, line, reason) => {
    const told = await read(`${JSON.stringify(object())}\n${line}\n`, JSON_LINES);
    expect(told).toMatchObject({ lines: 1, faults: [{ line: 2, reason }] });
  });

  test('of one JSON document, in pieces of any size', async () => {
    const document = JSON.stringify(
      { opening: [{ ref: 'x' }], lines: [object(), object()], closing: { a: [{}] } },
      null,
      1,
    );
    for (const size of [1, 7, 64, 10_000]) {
      expect(await read(document, JSON_DOCUMENT, size)).toMatchObject({ faults: [], items: [expected, expected] });
    }
    expect((await read(JSON.stringify([object()]), JSON_ARRAY, 5)).items).toEqual([expected]);
    expect(await read(JSON.stringify({ other: [] }), JSON_DOCUMENT)).toMatchObject({
      faults: [{ reason: 'missing-field', field: 'lines' }],
    });
    expect(await read(document.slice(0, -9), JSON_DOCUMENT)).toMatchObject({ faults: [{ reason: 'not-json' }] });
    const long = await read(JSON.stringify([object({ ref: 'x'.repeat(900) }), object()], null, 1), JSON_ARRAY, 50);
    expect(long).toMatchObject({ lines: 1, faults: [{ line: 2, reason: 'too-long' }] });
  });

  test('of fixed width, with implied decimals', async () => {
    const format = formatWith({
      body: {
        layout: 'fixed-width',
        fields: {
          bookedOn: { from: 1, length: 8 },
          direction: { from: 9, length: 1 },
          amount: { from: 10, length: 12 },
          reference: { from: 22, length: 10 },
        },
      },
      dates: 'YYYYMMDD',
      currency: 'CNY',
      amounts: {
        decimalSign: '.',
        groupSign: '',
        decimals: 'implied',
        sign: { by: 'direction', in: ['C'], out: ['D'] },
      },
    });
    const told = await read(
      '20260301C000000001250e1        \r\n20260301D          99e2\n20260301D          .9e3',
      format,
    );
    expect(told.items).toMatchObject([
      { id: 'line-1', reference: 'e1', amount: 1_250n },
      { reference: 'e2', amount: -99n },
    ]);
    expect(told.faults).toMatchObject([{ line: 3, reason: 'amount' }]);
  });
});

test('a statement says the same in pieces of any size', async () => {
  const cell = fc.string({ maxLength: 12, unit: 'grapheme' }).map((text) => text.replace(/[\s\p{C}]+/gu, ' ').trim());
  const line = fc.record({
    reference: cell,
    text: cell,
    amount: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
  });
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), async (lines, size) => {
      const rows = lines.map(
        ({ reference, text, amount }, index) =>
          `l${index},${quote(reference)},${formatMinor(amount, 'CNY')},CNY,2026-03-01,${quote(text)}`,
      );
      const whole = await read([HEAD, ...rows].join('\r\n'));
      expect(whole.faults).toEqual([]);
      expect(whole.items.map(({ reference, amount, text = '' }) => ({ reference, text, amount }))).toEqual(lines);
      expect(await read([HEAD, ...rows].join('\r\n'), CSV, size)).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['no place for the date', { body: { layout: 'json-lines', fields: { amount: 'a', currency: 'c' } } }],
  ['no currency', { body: { layout: 'json-lines', fields: { amount: 'a', bookedOn: 'd' } } }],
  ['a direction without its column', { amounts: { ...CSV.amounts, sign: { by: 'direction', in: ['C'], out: ['D'] } } }],
  ['one sign for two things', { amounts: { ...CSV.amounts, groupSign: '.' } }],
])('a format with %s is refused', (_, change) => {
  expect(statementFormatSchema.safeParse({ ...CSV, ...change }).success).toBe(false);
});
