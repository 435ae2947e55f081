import fc from 'fast-check';
import { documentsOf, inOneGo, runnerOf } from '../../tests/support/projection-world';
import {
  called,
  closed,
  type Fate,
  fateful,
  Life,
  memoryStore,
  openTallyLog,
  type TallyLog,
  turn,
} from '../../tests/support/tally-world';
import type { ReadStore } from '../read-store';

describe('whatever the batches, failures and restarts', () => {
  const appended = fc.record({
    kind: fc.constant('append' as const),
    table: fc.integer({ min: 1, max: 4 }),
    events: fc.array(fc.oneof({ weight: 6, arbitrary: fc.nat(5).map((n) => called(n)) }, fc.constant(closed())), {
      minLength: 1,
      maxLength: 6,
    }),
  });
  const ran = fc.record({
    kind: fc.constant('run' as const),
    pageSize: fc.integer({ min: 1, max: 5 }),
    batchEvents: fc.integer({ min: 1, max: 8 }),
    batchDocuments: fc.integer({ min: 1, max: 4 }),
    putsAtOnce: fc.integer({ min: 1, max: 3 }),
    heldDocuments: fc.nat(3),
    fates: fc.array(fc.constantFrom<Fate>('succeeds', 'fails before', 'fails after', 'half done'), { maxLength: 6 }),
    /** The process dies with this commit, if it comes so far; otherwise it is stopped. */
    diesAt: fc.option(fc.nat(6), { nil: Number.POSITIVE_INFINITY }),
  });
  type Act = typeof appended | typeof ran extends fc.Arbitrary<infer T> ? T : never;

  const live = async (act: Extract<Act, { kind: 'run' }>, log: TallyLog, store: ReadStore): Promise<void> => {
    const { pageSize, fates, diesAt, kind: _, ...limits } = act;
    const life = new Life();
    const fate = (reader: string): Fate => {
      if (reader.startsWith('live')) return 'succeeds';
      const commit = life.uses('commit');
      if (commit > diesAt) life.kill();
      return fates[commit - 1] ?? 'succeeds';
    };
    const runner = runnerOf({ log, pageSize, store: fateful(store, life, fate), limits });
    await life.orDeath(runner.start().then(() => runner.idle()));
    await life.orDeath(runner.stop());
  };

  it('they equal one fold of the whole log, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(appended, ran), { maxLength: 14 }), async (acts) => {
        const { log, write } = await openTallyLog();
        const store = memoryStore();
        for (const act of acts) {
          if (act.kind === 'append') await write(`table-${act.table}`, act.events);
          else await live(act, log, store);
        }
        const last = runnerOf({ log, store });
        await last.start();
        await last.idle();
        expect(await documentsOf(last)).toEqual(await inOneGo(log));
        await last.stop();
      }),
      { numRuns: 200 },
    );
  });

  it('they converge when runners are started and stopped while writers append (swizzle)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ turns: fc.nat(12), batchEvents: fc.integer({ min: 1, max: 20 }) }), { maxLength: 8 }),
        async (lives) => {
          const { log, write } = await openTallyLog();
          const store = memoryStore();
          let writing = true;
          const writers = [1, 2, 3].map(async (table) => {
            for (let number = 0; number < 20; number += 1) {
              await write(`table-${table}`, [called(number)]);
              await turn();
            }
          });
          const done = Promise.all(writers).then(() => {
            writing = false;
          });
          for (const { turns, batchEvents } of lives) {
            const runner = runnerOf({ log, store, pageSize: 3, limits: { batchEvents } });
            await runner.start();
            for (let left = turns; left > 0; left -= 1) await turn();
            await runner.stop();
          }
          const last = runnerOf({ log, store });
          await last.start();
          await done;
          await last.idle();
          expect(writing).toBe(false);
          expect(await documentsOf(last)).toEqual(await inOneGo(log));
          await last.stop();
        },
      ),
      { numRuns: 25 },
    );
  });
});
