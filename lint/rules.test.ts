import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * Goal: the house's own lint rules find what they are for, where they are for it, and nothing else. Method: files with
 * known faults are planted in a folder laid out like the house, and linted in one go.
 */

const ROOT = resolve(__dirname, '..');
const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

const IMPURE: readonly (readonly [what: string, code: string])[] = [
  ['the clock', 'export const at = Date.now();'],
  ['the clock, handed on', 'export const all = [1].map(Date.now);'],
  ['the day of today', 'export const today = new Date();'],
  ['the stopwatch', 'export const t = performance.now();'],
  ['timers', 'setTimeout(() => 1, 10);'],
  ['microtasks', 'queueMicrotask(() => 1);'],
  ['timers by import', "import { setTimeout } from 'node:timers/promises'; export { setTimeout };"],
  ['chance', 'export const x = Math.random();'],
  ['chance by import', "import { randomUUID } from 'crypto'; export { randomUUID };"],
  ['the environment', "export const x = process.env['HOME'];"],
  ['the environment by another way', "export const x = globalThis['process'];"],
  ['files', "import { readFileSync } from 'node:fs'; export { readFileSync };"],
];
const PURE = [
  'export const day = (ms: number) => new Date(ms).toISOString();',
  'export const start = Date.parse("2026-11-22");',
  'export const processing = { process: 1, setTimeout: 2 };',
  'export const read = processing.process;',
].join('\n');
const PURE_ROOMS = ['domain', 'commands', 'sagas/effects', 'projections', 'risk'];

const INEXACT: readonly (readonly [what: string, code: string])[] = [
  ['parseFloat', 'export const x = (text: string) => parseFloat(text);'],
  ['Number.parseFloat', 'export const x = (text: string) => Number.parseFloat(text);'],
  ['toFixed', 'export const x = (value: number) => value.toFixed(2);'],
  ['Number of an amount', 'export const x = (money: { amount: string }) => Number(money.amount);'],
  ['Number of minor units', 'export const x = (minor: bigint) => Number(minor);'],
  ['a plus sign', 'export const x = (money: { amount: string }) => +money.amount;'],
];
const EXACT = 'export const x = (months: string, amount: bigint) => [Number(months), 1n + amount];';
const MONEY_ROOMS = ['domain', 'commands', 'sagas', 'projections', 'gateways/channel', 'write-api', 'read-api'];

const CLOCK = 'export const at = Date.now();';
const FLOAT = 'export const x = (text: string) => parseFloat(text);';
const planted = new Map<string, string>([
  ...IMPURE.map(([, code], n) => [`domain/impure-${n}.ts`, code] as const),
  ...PURE_ROOMS.map((room) => [`${room}/clock.ts`, CLOCK] as const),
  ['domain/pure.ts', PURE],
  ['domain/clock.test.ts', CLOCK],
  ['platform/clock.ts', CLOCK],
  ['app/clock.ts', CLOCK],
  ...INEXACT.map(([, code], n) => [`domain/inexact-${n}.ts`, code] as const),
  ...MONEY_ROOMS.map((room) => [`${room}/float.ts`, FLOAT] as const),
  ['domain/exact.ts', EXACT],
  ['platform/float.ts', FLOAT],
]);

let found: ReadonlySet<string>;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'usance-lint-'));
  try {
    const { plugins } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
    const config = {
      linter: { rules: { preset: 'none' } },
      plugins: plugins.map((plugin: { path: string }) => ({ ...plugin, path: join(ROOT, plugin.path) })),
    };
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
    for (const [path, code] of planted) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${code}\n`);
    }
    const options = ['lint', '--reporter=github', '--max-diagnostics=none', '.'];
    const { stdout } = spawnSync(process.execPath, [BIOME, ...options], { cwd: folder, encoding: 'utf8' });
    const files = [...stdout.matchAll(/^::error .*?file=([^,]+),/gm)].map(([, file = '']) => resolve(folder, file));
    found = new Set([...planted.keys()].filter((path) => files.some((file) => file.endsWith(join('/', path)))));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('pure rooms', () => {
  test.each(IMPURE.map(([what], n) => [what, n] as const))('may not use %s', (_what, n) => {
    expect(found).toContain(`domain/impure-${n}.ts`);
  });

  test.each(PURE_ROOMS)('%s is one of them', (room) => {
    expect(found).toContain(`${room}/clock.ts`);
  });

  test('may reckon with dates that they are given, and name things as they like', () => {
    expect(found).not.toContain('domain/pure.ts');
  });

  test.each(['domain/clock.test.ts', 'platform/clock.ts', 'app/clock.ts'])(
    'their tests and surroundings are free: %s',
    (path) => {
      expect(found).not.toContain(path);
    },
  );
});

describe('money', () => {
  test.each(INEXACT.map(([what], n) => [what, n] as const))('never meets %s', (_what, n) => {
    expect(found).toContain(`domain/inexact-${n}.ts`);
  });

  test.each(MONEY_ROOMS)('nor in %s', (room) => {
    expect(found).toContain(`${room}/float.ts`);
  });

  test.each(['domain/exact.ts', 'platform/float.ts'])('numbers that count something are free: %s', (path) => {
    expect(found).not.toContain(path);
  });
});
