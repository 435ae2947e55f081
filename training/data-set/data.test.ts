import { seededRandom } from '../../simulation/random';
import { applicants, applicantsDictionary } from '../applicants.fixture';
import {
  dealtRepeats,
  dictionaryFor,
  dictionarySchema,
  inputColumns,
  parseCsv,
  recordOf,
  repeatsFrom,
  splitOf,
  tableOf,
} from '.';
import { southGerman } from './south-german';
import { taiwan } from './taiwan';

const csv = (text: string) => parseCsv(text, 'the file');

describe('reading', () => {
  test('quotes hold commas, quotes and line ends; a byte order mark is skipped', () => {
    expect(csv('\ufeffa,b\r\n"1, ""one""","two\nlines"\n3,\n')).toEqual({
      header: ['a', 'b'],
      records: [
        ['1, "one"', 'two\nlines'],
        ['3', ''],
      ],
    });
    expect(csv('a,b\n1,').records).toEqual([['1', '']]);
  });

  test.each([
    ['', /is empty/],
    ['a,b\n1\n', /record 1 has not 2 cells/],
    ['a,b\n1,x"y\n', /stray quote/],
  ])('%j is refused', (text, message) => {
    expect(() => csv(text)).toThrow(message);
  });

  const header = 'id,income,standing,shop,noise,sex,age,outcome';
  const good = '1,20,none,north,1,f,30,paid';
  test.each([
    ['a level that is not declared', '2,20,none,west,1,f,30,lost', /column shop, record 2 has a level/],
    ['a number that is none', '2,much,none,north,1,f,30,lost', /column income, record 2 is not a number/],
    ['an outcome that is neither', '2,20,none,north,1,f,30,perhaps', /column outcome, record 2/],
    ['an id that stands twice', '1,20,none,north,1,f,30,lost', /names a record twice/],
    ['only good cases', '2,20,none,north,1,f,30,paid', /good and bad cases/],
  ])('%s is refused', (_, line, message) => {
    expect(() => tableOf(csv(`${header}\n${good}\n${line}`), applicantsDictionary)).toThrow(message);
  });

  test('a record holds inputs only: neither outcome nor id nor a protected attribute', () => {
    const table = tableOf(csv(`${header}\n${good}\n2,,none,,1,f,30,lost`), applicantsDictionary);
    expect(recordOf(table, 0)).toEqual({ income: 20, standing: 'none', shop: 'north', noise: 1 });
    expect(recordOf(table, 1)).toEqual({ income: null, standing: 'none', shop: null, noise: 1 });
  });
});

describe('dictionaries', () => {
  test('are found by the columns', () => {
    const columns = [taiwan.id, taiwan.target.column, ...taiwan.columns.map(({ name }) => name)];
    expect(dictionaryFor(csv(columns.join(',')))).toBe(taiwan);
    expect(() => dictionaryFor(csv('a,b'))).toThrow(/no data dictionary fits/);
  });

  test.each([southGerman, taiwan])(
    '$name: sex, nationality and age, and what stands in for them, are no inputs',
    (own) => {
      const inputs = inputColumns({ ...applicants(20), dictionary: { ...own, columns: [] } });
      expect(inputs).toEqual([]);
      const out = own.columns.filter(({ use }) => use !== 'input');
      expect(out.every(({ why }) => why !== undefined)).toBe(true);
      const protectedWords = /(^|_)(sex|age|foreign|marriage|personal)/;
      expect(own.columns.filter(({ name, use }) => use === 'input' && protectedWords.test(name))).toEqual([]);
    },
  );

  test('a column that is declared twice is refused, and so is a dictionary without inputs', () => {
    const [column] = applicantsDictionary.columns;
    expect(() => dictionarySchema.parse({ ...applicantsDictionary, columns: [column, column] })).toThrow(/twice/);
    const blind = applicantsDictionary.columns.map((each) => ({ ...each, use: 'withheld' }));
    expect(() => dictionarySchema.parse({ ...applicantsDictionary, columns: blind })).toThrow(/no column is an input/);
  });
});

describe('folds', () => {
  const table = applicants(203);

  test('dealt folds part the rows, bad and good evenly, and follow from the seed', () => {
    const [repeat] = dealtRepeats(table, seededRandom('1'));
    if (repeat === undefined) throw new Error('no repeat');
    const bads = Array.from({ length: 4 }, (_, fold) => {
      const { train, test } = splitOf(repeat, fold);
      expect(new Set([...train, ...test]).size).toBe(203);
      return test.filter((row) => table.bad[row] === 1).length;
    });
    expect(Math.max(...bads) - Math.min(...bads)).toBeLessThanOrEqual(1);
    expect(dealtRepeats(table, seededRandom('1'))).toEqual([repeat]);
    expect(dealtRepeats(table, seededRandom('2'))).not.toEqual([repeat]);
  });

  const small = tableOf(
    csv('id,income,standing,shop,noise,sex,age,outcome\nx,1,none,north,1,f,30,paid\ny,1,none,north,1,f,30,lost'),
    applicantsDictionary,
  );

  test('given folds are found by id, in any order', () => {
    const [repeat] = repeatsFrom(csv('id,r1\ny,1\nx,0'), small);
    expect(repeat).toMatchObject({ name: 'r1', count: 2 });
    expect([...(repeat?.foldOf ?? [])]).toEqual([0, 1]);
  });

  test.each([
    ['another id column', 'key,r1\nx,0\ny,1', /must have the columns id/],
    ['a row without a fold', 'id,r1\nx,0', /record y has no fold/],
    ['a gap in the numbers', 'id,r1\nx,0\ny,2', /without gaps/],
    ['a single fold', 'id,r1\nx,0\ny,0', /two or more/],
  ])('%s is refused', (_, text, message) => {
    expect(() => repeatsFrom(csv(text), small)).toThrow(message);
  });
});
