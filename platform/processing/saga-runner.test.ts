import fc from 'fast-check';
import { ask, once, openSagaWorld, repeating, type SagaWorld, say } from '../../tests/support/saga-world';
import { called, closed, eventually, fateful, Life } from '../../tests/support/tally-world';
import { type Parked, reactionId, Sagas, silentObserver } from '.';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const refused = { kind: 'refused', code: 'NO', detail: 'not now' } as const;
const reasons = (parked: readonly Parked[]) => parked.map(({ key, state, reason }) => `${key} ${state}: ${reason}`);

describe('a saga', () => {
  it('gives commands whose ids follow from the event, the saga and the name', async () => {
    const { write, runner, dispatched } = await openSagaWorld();
    const [event] = await write('table-1', [called(7), closed()]);
    await once(runner(repeating()));
    expect(dispatched).toEqual([
      {
        say: 'table-1: 7',
        commandId: reactionId(event?.id ?? '', 'repeating', 'repeat'),
        correlationId: event?.meta.correlationId,
        causationId: event?.id,
        actor: { kind: 'system', id: 'saga:repeating' },
      },
    ]);
  });

  it('goes on after a stop with what is new', async () => {
    const { write, runner, dispatched } = await openSagaWorld();
    await write('table-1', [called(1)]);
    await once(runner(repeating()));
    await write('table-1', [called(2)]);
    await once(runner(repeating()));
    expect(dispatched.map((it) => it.say)).toEqual(['table-1: 1', 'table-1: 2']);
  });

  it('handles events of one key in order, different keys at the same time, no more than allowed', async () => {
    const { write, runner, answers, said } = await openSagaWorld();
    let atOnce = 0;
    let most = 0;
    answers.dispatch = async ({ say: words }) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      // The earlier numbers of a table take longer than the later ones.
      for (let turns = 9 - Number(words.at(-1)); turns > 0; turns -= 1) await turn();
      atOnce -= 1;
      return { kind: 'accepted' };
    };
    for (const number of [1, 2, 3]) {
      for (const table of [1, 2, 3, 4, 5]) await write(`table-${table}`, [called(number)]);
    }
    await once(runner(repeating(), { limits: { inFlight: 3 } }));
    expect(most).toBe(3);
    for (const table of [1, 2, 3, 4, 5]) {
      const ofTable = said().filter((words) => words.startsWith(`table-${table}`));
      expect(ofTable).toEqual([1, 2, 3].map((number) => `table-${table}: ${number}`));
    }
  });

  it('takes no more from the feed than it can hold', async () => {
    const { write, runner, dispatched, said } = await openSagaWorld();
    await write(
      'table-1',
      Array.from({ length: 30 }, (_, number) => called(number)),
    );
    const running = runner(repeating(), { limits: { outstanding: 2 } });
    await running.start();
    await eventually(async () => {
      expect((await running.lag()).outstanding).toBeLessThanOrEqual(2);
      return dispatched.length === 30;
    });
    await running.idle();
    await running.stop();
    expect(said()).toHaveLength(30);
  });
});

