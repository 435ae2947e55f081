import { openSagaWorld, refused, repeating, say } from '../../tests/support/saga-world';
import { called, eventually, turn } from '../../tests/support/tally-world';
import { Sagas } from '.';

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
    const sagas = new Sagas(() => [runner(even), runner(odd)], log);
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
    const sagas = new Sagas(() => [runner(repeating({ name: 'a' })), runner(repeating({ name: 'b' }))], log);
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

  it('can be started again after a stop, and go on with what has come meanwhile; in between there are none', async () => {
    const { write, runner, log, said } = await openSagaWorld();
    const sagas = new Sagas(() => [runner(repeating())], log);
    await write('table-1', [called(1)]);
    expect(await sagas.lag()).toEqual([]);
    await sagas.start();
    await sagas.idle();
    await sagas.stop();
    await write('table-1', [called(2)]);
    expect(await sagas.lag()).toEqual([]);
    expect(await sagas.retryParked('repeating:nothing')).toEqual({ kind: 'unknown' });
    await sagas.start();
    await sagas.idle();
    await sagas.stop();
    expect(said()).toEqual(['table-1: 1', 'table-1: 2']);
  });
});

describe('while time stands still', () => {
  it('sagas rest when what is left waits for its next attempt, and say when that will be', async () => {
    const { write, runner, answers, log, clock, said } = await openSagaWorld();
    const waiting: (() => void)[] = [];
    const timers = {
      after: (milliseconds: number, run: () => void) => {
        if (milliseconds === 100) waiting.push(run);
        return { cancel: () => undefined };
      },
    };
    let fails = true;
    answers.dispatch = async ({ say: words }) => {
      await turn();
      if (fails && words.startsWith('table-1')) throw new Error('not yet');
      return { kind: 'accepted' };
    };
    const sagas = new Sagas(
      () => [runner(repeating(), { timers, limits: { outstanding: 2, backoff: { firstMs: 100, mostMs: 100 } } })],
      log,
    );
    await sagas.start();
    await write('table-2', [called(1)]);
    await write('table-1', [called(2), called(3), called(4)]);
    await sagas.rest();
    expect(said()).toEqual(['table-2: 1']);
    expect(await sagas.nextDue()).toBe(clock.now() + 100);
    fails = false;
    for (const run of waiting) run();
    await sagas.rest();
    expect(said()).toEqual(['table-2: 1', 'table-1: 2', 'table-1: 3', 'table-1: 4']);
    expect(await sagas.nextDue()).toBeUndefined();
    await sagas.idle();
    await sagas.stop();
  });
});

describe('a feed that several processes share', () => {
  it('is told when a page is settled on record, and what one process parked holds up the other', async () => {
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
