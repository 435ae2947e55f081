import fc from 'fast-check';
import {
  ask,
  once,
  openSagaWorld,
  repeating,
  type SagaWorld,
  say,
  type TallyRunner,
} from '../../tests/support/saga-world';
import { called, eventually, fateful, Life } from '../../tests/support/tally-world';
import { systemTimers } from '../runtime';
import { reactionId } from '.';

const SECOND = 1_000;

/**
 * A called number sets the table's alarm to so many seconds from the beginning; zero cancels it. When it goes off, the
 * saga says so.
 */
const alarmed =
  (changed: Parameters<typeof repeating>[0] = {}) =>
  (begin: number) =>
    repeating({
      name: 'alarmed',
      react: ({ data }) => {
        const number = 'number' in data ? data.number : 0;
        if (number === 0) return [{ kind: 'cancel-deadline', name: 'alarm' }];
        const at = new Date(begin + number * SECOND).toISOString();
        return [{ kind: 'deadline', name: 'alarm', at, data: { number } }];
      },
      onDeadline: ({ key, data }) => [say('ring', `${key} rings ${data['number']}`)],
      ...changed,
    });

const started = async (world: SagaWorld, saga = alarmed()(world.clock.now()), options = {}): Promise<TallyRunner> => {
  const running = world.runner(saga, options);
  await running.start();
  await running.idle();
  return running;
};

