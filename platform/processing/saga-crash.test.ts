import fc from 'fast-check';
import { once, openSagaWorld, repeating, type SagaWorld } from '../../tests/support/saga-world';
import { called, eventually, fateful, Life, turn } from '../../tests/support/tally-world';

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
