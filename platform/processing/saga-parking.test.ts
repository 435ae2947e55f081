import { once, openSagaWorld, reasons, repeating, say } from '../../tests/support/saga-world';
import { called, turn } from '../../tests/support/tally-world';
import { silentObserver } from '.';

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
