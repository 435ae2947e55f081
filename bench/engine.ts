import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { shippedModels } from '../app/models';
import type { PolicyDocument } from '../domain/policy';
import { type DecisionDesk, decide, decisionDesk, type PolicyShelf } from '../risk/decision';
import { type CompiledPolicy, compilePolicy, policyHash, shippedPolicy } from '../risk/policy';
import { type Recorded, replayDecisions } from '../risk/replay';
import { randomCase, recordedCases } from '../tests/support/random-cases';
import { SOUND_CASE } from '../tests/support/sound-case';
import { type Benchmark, compare, contestant, type Done, digestOf, type Figure, type Trial } from './support';

interface EngineSize {
  /** Decisions one after the other, and so many at the start that are not counted. */
  readonly decisions: number;
  readonly warmUp: number;
  /** Decisions a second while the policy is swapped again and again, for so many seconds. */
  readonly perSecond: number;
  readonly seconds: number;
  readonly replayed: number;
  readonly rounds: number;
}

const FULL: EngineSize = { decisions: 3_000, warmUp: 500, perSecond: 200, seconds: 8, replayed: 10_000, rounds: 3 };
const TINY: EngineSize = { decisions: 6, warmUp: 1, perSecond: 100, seconds: 0.1, replayed: 6, rounds: 1 };

const compiled = (document: PolicyDocument, version: number): CompiledPolicy =>
  compilePolicy({ document, hash: policyHash(document), version }, shippedModels);

const shelfOf = (versions: readonly CompiledPolicy[], active: () => CompiledPolicy): PolicyShelf => ({
  inForce: async () => ({ active: active(), shadows: [] }),
  find: async (hash) => versions.find((version) => version.hash === hash),
});

const first = (): CompiledPolicy => compiled(shippedPolicy, 1);
const stopwatch = (): number => performance.now();

/** Decides case after case in one arm, and times each: features present to outcome. */
const inArm = (
  { decisions, warmUp }: EngineSize,
  arm: string,
): Trial<{ policy: CompiledPolicy; outcomes: string[] }> => ({
  prepare: async () => {
    const policy = first();
    for (let index = 0; index < warmUp; index += 1) await decide(randomCase('warm', index), policy, { arm });
    return { policy, outcomes: [] };
  },
  work: async ({ policy, outcomes }) => {
    const cases = Array.from({ length: decisions }, (_, index) => randomCase('engine', index));
    const latencies = new Float64Array(decisions);
    const begun = performance.now();
    for (const [index, given] of cases.entries()) {
      const started = performance.now();
      const { outcome } = await decide(given, policy, { arm });
      latencies[index] = performance.now() - started;
      outcomes.push(outcome);
    }
    return { operations: decisions, latencies, seconds: (performance.now() - begun) / 1_000 };
  },
  digest: ({ outcomes }) => digestOf(outcomes),
  dispose: () => undefined,
});

const SWAP_EVERY_MS = 25;

/** Decides at a steady rate while the policy changes under it; every decision must succeed by exactly one version. */
const whileSwapping = ({
  perSecond,
  seconds,
  warmUp,
}: EngineSize): Trial<{ desk: DecisionDesk; swap: () => void; versions: readonly CompiledPolicy[] }> => ({
  prepare: async () => {
    const versions = ['one', 'two', 'three'].map((note, index) => compiled({ ...shippedPolicy, note }, index + 1));
    let at = 0;
    const current = (): CompiledPolicy => versions[at % versions.length] ?? first();
    const desk = decisionDesk({ policies: shelfOf(versions, current), stopwatch });
    for (let index = 0; index < warmUp; index += 1) await desk(randomCase('warm', index), SOUND_CASE.evidence);
    return {
      desk,
      versions,
      swap: () => {
        at += 1;
      },
    };
  },
  work: async ({ desk, swap, versions }): Promise<Done> => {
    const count = Math.round(perSecond * seconds);
    const latencies = new Float64Array(count);
    const hashes = new Set(versions.map(({ hash }) => hash));
    const begun = performance.now();
    const swapping = setInterval(swap, SWAP_EVERY_MS);
    const made: Promise<void>[] = [];
    for (let index = 0; index < count; index += 1) {
      const due = begun + (index * 1_000) / perSecond;
      if (due > performance.now()) await pause(due - performance.now());
      const decided = async (): Promise<void> => {
        const { policy } = await desk(randomCase('swap', index), SOUND_CASE.evidence);
        latencies[index] = performance.now() - due;
        if (!hashes.has(policy.hash)) throw new Error(`decided by ${policy.hash}, which is no version`);
      };
      made.push(decided());
    }
    await Promise.all(made).finally(() => clearInterval(swapping));
    return { operations: count, latencies, seconds: (performance.now() - begun) / 1_000 };
  },
  digest: ({ versions }) => digestOf(versions.map(({ hash }) => hash)),
  dispose: () => undefined,
});

async function* each(records: readonly Recorded[]): AsyncGenerator<Recorded> {
  yield* records;
}

/** Makes decisions of the record again; a single difference is a fault. */
const replaying = ({ replayed }: EngineSize): Trial<{ records: readonly Recorded[]; shelf: PolicyShelf }> => ({
  prepare: async () => {
    const policy = first();
    const shelf = shelfOf([policy], () => policy);
    return { records: await recordedCases(decisionDesk({ policies: shelf, stopwatch }), 'replay', replayed), shelf };
  },
  work: async ({ records, shelf }) => {
    const report = await replayDecisions(each(records), shelf);
    if (report.differences > 0 || report.notRepeatable > 0) throw new Error(JSON.stringify(report));
    return { operations: report.decisions };
  },
  digest: ({ records }) => digestOf(records.map(({ decision }) => decision.outcome)),
  dispose: () => undefined,
});

const run = (size: EngineSize): Promise<readonly Figure[]> =>
  compare(
    [
      contestant({ name: 'risk engine, scorecard', unit: 'decisions/s', target: 200 }, inArm(size, 'champion')),
      contestant({ name: 'risk engine, boosted trees', unit: 'decisions/s', target: 200 }, inArm(size, 'challenger')),
      contestant(
        { name: `decisions at ${size.perSecond}/s, a swap every ${SWAP_EVERY_MS} ms`, unit: 'decisions/s' },
        whileSwapping(size),
      ),
      contestant({ name: `replay of ${size.replayed} decisions`, unit: 'decisions/s' }, replaying(size)),
    ],
    size.rounds,
  );

/** How fast the risk engine decides, what a swap of the policy costs, and whether its record comes out the same. */
export const engine: Benchmark = { name: 'engine', full: () => run(FULL), tiny: () => run(TINY) };
