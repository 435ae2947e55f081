import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * Goal: the house's own lint rules find what they are for. Method: files with known faults in a folder laid out alike.
 */

const ROOT = resolve(__dirname, '..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usance-lint-'));
  const { plugins } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
  const config = {
    linter: { rules: { preset: 'none' } },
    plugins: plugins.map((plugin: { path: string }) => ({ ...plugin, path: join(ROOT, plugin.path) })),
  };
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
});

afterEach(() => rmSync(folder, { recursive: true }));

const plant = (path: string, code: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `${code}\n`);
};

/** What the rules say, a line each. */
const findings = (): string[] => {
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const run = (): string => {
    try {
      return execFileSync(process.execPath, [biome, 'lint', '--reporter=github', '--max-diagnostics=none', '.'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    } catch (error) {
      return String((error as { stdout: unknown }).stdout);
    }
  };
  return run()
    .split('\n')
    .filter((line) => line.startsWith('::error'));
};

describe('pure rooms', () => {
  test.each([
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
  ])('may not use %s', (_what, code) => {
    plant('domain/planted.ts', code);
    expect(findings()).not.toEqual([]);
  });

  test.each(['domain', 'commands', 'sagas/effects', 'projections', 'risk'])('%s is one of them', (room) => {
    plant(`${room}/planted.ts`, 'export const at = Date.now();');
    expect(findings()).not.toEqual([]);
  });

  test('may reckon with dates that they are given, and name things as they like', () => {
    plant(
      'domain/planted.ts',
      [
        'export const day = (ms: number) => new Date(ms).toISOString();',
        'export const start = Date.parse("2026-11-22");',
        'export const processing = { process: 1, setTimeout: 2 };',
        'export const read = processing.process;',
      ].join('\n'),
    );
    expect(findings()).toEqual([]);
  });

  test('have tests that are free, and the rooms around them are free', () => {
    plant('domain/planted.test.ts', 'export const at = Date.now();');
    plant('platform/planted.ts', 'export const at = Date.now();');
    plant('app/planted.ts', 'export const at = Date.now();');
    expect(findings()).toEqual([]);
  });
});

describe('money', () => {
  test.each([
    ['parseFloat', 'export const x = (text: string) => parseFloat(text);'],
    ['Number.parseFloat', 'export const x = (text: string) => Number.parseFloat(text);'],
    ['toFixed', 'export const x = (value: number) => value.toFixed(2);'],
    ['Number of an amount', 'export const x = (money: { amount: string }) => Number(money.amount);'],
    ['Number of minor units', 'export const x = (minor: bigint) => Number(minor);'],
    ['a plus sign', 'export const x = (money: { amount: string }) => +money.amount;'],
  ])('never meets %s', (_what, code) => {
    plant('domain/planted.ts', code);
    expect(findings()).not.toEqual([]);
  });

  test.each(['commands', 'sagas', 'projections', 'gateways/channel', 'write-api', 'read-api'])('nor in %s', (room) => {
    plant(`${room}/planted.ts`, 'export const x = (text: string) => parseFloat(text);');
    expect(findings()).not.toEqual([]);
  });

  test('numbers that count something are free', () => {
    plant('domain/planted.ts', 'export const x = (months: string, amount: bigint) => [Number(months), 1n + amount];');
    expect(findings()).toEqual([]);
  });
});
