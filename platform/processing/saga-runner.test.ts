import { ask, once, openSagaWorld, reasons, refused, repeating, say } from '../../tests/support/saga-world';
import { called, closed, eventually, fateful, Life, turn } from '../../tests/support/tally-world';
import { reactionId } from '.';

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