describe('an effect', () => {
  const asking = repeating({ react: () => [ask('bureau', 'score?')] });

  it('is done under an id of its own, and its outcome comes back as reactions', async () => {
    const { write, runner, answers, asked, heard } = await openSagaWorld();
    answers.effect = async () => [say('record', 'good')];
    const [event] = await write('table-1', [called(1)]);
    await once(runner(asking));
    const effectId = reactionId(event?.id ?? '', 'repeating', 'bureau');
    expect(asked).toMatchObject([{ ask: 'score?', context: { effectId, attempt: 1, causationId: event?.id } }]);
    expect(asked[0]?.context.meta).toEqual(event?.meta);
    expect(heard).toMatchObject([
      { say: 'good', commandId: reactionId(event?.id ?? '', 'repeating', 'bureau/record') },
    ]);
  });

  it('is tried again after an error, under the same id', async () => {
    const { write, runner, answers, asked, said } = await openSagaWorld();
    answers.effect = async (_, { attempt }) => {
      if (attempt < 3) throw new Error('timed out');
      return [say('record', 'good')];
    };
    await write('table-1', [called(1)]);
    await once(runner(asking));
    expect(asked.map(({ context }) => context.attempt)).toEqual([1, 2, 3]);
    expect(new Set(asked.map(({ context }) => context.effectId)).size).toBe(1);
    expect(said()).toEqual(['good']);
  });

  it('is not repeated when only what came after it failed', async () => {
    const { write, runner, answers, asked, said } = await openSagaWorld();
    let attempts = 0;
    answers.effect = async () => [say('record', 'good')];
    answers.dispatch = async () => {
      attempts += 1;
      if (attempts < 3) throw new Error('the log is away');
      return { kind: 'accepted' };
    };
    await write('table-1', [called(1)]);
    await once(runner(asking));
    expect(asked).toHaveLength(1);
    expect(said()).toEqual(['good']);
  });

  it('is done again under the same id when the process died before that was on record', async () => {
    const { write, runner, answers, asked, heard, store } = await openSagaWorld();
    const life = new Life();
    answers.effect = async () => {
      life.kill();
      return [say('record', 'good')];
    };
    await write('table-1', [called(1)]);
    const first = runner(asking, { store: fateful(store, life) });
    await first.start();
    await eventually(() => heard.length === 1);
    answers.effect = async () => [say('record', 'good')];
    await once(runner(asking));
    expect(asked).toHaveLength(2);
    expect(new Set(asked.map(({ context }) => context.effectId)).size).toBe(1);
    expect(heard).toHaveLength(1);
  });

  it('that leads to itself without end is parked', async () => {
    const { write, runner, answers } = await openSagaWorld();
    answers.effect = async () => [ask('again', 'score?')];
    await write('table-1', [called(1)]);
    const running = runner(asking);
    await running.start();
    await running.idle();
    expect((await running.listParked())[0]?.reason).toMatch('does not come to an end');
    await running.stop();
  });
});

describe('a refusal', () => {
  it('is answered with what the saga wants done then', async () => {
    const { write, runner, answers, said, heard } = await openSagaWorld();
    answers.dispatch = async ({ say: words }) => (words === 'sorry' ? { kind: 'accepted' } : refused);
    const saga = repeating({ react: () => [say('repeat', 'what?', () => [say('apologise', 'sorry')])] });
    const [event] = await write('table-1', [called(1)]);
    await once(runner(saga));
    expect(said()).toEqual(['sorry']);
    expect(heard[0]?.commandId).toBe(reactionId(event?.id ?? '', 'repeating', 'repeat/apologise'));
  });

  it('parks the event at once where the saga has no answer, and others go on', async () => {
    const { write, runner, answers, dispatched, said } = await openSagaWorld();
    answers.dispatch = async ({ say: words }) => (words === 'table-1: 1' ? refused : { kind: 'accepted' });
    await write('table-1', [called(1), called(2)]);
    await write('table-2', [called(3)]);
    const running = runner(repeating());
    await running.start();
    await running.idle();
    expect(reasons(await running.listParked())).toEqual([
      'table-1 parked: repeat was refused: NO (not now)',
      'table-1 waiting: waits its turn',
    ]);
    expect(await running.lag()).toMatchObject({ outstanding: 0, parkedKeys: 1, behindMs: 0 });
    expect(said()).toEqual(['table-2: 3']);
    expect(dispatched).toHaveLength(2);
    await running.stop();
  });
});

