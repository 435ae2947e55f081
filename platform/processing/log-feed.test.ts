import fc from 'fast-check';
import { called, eventually, openTallyLog, promptTimers, type TallyLog, turn } from '../../tests/support/tally-world';
import { LogFeed, silentObserver } from '.';

const idsOf = async (log: TallyLog, after = ''): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const { events } of log.readAll({ after })) ids.push(...events.map(({ id }) => id));
  return ids;
};

/** A log whose subscriptions break off after so many pages, again and again. */
const breaking = (log: TallyLog, afterPages: readonly number[]): TallyLog => {
  let subscriptions = 0;
  return {
    ...log,
    subscribe: async function* (options) {
      let left = afterPages[subscriptions] ?? Number.POSITIVE_INFINITY;
      subscriptions += 1;
      for await (const page of log.subscribe(options)) {
        if (left === 0) throw new Error('the connection broke');
        left -= 1;
        yield page;
      }
    },
  };
};

describe('a feed of the log', () => {
  it('gives every reader every event once and in order, wherever and whenever it begins', async () => {
    const reader = fc.record({
      /** After which of the events that are there at the start. */
      after: fc.nat(20),
      /** How much slower it is than others, and when it begins. */
      turnsAPage: fc.nat(4),
      beginsAt: fc.nat(10),
      alone: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(reader, { minLength: 1, maxLength: 5 }),
        fc.record({ pageSize: fc.integer({ min: 1, max: 6 }), windowEvents: fc.integer({ min: 1, max: 12 }) }),
        fc.array(fc.nat(5), { maxLength: 4 }),
        async (readers, sizes, breaks) => {
          const { log, write } = await openTallyLog();
          const there = await write('table-0', ...Array.from({ length: 20 }, (_, number) => [called(number)]));
          const feed = new LogFeed(breaking(log, breaks), { timers: promptTimers, ...sizes });
          const stop = new AbortController();
          const follow = async ({ after, turnsAPage, beginsAt, alone }: (typeof readers)[number]) => {
            for (let turns = 0; turns < beginsAt; turns += 1) await turn();
            const from = there[after - 1]?.position ?? '';
            const seen: string[] = [];
            let level = false;
            const options = { after: from, signal: stop.signal, ...(alone ? { categories: ['table'] } : {}) };
            const done = (async () => {
              for await (const page of feed.subscribe(options)) {
                seen.push(...page.events.map(({ id }) => id));
                level = page.caughtUp;
                for (let turns = 0; turns < turnsAPage; turns += 1) await turn();
              }
            })();
            return { from, seen, isLevel: () => level, done };
          };
          const following = Promise.all(readers.map(follow));
          await Promise.all(
            [1, 2, 3].map(async (table) => {
              for (let number = 0; number < 10; number += 1) {
                await write(`table-${table}`, [called(number)]);
                await turn();
              }
            }),
          );
          for (const { from, seen, isLevel } of await following) {
            const expected = await idsOf(log, from);
            await eventually(() => seen.length >= expected.length && isLevel());
            expect(seen).toEqual(expected);
          }
          stop.abort();
          await Promise.all((await following).map(({ done }) => done));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('reads the log once for readers of which one falls behind, as far as the window reaches', async () => {
    const { log, write } = await openTallyLog();
    await write('table-0', ...Array.from({ length: 20 }, (_, number) => [called(number)]));
    let read = 0;
    const counted: TallyLog = {
      ...log,
      subscribe: async function* (options) {
        for await (const page of log.subscribe(options)) {
          read += page.events.length;
          yield page;
        }
      },
    };
    const feed = new LogFeed(counted, { timers: promptTimers, pageSize: 1, windowEvents: 20 });
    const stop = new AbortController();
    const from = { after: '', signal: stop.signal };
    const readOn = async (pages: ReturnType<typeof feed.subscribe>, most: number): Promise<number> => {
      for (let count = 0; count < most; count += 1) {
        if ((await pages.next()).value?.caughtUp) return count + 1;
      }
      return most;
    };
    const [slow, quick] = [feed.subscribe(from), feed.subscribe(from)];
    expect(await Promise.all([readOn(slow, 2), readOn(quick, 2)])).toEqual([2, 2]);
    expect(await readOn(quick, 100)).toBe(18);
    expect(await readOn(slow, 100)).toBe(18);
    expect(read).toBe(20);
    stop.abort();
  });

  it('tells a reader that begins at the end that it is there', async () => {
    const { log, write } = await openTallyLog();
    await write('table-1', [called(1)]);
    const feed = new LogFeed(log, { timers: promptTimers });
    const stop = new AbortController();
    for (let round = 0; round < 2; round += 1) {
      const pages = feed.subscribe({ after: await log.head(), signal: stop.signal });
      expect(await pages.next()).toEqual({
        done: false,
        value: { events: [], through: await log.head(), caughtUp: true },
      });
    }
    stop.abort();
  });

  it('ends without an error when its reader is told to stop, in the middle of waiting too', async () => {
    const { log } = await openTallyLog();
    const feed = new LogFeed(log, { timers: promptTimers });
    const stop = new AbortController();
    const pages = feed.subscribe({ after: '', signal: stop.signal });
    await pages.next();
    const waiting = pages.next();
    stop.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('reports that the log cannot be read, and tries again', async () => {
    const { log, write } = await openTallyLog();
    await write('table-1', [called(1)]);
    const failures: string[] = [];
    const observer = { ...silentObserver, failed: ({ error }: { error: unknown }) => failures.push(String(error)) };
    const feed = new LogFeed(breaking(log, [0, 0]), { timers: promptTimers, observer });
    const stop = new AbortController();
    const page = await feed.subscribe({ after: '', signal: stop.signal }).next();
    expect(page.value?.events).toHaveLength(1);
    expect(failures).toEqual(['Error: the connection broke', 'Error: the connection broke']);
    stop.abort();
  });
});
