import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/**
 * Goal: the house stays tidy. Method: read every file of ours. What formatter, linter and compiler see is not repeated.
 */

const ROOT = resolve(__dirname, '..');
const NOT_OURS = new Set(['node_modules', 'dist', 'data', 'coverage', '.git', '.cache']);
const TEXT = /\.(ts|mjs|cjs|json|md|yml|grit|sh)$|^(Dockerfile|up|run|on-node|LICENSE|\.[a-z]+(rc|ignore))$/;

interface Ours {
  readonly path: string;
  readonly lines: readonly string[];
}

const filesBelow = (folder: string): readonly Ours[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesBelow(path);
    if (!entry.isFile() || !TEXT.test(entry.name)) return [];
    return [{ path: relative(ROOT, path).split(sep).join('/'), lines: readFileSync(path, 'utf8').split('\n') }];
  });

const all = filesBelow(ROOT);
const code = all.filter(({ path }) => /\.(ts|mjs|cjs)$/.test(path));
const tests = code.filter(({ path }) => /\.(test|contract|services)\.ts$/.test(path));

/** Where a pattern stands: `path:line`. */
const places = (files: readonly Ours[], pattern: RegExp): readonly string[] =>
  files.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );

/** A pattern in two pieces, so that this file does not find itself. */
const word = (...pieces: readonly string[]): RegExp => new RegExp(pieces.join(''));

test('there is something to look at', () => {
  expect(code.length).toBeGreaterThan(300);
  expect(tests.length).toBeGreaterThan(50);
});

test('a file has one reason to exist, and fits a head: 400 lines at most', () => {
  expect(code.filter(({ lines }) => lines.length > 401).map(({ path, lines }) => `${path} ${lines.length}`)).toEqual(
    [],
  );
});

test('a line fits a page: 120 columns, but for texts that would be worse in pieces', () => {
  const long = code.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) =>
      line.length > 120 && /^\s*(\/\/|\/?\*)/.test(line) ? [`${path}:${index + 1}`] : [],
    ),
  );
  expect(long).toEqual([]);
});

test('nothing is left for later', () => {
  expect(places(all, word('\\b(TO', 'DO|FIX', 'ME|HA', 'CK)\\b'))).toEqual([]);
});

test('no test is left out, or runs alone', () => {
  expect(places(tests, word('\\b(describe|test|it)\\.(on', 'ly|sk', 'ip|to', 'do|fail', 'ing)\\b'))).toEqual([]);
  expect(places(tests, word('\\b(x|f)(describe|test|it)\\('))).toEqual([]);
});

test('nobody silences the compiler', () => {
  expect(places(code, word('@ts-(ig', 'nore|expect', '-error|no', 'check)'))).toEqual([]);
  expect(places(code, word('\\bas (unknown as )?an', 'y\\b'))).toEqual([]);
});

test('a suppressed lint rule has its reason', () => {
  expect(places(code, word('biome-ig', 'nore (?!lint/[a-zA-Z/]+: \\w)'))).toEqual([]);
});

test('tests wait for conditions, not for time', () => {
  expect(places(tests, /(?:sleep|delay|setTimeout)\((?:\w+, )?\d{4,}/)).toEqual([]);
});

test('nothing tells where or how it was made', () => {
  const machine = word('(/ho', 'me/|/wo', 'rk/|/Us', 'ers/)[a-z]');
  const registry = word('regis', 'try\\.npmjs|py', 'pi\\.org|crates', '\\.io');
  expect(places(all, machine)).toEqual([]);
  expect(places(all, registry)).toEqual([]);
});

describe('an aggregate is laid out like every other', () => {
  const AGGREGATES = readdirSync(join(ROOT, 'domain'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, 'domain', entry.name, 'decide.ts')))
    .map(({ name }) => name);

  test('they are those that a loan needs', () => {
    expect(AGGREGATES).toEqual(
      expect.arrayContaining([
        'application',
        'borrower',
        'creditline',
        'identity',
        'ledger',
        'loan',
        'payout',
        'product',
        'reconciliation',
        'repayment',
      ]),
    );
  });

  test.each(AGGREGATES)('%s', (name) => {
    const files = readdirSync(join(ROOT, 'domain', name));
    expect(files).toEqual(expect.arrayContaining(['events.ts', 'commands.ts', 'state.ts', 'decide.ts', 'index.ts']));
    expect(files.some((file) => file.endsWith('.test.ts'))).toBe(true);
  });
});