describe('what fails again and again', () => {
  const troubled = async () => {
    const world = await openSagaWorld();
    const bad = new Set([1]);
    world.answers.dispatch = async ({ say: words }) => {
      if (bad.has(Number(words.split(' ')[1]))) throw new Error('no');
      return { kind: 'accepted' };
    };
    await world.write('table-1', [called(1), called(2), called(3)]);
    const told: string[] = [];
    const observer = {
      ...silentObserver,
      parked: ({ key, reason }: { key: string; reason: string }) => told.push(`parked ${key}: ${reason}`),
      retried: ({ attempt }: { attempt: number }) => told.push(`attempt ${attempt} failed`),
      handled: ({ attempts }: { attempts: number }) => told.push(`handled after ${attempts}`),
    };
    const running = world.runner(repeating(), { observer });
    await running.start();
    await running.idle();
    return { ...world, bad, told, running };
  };

  it('is parked after a bounded number of attempts, with all that follows for its key', async () => {
    const { running, told, write, said } = await troubled();
    await write('table-1', [called(4)]);
    await write('table-2', [called(5)]);
    await running.idle();
    expect(told).toEqual(['attempt 1 failed', 'attempt 2 failed', 'parked table-1: Error: no', 'handled after 1']);
    const parked = await running.listParked();
    expect(parked.map(({ state }) => state)).toEqual(['parked', 'waiting', 'waiting', 'waiting']);
    expect(parked[0]).toMatchObject({ saga: 'repeating', attempts: 3, cause: { kind: 'event', type: 'Called' } });
    expect(said()).toEqual(['table-2: 5']);
    await running.stop();
  });

  it('stays parked over a restart, and what comes then waits too', async () => {
    const { running, runner, write, said } = await troubled();
    await running.stop();
    await write('table-1', [called(4)]);
    const again = runner(repeating());
    await again.start();
    await again.idle();
    expect(await again.listParked()).toHaveLength(4);
    expect(said()).toEqual([]);
    await again.stop();
  });

  it('is retried in order by an operator, with all that waited, until one fails', async () => {
    const { running, bad, said, write } = await troubled();
    const [first] = await running.listParked();
    const id = first?.id ?? '';
    expect(await running.retryParked(id)).toMatchObject({ kind: 'parked', parked: { id, attempts: 6 } });
    bad.delete(1);
    bad.add(3);
    expect(await running.retryParked(id)).toMatchObject({ kind: 'parked', parked: { state: 'parked', attempts: 3 } });
    expect(said()).toEqual(['table-1: 1', 'table-1: 2']);
    expect(reasons(await running.listParked())).toEqual(['table-1 parked: Error: no']);
    bad.clear();
    const [third] = await running.listParked();
    expect(await running.retryParked(third?.id ?? '')).toEqual({ kind: 'handled', count: 1 });
    await write('table-1', [called(4)]);
    await running.idle();
    expect(said()).toEqual([1, 2, 3, 4].map((number) => `table-1: ${number}`));
    expect(await running.listParked()).toEqual([]);
    expect(await running.retryParked(id)).toEqual({ kind: 'unknown' });
    await running.stop();
  });

  it('keeps its order while events of its key keep coming during the retry', async () => {
    const { running, bad, said, write } = await troubled();
    bad.clear();
    const [first] = await running.listParked();
    const retrying = running.retryParked(first?.id ?? '');
    for (let number = 4; number < 9; number += 1) {
      await write('table-1', [called(number)]);
      await turn();
    }
    await retrying;
    await running.idle();
    expect(said()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((number) => `table-1: ${number}`));
    expect(await running.listParked()).toEqual([]);
    await running.stop();
  });

  it('is skipped by an operator for good, and the rest goes on', async () => {
    const { running, runner, said } = await troubled();
    const [first] = await running.listParked();
    expect(await running.skipParked(first?.id ?? '', 'op-7')).toEqual({ kind: 'handled', count: 2 });
    expect(said()).toEqual(['table-1: 2', 'table-1: 3']);
    expect(await running.listParked()).toEqual([]);
    expect(await running.skipParked(first?.id ?? '', 'op-7')).toEqual({ kind: 'unknown' });
    await running.stop();
    await once(runner(repeating()));
    expect(said()).toHaveLength(2);
  });

  it('can also lose one from the middle: what waits may be skipped, and its key stays held up', async () => {
    const { running, bad, said } = await troubled();
    const [first, second] = await running.listParked();
    expect(await running.skipParked(second?.id ?? '', 'op-7')).toMatchObject({ parked: { id: first?.id } });
    bad.clear();
    expect(await running.retryParked(first?.id ?? '')).toEqual({ kind: 'handled', count: 2 });
    expect(said()).toEqual(['table-1: 1', 'table-1: 3']);
    await running.stop();
  });

  it('may be an event whose key cannot be told: it goes with its stream', async () => {
    const { write, runner } = await openSagaWorld();
    await write('table-1', [called(1)]);
    const key = () => {
      throw new TypeError('no key');
    };
    const running = runner(repeating({ key }));
    await running.start();
    await running.idle();
    expect(reasons(await running.listParked())).toEqual(['table-1 parked: TypeError: no key']);
    await running.stop();
  });

  it('may be reactions of which two bear one name', async () => {
    const { write, runner, dispatched } = await openSagaWorld();
    await write('table-1', [called(1)]);
    const running = runner(repeating({ react: () => [say('a', 'one'), say('a', 'two')] }));
    await running.start();
    await running.idle();
    expect((await running.listParked())[0]?.reason).toMatch('two reactions of one name');
    expect(dispatched).toEqual([]);
    await running.stop();
  });
});

