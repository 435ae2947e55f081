import fc from 'fast-check';
import { parseCsv, readTable } from './csv';

describe('comma-separated values', () => {
  test.each([
    [
      'plain rows',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'no line feed at the end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'other line ends and a byte order mark',
      '\uFEFFa,b\r\n1,2\r3,4',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['quoted commas, line breaks and quotes', '"a,b","c\nd","e""f"\n', [['a,b', 'c\nd', 'e"f']]],
    [
      'empty fields',
      ',\n"",x\n',
      [
        ['', ''],
        ['', 'x'],
      ],
    ],
    ['empty lines', 'a\n\nb\n\n', [['a'], ['b']]],
    ['an empty quoted field by itself', '""\n', [['']]],
    ['a last empty field', 'a,', [['a', '']]],
    ['nothing', '', []],
  ])('%s', (_name, text, rows) => {
    expect(parseCsv(text)).toEqual(rows);
  });

  test.each([
    ['a,"b\n', 'row 1: stray or unclosed quote'],
    ['a\nb"c\n', 'row 2: stray or unclosed quote'],
    ['"a"b\n', 'row 1: stray or unclosed quote'],
  ])('%j is refused', (text, message) => {
    expect(() => parseCsv(text)).toThrow(message);
  });

  test('whatever is written by the rules is read back', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '贷') });
    const write = (rows: readonly (readonly string[])[]): string =>
      rows.map((row) => `${row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')}\r\n`).join('');
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 1 })), (rows) => {
        expect(parseCsv(write(rows))).toEqual(rows);
      }),
    );
  });
});

describe('a table', () => {
  test('is read by the names of its columns, in any order', () => {
    expect(readTable('b,a,other\n2,1,3\n', ['a', 'b'])).toEqual([{ a: '1', b: '2' }]);
  });

  test('without a column that is needed is refused, all missing ones named', () => {
    expect(() => readTable('a,x\n1,2\n', ['a', 'b', 'c'])).toThrow('missing columns: b, c');
    expect(() => readTable('', ['a'])).toThrow('missing columns: a');
  });

  test('with a row of another length is refused, the row named', () => {
    expect(() => readTable('a,b\n1,2\n1\n', ['a'])).toThrow('row 3 has 1 fields, the header has 2');
  });
});