describe('a deadline', () => {
  it('goes off once it is due, with what it was given, under an id of its own', async () => {
    const world = await openSagaWorld();
    const [event] = await world.write('table-1', [called(60)]);
    const running = await started(world);
    expect(await running.nextDue()).toBe(world.clock.now() + 60 * SECOND);
    expect(await running.fireDue(world.clock.now() + 59 * SECOND)).toBe(0);
    expect(await running.fireDue(world.clock.now() + 60 * SECOND)).toBe(1);
    expect(await running.fireDue(world.clock.now() + 99 * SECOND)).toBe(0);
    expect(await running.nextDue()).toBeUndefined();
    const deadlineId = reactionId(event?.id ?? '', 'alarmed', 'alarm');
    expect(world.dispatched).toEqual([
      {
        say: 'table-1 rings 60',
        commandId: reactionId(deadlineId, 'alarmed', 'ring'),
        correlationId: event?.meta.correlationId,
        causationId: deadlineId,
        actor: { kind: 'system', id: 'saga:alarmed' },
      },
    ]);
    await running.stop();
  });

  it('survives restarts', async () => {
    const world = await openSagaWorld();
    await world.write('table-1', [called(60)]);
    await once(world.runner(alarmed()(world.clock.now())));
    await once(world.runner(alarmed()(world.clock.now())));
    const running = await started(world);
    await running.fireDue(world.clock.advance(61 * SECOND));
    expect(world.said()).toEqual(['table-1 rings 60']);
    await running.stop();
  });

  it('goes off in order of due time, as many as are asked for, and so do those that fall due by what it leads to', async () => {
    const world = await openSagaWorld();
    const begin = world.clock.now();
    for (const [table, seconds] of [30, 10, 20].entries()) await world.write(`table-${table}`, [called(seconds)]);
    const snoozing = alarmed({
      onDeadline: ({ key, data, at }) => [
        say('ring', `${key} rings ${data['number']}`),
        ...(data['number'] === 10
          ? [
              {
                kind: 'deadline',
                name: 'alarm',
                at: new Date(Date.parse(at) + 5 * SECOND).toISOString(),
                data: { number: 15 },
              } as const,
            ]
          : []),
      ],
    });
    const running = await started(world, snoozing(begin));
    expect(await running.fireDue(begin + 25 * SECOND, 1)).toBe(1);
    expect(await running.fireDue(begin + 25 * SECOND)).toBe(2);
    expect(world.said()).toEqual(['table-1 rings 10', 'table-1 rings 15', 'table-2 rings 20']);
    expect(await running.fireDue(begin + 30 * SECOND)).toBe(1);
    await running.stop();
  });

  it('does not go off once it is cancelled, and only at the later time once it is set again', async () => {
    const world = await openSagaWorld();
    const begin = world.clock.now();
    await world.write('table-1', [called(10), called(0)]);
    await world.write('table-2', [called(10)]);
    const running = await started(world);
    await world.write('table-2', [called(20)]);
    await running.idle();
    expect(await running.fireDue(begin + 15 * SECOND)).toBe(0);
    expect(await running.fireDue(begin + 20 * SECOND)).toBe(1);
    expect(world.said()).toEqual(['table-2 rings 20']);
    await running.stop();
  });

  it('is not set again by events that are handled again after a crash', async () => {
    const world = await openSagaWorld();
    const begin = world.clock.now();
    // The first event never comes to an end, so the checkpoint stays before all of them.
    const life = new Life();
    await world.write('stuck-1', [called(1)]);
    await world.write('table-1', [called(10)]);
    await world.write('table-2', [called(10), called(0)]);
    const stuck = alarmed({
      react: (event, view) =>
        event.stream === 'stuck-1' ? new Promise(() => undefined) : alarmed()(begin).react(event, view),
    });
    const first = world.runner(stuck(begin), { store: fateful(world.store, life) });
    await first.start();
    await eventually(async () => (await first.lag()).outstanding === 1);
    await first.fireDue(begin + 10 * SECOND);
    expect(await first.nextDue()).toBeUndefined();
    life.kill();
    const second = await started(world);
    await second.fireDue(begin + 10 * SECOND);
    expect(world.dispatched.map((it) => it.say)).toEqual(['table-1 rings 10', 'stuck-1 rings 1']);
    await second.stop();
  });

  it('that another one has set is not cancelled by events that had been handled before', async () => {
    const world = await openSagaWorld();
    const begin = world.clock.now();
    const in_ = (seconds: number) => ({ at: new Date(begin + seconds * SECOND).toISOString(), data: {} });
    // A 1 sets the alarm, a 2 cancels the echo that an alarm sets. Again the first event holds the checkpoint back.
    const echoing = (stuck: boolean) =>
      repeating({
        react: ({ stream, data }) => {
          if (stream === 'stuck-1') return stuck ? new Promise(() => undefined) : [];
          if ('number' in data && data.number === 1) return [{ kind: 'deadline', name: 'alarm', ...in_(10) }];
          return [{ kind: 'cancel-deadline', name: 'echo' }];
        },
        onDeadline: ({ name }) =>
          name === 'alarm' ? [{ kind: 'deadline', name: 'echo', ...in_(20) }] : [say('ring', 'echo')],
      });
    const life = new Life();
    await world.write('stuck-1', [called(0)]);
    await world.write('table-1', [called(1), called(2)]);
    const first = world.runner(echoing(true), { store: fateful(world.store, life) });
    await first.start();
    await eventually(async () => (await first.lag()).outstanding === 1);
    await first.fireDue(begin + 10 * SECOND);
    expect(await first.nextDue()).toBe(begin + 20 * SECOND);
    life.kill();
    const second = await started(world, echoing(false));
    await second.fireDue(begin + 20 * SECOND);
    expect(world.said()).toEqual(['echo']);
    await second.stop();
  });

  it('does not go off any more when an event of its key that is in hand cancels it', async () => {
    const world = await openSagaWorld();
    const begin = world.clock.now();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = alarmed({
      react: async (event, view) => {
        if ('number' in event.data && event.data.number === 0) await gate;
        return alarmed()(begin).react(event, view);
      },
    });
    await world.write('table-1', [called(10)]);
    const running = await started(world, slow(begin));
    await world.write('table-1', [called(0)]);
    await eventually(async () => (await running.lag()).outstanding === 1);
    const firing = running.fireDue(begin + 10 * SECOND);
    await eventually(async () => (await running.lag()).outstanding === 2);
    release();
    await firing;
    expect(world.dispatched).toEqual([]);
    await running.stop();
  });

  it('is tried again when it fails, then parked with what follows for its key, and can be retried', async () => {
    const world = await openSagaWorld();
    const begin = world.clock.now();
    await world.write('table-1', [called(10)]);
    await world.write('table-2', [called(10)]);
    world.answers.dispatch = async ({ say: words }) => {
      if (words.startsWith('table-1')) throw new Error('no');
      return { kind: 'accepted' };
    };
    const running = await started(world);
    expect(await running.fireDue(begin + 10 * SECOND)).toBe(2);
    expect(world.said()).toEqual(['table-2 rings 10']);
    await world.write('table-1', [called(20)]);
    await running.idle();
    const parked = await running.listParked();
    expect(parked).toMatchObject([
      { key: 'table-1', state: 'parked', attempts: 3, cause: { kind: 'deadline', deadline: { name: 'alarm' } } },
      { key: 'table-1', state: 'waiting', cause: { kind: 'event' } },
    ]);
    world.answers.dispatch = async () => ({ kind: 'accepted' });
    expect(await running.retryParked(parked[0]?.id ?? '')).toEqual({ kind: 'handled', count: 2 });
    await running.fireDue(begin + 20 * SECOND);
    expect(world.said()).toEqual(['table-2 rings 10', 'table-1 rings 10', 'table-1 rings 20']);
    await running.stop();
  });

  it('waits behind what is parked of its key', async () => {
    const world = await openSagaWorld();
    const begin = world.clock.now();
    const fussy = (mended: boolean) =>
      alarmed({
        react: (event, view) => {
          if (!mended && 'number' in event.data && event.data.number === 13) throw new Error('unlucky');
          return alarmed()(begin).react(event, view);
        },
      })(begin);
    await world.write('table-1', [called(10), called(13)]);
    const running = await started(world, fussy(false));
    expect(await running.fireDue(begin + 10 * SECOND)).toBe(1);
    expect(world.said()).toEqual([]);
    await running.stop();
    const again = await started(world, fussy(true));
    const parked = await again.listParked();
    expect(parked.map(({ state, cause }) => `${state} ${cause.kind}`)).toEqual(['parked event', 'waiting deadline']);
    expect(await again.retryParked(parked[0]?.id ?? '')).toEqual({ kind: 'handled', count: 2 });
    expect(world.said()).toEqual(['table-1 rings 10']);
    await again.stop();
  });

  it('that nobody knows what to do about is parked, and so is one at no instant', async () => {
    const world = await openSagaWorld();
    const { onDeadline: _, ...speechless } = alarmed()(world.clock.now());
    const timeless = repeating({ react: () => [{ kind: 'deadline', name: 'alarm', at: 'tea time', data: {} }] });
    await world.write('table-1', [called(10)]);
    const running = [await started(world, speechless), await started(world, timeless)];
    for (const one of running) await one.fireDue(world.clock.now() + 10 * SECOND);
    const reasons = (await Promise.all(running.map((one) => one.listParked()))).flat().map(({ reason }) => reason);
    expect(reasons).toEqual([expect.stringMatching('does not know what to do'), expect.stringMatching('RangeError')]);
    for (const one of running) await one.stop();
  });

  it('may ask somebody, whose answer comes back as reactions', async () => {
    const world = await openSagaWorld();
    world.answers.effect = async () => [say('record', 'still asleep')];
    await world.write('table-1', [called(10)]);
    const running = await started(
      world,
      alarmed({ onDeadline: () => [ask('knock', 'anybody there?')] })(world.clock.now()),
    );
    await running.fireDue(world.clock.now() + 10 * SECOND);
    expect(world.said()).toEqual(['still asleep']);
    expect(world.asked[0]?.context.meta).toBeUndefined();
    await running.stop();
  });
});