describe('whatever fails and whenever it dies', () => {
  const process = fc.record({
    /** It dies with this dispatch, or with this write of its record; otherwise it is stopped. */
    diesAtDispatch: fc.option(fc.nat(8), { nil: Number.POSITIVE_INFINITY }),
    diesAtCommit: fc.option(fc.nat(3), { nil: Number.POSITIVE_INFINITY }),
    inFlight: fc.integer({ min: 1, max: 4 }),
    commitEvery: fc.integer({ min: 1, max: 4 }),
    outstanding: fc.integer({ min: 1, max: 6 }),
    failing: fc.array(fc.nat(15), { maxLength: 3 }),
  });
  type Process = typeof process extends fc.Arbitrary<infer T> ? T : never;

  const live = async (world: SagaWorld, { diesAtDispatch, diesAtCommit, failing, ...limits }: Process) => {
    const life = new Life();
    world.answers.dispatch = life.within(async ({ say: words }) => {
      if (life.uses('dispatch') > diesAtDispatch) life.kill();
      if (failing.includes(Number(words.split(' ')[1]))) throw new Error('no');
      await turn();
      return { kind: 'accepted' as const };
    });
    const store = fateful(world.store, life, () => {
      if (life.uses('commit') > diesAtCommit) life.kill();
      return 'succeeds';
    });
    const running = world.runner(repeating(), { store, limits: { attempts: 2, ...limits } });
    await life.orDeath(running.start().then(() => running.idle()));
    await life.orDeath(running.stop());
  };

  it('every command is given, in order per key, under one id each, and nothing is forgotten', async () => {
    const events = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(events, fc.array(process, { maxLength: 5 }), async (tables, processes) => {
        const world = await openSagaWorld();
        for (const [number, table] of tables.entries()) await world.write(`table-${table}`, [called(number)]);
        for (const one of processes) await live(world, one);
        world.answers.dispatch = async () => ({ kind: 'accepted' });
        const last = world.runner(repeating());
        await last.start();
        await last.idle();
        const parked = await last.listParked();
        for (const { id } of parked.filter(({ state }) => state === 'parked')) await last.retryParked(id);
        expect(await last.listParked()).toEqual([]);
        await last.stop();
        expect(new Set(world.heard.map(({ commandId }) => commandId)).size).toBe(tables.length);
        for (const table of new Set(tables)) {
          const expected = [...tables.entries()].filter(([, of]) => of === table).map(([n]) => `table-${table}: ${n}`);
          expect(world.said().filter((words) => words.startsWith(`table-${table}:`))).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('its checkpoint waits for the slowest, and what is done again bears the same ids', async () => {
    const { write, runner, answers, dispatched, heard, store, log } = await openSagaWorld();
    const life = new Life();
    const written: string[] = [];
    const mortal = fateful(store, life);
    const watched = {
      ...mortal,
      commit: (batch: Parameters<typeof store.commit>[0]) => {
        written.push(batch.checkpoint);
        return mortal.commit(batch);
      },
    };
    answers.dispatch = async ({ say: words }) =>
      words.startsWith('table-1') ? new Promise(() => undefined) : { kind: 'accepted' };
    await write('table-2', [called(1)]);
    await write('table-1', [called(2)]);
    await write('table-2', [called(3)]);
    const first = runner(repeating(), { store: watched, limits: { commitEvery: 1 } });
    await first.start();
    await eventually(() => heard.length === 2 && written.length > 0);
    life.kill();
    const slow = await log.readAll()[Symbol.asyncIterator]().next();
    const [one, two] = slow.value?.events ?? [];
    expect(written.at(-1)).toBe(one?.position);
    expect(written.at(-1) ?? '').not.toBe(two?.position);
    answers.dispatch = async () => ({ kind: 'accepted' });
    await once(runner(repeating()));
    expect(dispatched).toHaveLength(5);
    expect(heard.map((it) => it.say).sort()).toEqual(['table-1: 2', 'table-2: 1', 'table-2: 3']);
  });

  it('stopping finishes what is in hand and leaves the rest for the next start', async () => {
    const { write, runner, answers, dispatched, said } = await openSagaWorld();
    await write('table-1', [called(1), called(2)]);
    let release = (): void => undefined;
    answers.dispatch = () =>
      new Promise((resolve) => {
        release = () => resolve({ kind: 'accepted' });
      });
    const first = runner(repeating());
    await first.start();
    await eventually(() => dispatched.length === 1);
    const stopping = first.stop();
    release();
    await stopping;
    expect(said()).toEqual(['table-1: 1']);
    answers.dispatch = async () => ({ kind: 'accepted' });
    await once(runner(repeating()));
    expect(dispatched.map((it) => it.say)).toEqual(['table-1: 1', 'table-1: 2']);
  });

  it('a store that is away for a while loses nothing', async () => {
    const { write, runner, store, said } = await openSagaWorld();
    let failures = 4;
    const shaky = fateful(store, new Life(), () => (failures-- > 0 ? 'fails before' : 'succeeds'));
    await write('table-1', [called(1)]);
    await once(runner(repeating(), { store: shaky }));
    await once(runner(repeating()));
    expect(said()).toEqual(['table-1: 1']);
  });
});

describe('several sagas', () => {
  it('are idle when none has anything left to do, not even what another one has led to', async () => {
    const world = await openSagaWorld();
    const { write, runner, answers, heard, log } = world;
    // Each number that is said is called again, one less, on the next table.
    answers.dispatch = async ({ say: words, commandId }) => {
      await turn();
      const [table = '', number = ''] = words.split(': ');
      const there = heard.some((it) => it.commandId === commandId);
      if (!there && Number(number) > 0) await write(table, [called(Number(number) - 1)]);
      return { kind: 'accepted' };
    };
    const even = repeating({
      name: 'even',
      react: ({ stream, data }) =>
        'number' in data && data.number % 2 === 0 ? [say('repeat', `${stream}: ${data.number}`)] : [],
    });
    const odd = repeating({
      name: 'odd',
      react: ({ stream, data }) =>
        'number' in data && data.number % 2 === 1 ? [say('repeat', `${stream}: ${data.number}`)] : [],
    });
    const sagas = new Sagas([runner(even), runner(odd)], log);
    await sagas.start();
    await write('table-1', [called(9)]);
    await sagas.idle();
    expect(heard.map((it) => it.say)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => `table-1: ${n}`));
    expect(await sagas.lag()).toMatchObject([
      { saga: 'even', outstanding: 0 },
      { saga: 'odd', outstanding: 0 },
    ]);
    await sagas.stop();
  });

  it('are asked for what is parked as one', async () => {
    const { write, runner, answers, log } = await openSagaWorld();
    answers.dispatch = async () => refused;
    await write('table-1', [called(1)]);
    const sagas = new Sagas([runner(repeating({ name: 'a' })), runner(repeating({ name: 'b' }))], log);
    await sagas.start();
    await sagas.idle();
    const parked = await sagas.listParked();
    expect(parked.map(({ saga }) => saga)).toEqual(['a', 'b']);
    answers.dispatch = async () => ({ kind: 'accepted' });
    expect(await sagas.retryParked(parked[0]?.id ?? '')).toEqual({ kind: 'handled', count: 1 });
    expect(await sagas.skipParked(parked[1]?.id ?? '', 'op-7')).toEqual({ kind: 'handled', count: 0 });
    expect(await sagas.retryParked('c:nothing')).toEqual({ kind: 'unknown' });
    expect(await sagas.listParked()).toEqual([]);
    await sagas.stop();
  });
});

describe('a feed that several processes share', () => {
  it('is told that a page is settled when that is on record, and what one process parked holds up the other', async () => {
    const { write, log, store, runner, answers, said } = await openSagaWorld();
    const events = await write('table-1', [called(1), called(2)], [called(3)]);
    answers.dispatch = async ({ say: words }) => (words === 'table-1: 1' ? refused : { kind: 'accepted' });
    const settled: string[] = [];
    const sharedFeed = (...given: readonly number[]) => ({
      shared: true,
      head: () => log.head(),
      subscribe: async function* () {
        for await (const { events: all } of log.readAll()) {
          for (const event of all.filter(({ revision }) => given.includes(Number(revision)))) {
            const told = () => settled.push(`${event.revision}`);
            yield { events: [event], through: event.position, caughtUp: true, settled: told };
          }
        }
      },
    });
    const one = runner(repeating(), { feed: sharedFeed(0) });
    const two = runner(repeating(), { feed: sharedFeed(1, 2) });
    await one.start();
    await eventually(() => settled.length === 1);
    await two.start();
    await eventually(() => settled.length === 3);
    expect(said()).toEqual([]);
    expect(await store.checkpoint('repeating')).toBe(await log.head());
    answers.dispatch = async () => ({ kind: 'accepted' });
    const [first] = await two.listParked();
    expect(await two.retryParked(first?.id ?? '')).toEqual({ kind: 'handled', count: events.length });
    expect(said()).toEqual(['table-1: 1', 'table-1: 2', 'table-1: 3']);
    await one.stop();
    await two.stop();
  });
});
