import fc from 'fast-check';
import type { Timer, Timers } from '../runtime';
import { KeyedLanes, pauseAfter } from './lanes';

interface Work {
  readonly key: string;
  readonly n: number;
}

/** Timers that go off when the test says so. */
const handTimers = () => {
  const pending = new Set<{ readonly milliseconds: number; readonly run: () => void }>();
  const timers: Timers = {
    after: (milliseconds, run): Timer => {
      const entry = { milliseconds, run };
      pending.add(entry);
      return { cancel: () => pending.delete(entry) };
    },
  };
  const fire = (): void => {
    for (const entry of [...pending]) if (pending.delete(entry)) entry.run();
  };
  return { timers, pending, fire };
};

const settled = (): Promise<void> => new Promise(setImmediate);

describe('keyed lanes', () => {
  const setUp = (
    handle: (work: Work) => Promise<void>,
    options: { concurrency?: number; wanted?: () => boolean } = {},
  ) => {
    const { timers, pending, fire } = handTimers();
    const done: Work[] = [];
    const attempts: number[] = [];
    const { concurrency = 4, wanted } = options;
    const lanes = new KeyedLanes<Work>({
      concurrency,
      backoff: { firstMs: 10, mostMs: 40 },
      timers,
      ...(wanted ? { wanted } : {}),
      handle,
      done: (work) => done.push(work),
      failed: (_, attempt) => attempts.push(attempt),
    });
    return { lanes, done, attempts, pending, fire };
  };

  test('pauses double up to their bound, and begin again after a success', async () => {
    let broken = 4;
    const { lanes, pending, fire, attempts, done } = setUp(async () => {
      broken -= 1;
      if (broken >= 0) throw new Error('broken');
    });
    lanes.push('a', { key: 'a', n: 0 });
    lanes.push('a', { key: 'a', n: 1 });
    const pauses: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await settled();
      pauses.push(...[...pending].map(({ milliseconds }) => milliseconds));
      fire();
    }
    await settled();
    expect(pauses).toEqual([10, 20, 40, 40]);
    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(done.map(({ n }) => n)).toEqual([0, 1]);
    expect(pauseAfter({ firstMs: 10, mostMs: 40 }, 1_000)).toBe(40);
  });

  test('what is no longer wanted is forgotten, and what waited behind it begins at once', async () => {
    let wanted = true;
    const { lanes, pending, done } = setUp(
      async ({ n }) => {
        if (n === 0) throw new Error('broken');
      },
      { wanted: () => wanted },
    );
    lanes.push('a', { key: 'a', n: 0 });
    await settled();
    expect(pending.size).toBe(1);
    wanted = false;
    lanes.prune();
    expect(pending.size).toBe(0);
    wanted = true;
    lanes.push('a', { key: 'a', n: 1 });
    await settled();
    expect(done.map(({ n }) => n)).toEqual([1]);
  });

  test('law: order per key, never two of a key at a time, never more in hand than allowed, everything once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 2 })), { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.scheduler(),
        async (plan, concurrency, scheduler) => {
          const inHand = new Set<string>();
          const left = new Map<Work, number>();
          const { lanes, done, fire } = setUp(
            async (work) => {
              expect(inHand.has(work.key)).toBe(false);
              inHand.add(work.key);
              expect(inHand.size).toBeLessThanOrEqual(concurrency);
              await scheduler.schedule(Promise.resolve());
              inHand.delete(work.key);
              const failures = left.get(work) ?? 0;
              left.set(work, failures - 1);
              if (failures > 0) throw new Error('broken');
            },
            { concurrency },
          );
          const all = plan.map(([key, failures], n) => {
            const work = { key, n };
            left.set(work, failures);
            lanes.push(key, work);
            return work;
          });
          for (let round = 0; round < 1_000 && done.length < all.length; round += 1) {
            await scheduler.waitAll();
            await settled();
            fire();
          }
          for (const key of ['a', 'b', 'c', 'd']) {
            expect(done.filter((work) => work.key === key)).toEqual(all.filter((work) => work.key === key));
          }
          await lanes.stop();
        },
      ),
      { numRuns: 60 },
    );
  });
});