describe('looking for due deadlines', () => {
  it('happens by itself, without waiting for a slow one', async () => {
    const world = await openSagaWorld();
    let release = (): void => undefined;
    world.answers.dispatch = ({ say: words }) =>
      words.startsWith('table-1')
        ? new Promise((resolve) => {
            release = () => resolve({ kind: 'accepted' });
          })
        : Promise.resolve({ kind: 'accepted' });
    await world.write('table-1', [called(1)]);
    const running = world.runner(alarmed()(world.clock.now()), {
      timers: systemTimers,
      limits: { pollMs: 1, commitMs: 1 },
    });
    await running.start();
    world.clock.advance(10 * SECOND);
    await eventually(() => world.dispatched.length === 1);
    await world.write('table-2', [called(2)]);
    await eventually(() => world.said().includes('table-2 rings 2'));
    expect(world.dispatched).toHaveLength(2);
    release();
    await running.stop();
    expect(world.said()).toEqual(['table-2 rings 2', 'table-1 rings 1']);
  });

  it('is left to others by a process that is not on duty', async () => {
    const world = await openSagaWorld();
    await world.write('table-1', [called(1)]);
    const asked: boolean[] = [];
    const onDuty = () => asked.push(world.said().length === 0) > 5;
    const limits = { pollMs: 1, commitMs: 1 };
    const running = world.runner(alarmed()(world.clock.now()), { timers: systemTimers, limits, onDuty });
    await running.start();
    world.clock.advance(10 * SECOND);
    await eventually(() => world.said().length === 1);
    await running.stop();
    expect(asked.slice(0, 6)).not.toContain(false);
  });

  it('does no harm in two processes at once: both do the same commands', async () => {
    const world = await openSagaWorld();
    for (const table of [1, 2, 3]) await world.write(`table-${table}`, [called(table)]);
    const runners = [await started(world), await started(world)];
    const now = world.clock.advance(10 * SECOND);
    await Promise.all(runners.map((one) => one.fireDue(now)));
    expect(world.said().sort()).toEqual(['table-1 rings 1', 'table-2 rings 2', 'table-3 rings 3']);
    expect(await Promise.all(runners.map((one) => one.fireDue(now)))).toEqual([0, 0]);
    for (const one of runners) await one.stop();
  });
});

