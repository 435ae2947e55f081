import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve, sep } from 'node:path';

/** One specification, as jest would run it. */
export interface Specification {
  readonly id: string;
  readonly name: string;
  readonly fileName: string;
  /** @throws when it does not hold. */
  readonly hold: () => void;
}

/** What jest's collector makes of a file: blocks in blocks, with what is done before and after each specification. */
interface Block {
  readonly type: 'describeBlock';
  readonly name: string;
  readonly children: readonly (Block | Test)[];
  readonly hooks: readonly { readonly type: string; readonly fn: () => unknown }[];
}
interface Test {
  readonly type: 'test';
  readonly name: string;
  readonly fn: () => unknown;
}

// jest's own collector and matchers, found where jest finds them.
const ofJest = createRequire(require.resolve('jest'));
const { getState, resetState, run: _, ...collector } = ofJest('jest-circus');
const { expect } = ofJest('expect');
Object.assign(globalThis, collector, { expect });

/** What a law may take of each mutant, in milliseconds of CPU when it is first held; thousands of mutants add up. */
const A_LAW_MAY_TAKE = 20;
const LEAST_EXAMPLES = 3;

let holding = '';
const examplesOf = new Map<string, number>();

/** The same examples for every mutant, as many as there is time for; the first counterexample is enough. */
const holdLawsToFewExamples = (): void => {
  const path = require.resolve('fast-check');
  const laws = require('fast-check');
  const assert = (law: unknown, { numRuns = 100, ...parameters } = {}) => {
    const hold = (examples: number) =>
      laws.assert(law, { ...parameters, numRuns: Math.min(numRuns, examples), seed: 1, endOnFailure: true });
    const known = examplesOf.get(holding);
    if (known !== undefined) return hold(known);
    const before = process.cpuUsage();
    hold(LEAST_EXAMPLES);
    const each = process.cpuUsage(before).user / 1000 / LEAST_EXAMPLES;
    const examples = Math.max(LEAST_EXAMPLES, Math.floor(A_LAW_MAY_TAKE / each));
    examplesOf.set(holding, examples);
    return hold(examples);
  };
  const few = { ...laws, assert };
  const cached = require.cache[path];
  if (cached !== undefined) cached.exports = { ...few, default: few };
};
holdLawsToFewExamples();

const CASES = join('tests', 'conformance', 'own-cases.test.ts');

/** The schedules' own specifications and laws, and the cases that travel with the house. */
const files = (): readonly string[] => {
  const schedules = readdirSync(join('domain', 'schedule'), { recursive: true, encoding: 'utf8' });
  const own = schedules.filter((name) => name.endsWith('.test.ts')).map((name) => join('domain', 'schedule', name));
  return [...own.toSorted(), CASES].map((name) => resolve(name));
};

const atOnce = (fn: () => unknown): void => {
  if (fn() instanceof Promise) throw new Error('only specifications that hold when they return can be run here');
};

/** Reads all specifications, and what they specify, from the start: nothing is left of what was read before. */
export const readSpecifications = (): readonly Specification[] => {
  const sandbox = process.cwd() + sep;
  for (const path of Object.keys(require.cache)) {
    if (path.startsWith(sandbox) && !path.includes('node_modules')) delete require.cache[path];
  }
  const found: Specification[] = [];
  for (const fileName of files()) {
    resetState();
    require(fileName);
    const collect = (block: Block, around: readonly Block[]): void => {
      for (const child of block.children) {
        if (child.type === 'describeBlock') collect(child, [...around, child]);
        else found.push(specification(child, around, { fileName, id: String(found.length) }));
      }
    };
    collect(getState().rootDescribeBlock, []);
  }
  return found;
};

const specification = (
  test: Test,
  around: readonly Block[],
  { fileName, id }: { readonly fileName: string; readonly id: string },
): Specification => {
  const hooks = around.flatMap((block) => block.hooks);
  const name = [...around, test].map((each) => each.name).join(' ');
  if (hooks.length > 0) throw new Error(`${name}: what is done before or after specifications is not done here`);
  const hold = () => {
    holding = name;
    atOnce(test.fn);
  };
  return { id, fileName, name, hold };
};