describe('whenever the process dies', () => {
  const appended = fc.record({
    kind: fc.constant('append' as const),
    table: fc.integer({ min: 1, max: 3 }),
    numbers: fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
  });
  const ran = fc.record({
    kind: fc.constant('run' as const),
    /** It dies with this write of its record, if it comes so far. */
    diesAtCommit: fc.option(fc.nat(4), { nil: Number.POSITIVE_INFINITY }),
    commitEvery: fc.integer({ min: 1, max: 3 }),
    seconds: fc.nat(6),
  });

  /** What is to ring when: the last number of each table that is due, as long as none was called after it. */
  class Alarms {
    readonly set = new Map<string, number>();
    readonly rung: string[] = [];

    call(table: string, number: number): void {
      if (number === 0) this.set.delete(table);
      else this.set.set(table, number);
    }

    fire(seconds: number): void {
      for (const [table, number] of this.set) {
        if (number > seconds) continue;
        this.set.delete(table);
        this.rung.push(`${table} rings ${number}`);
      }
    }
  }

  it('what is in force goes off, once, and nothing else does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(appended, ran), { maxLength: 16 }), async (acts) => {
        const world = await openSagaWorld();
        const begin = world.clock.now();
        const expected = new Alarms();
        let seconds = 0;
        for (const act of acts) {
          if (act.kind === 'append') {
            await world.write(
              `table-${act.table}`,
              act.numbers.map((number) => called(number)),
            );
            for (const number of act.numbers) expected.call(`table-${act.table}`, number);
            continue;
          }
          const life = new Life();
          const store = fateful(world.store, life, () => {
            if (life.uses('commit') > act.diesAtCommit) life.kill();
            return 'succeeds';
          });
          const { commitEvery } = act;
          const mortal = world.runner(alarmed()(begin), { store, limits: { commitEvery } });
          await life.orDeath(mortal.start().then(() => mortal.idle()));
          seconds += act.seconds;
          await life.orDeath(mortal.fireDue(begin + seconds * SECOND));
          await life.orDeath(mortal.stop());
          // One that lives on finishes what is left, at the same time of the clock.
          const next = await started(world, alarmed()(begin));
          await next.fireDue(begin + seconds * SECOND);
          await next.stop();
          expected.fire(seconds);
        }
        expect(world.said().sort()).toEqual([...expected.rung].sort());
      }),
      { numRuns: 150 },
    );
  });
});
