import { borrowerId, creditLineId, identityId } from '../domain/kernel';
import type { AppendContext, EventLog } from '../platform/event-log';
import { EventStoreError } from '../platform/event-store';
import { commandHouse, indexFor, registration } from '../tests/support/command-house';
import { aggregates, type CommandRequest } from '.';

const LI = borrowerId('li');
const WANG = borrowerId('wang');
const cny = (amount: string) => ({ amount, currency: 'CNY' }) as const;

const openLine: CommandRequest = {
  type: 'OpenCreditLine',
  data: { creditLineId: creditLineId(LI), borrowerId: LI, limit: cny('1000.00') },
};
const freeze = (id = LI): CommandRequest => ({ type: 'FreezeBorrower', data: { borrowerId: id, reason: 'suspicion' } });
const unfreeze: CommandRequest = { type: 'UnfreezeBorrower', data: { borrowerId: LI, reason: 'cleared' } };
const erase: CommandRequest = { type: 'EraseBorrower', data: { borrowerId: LI, reason: 'asked to' } };

const refusedWith = (code: string) => ({ kind: 'refused', refusal: { code } });
const claimOf = (idNumber: string) => identityId(indexFor(idNumber));

describe('a command', () => {
  it('leads to facts that carry who gave it, when, for which day and in what connection', async () => {
    const { busOf } = await commandHouse();
    const { give } = busOf('this-process');
    const result = await give(registration(LI, 'one'), 'register', { actor: { kind: 'operator', id: 'op-1' } });
    expect(result).toMatchObject({
      kind: 'accepted',
      stream: LI,
      repeated: false,
      events: [
        {
          type: 'BorrowerRegistered',
          revision: 0n,
          meta: {
            actor: { kind: 'operator', id: 'op-1' },
            bookedAt: '2026-03-02T02:00:00.000Z',
            valueDate: '2026-03-02',
            correlationId: 'correlation of register',
            causationId: 'register',
          },
        },
      ],
    });
  });

  it('that is refused writes nothing, and may be given again when things stand otherwise', async () => {
    const { busOf, everything } = await commandHouse();
    const { give } = busOf('this-process');
    expect(await give(freeze(), 'freeze')).toMatchObject(refusedWith('NOT_FOUND'));
    expect(await everything()).toEqual([]);
    await give(registration(LI, 'one'), 'register');
    expect(await give(freeze(), 'freeze')).toMatchObject({ kind: 'accepted', repeated: false });
  });

  it('that finds nothing left to do writes nothing, and says where the stream stands', async () => {
    const { busOf, everything } = await commandHouse();
    const { give } = busOf('this-process');
    const opened = await give(openLine, 'open');
    const again = await give(openLine, 'open by another');
    expect(opened).toMatchObject({ kind: 'accepted' });
    expect(again).toMatchObject({ kind: 'accepted', events: [], repeated: false });
    expect('position' in opened && 'position' in again && again.position === opened.position).toBe(true);
    expect(await everything()).toHaveLength(1);
  });

  it('decides on the streams of others as they are at that moment', async () => {
    const { busOf } = await commandHouse();
    const { give } = busOf('this-process');
    await give(registration(LI, 'one'), 'register');
    await give(openLine, 'open');
    await give(
      {
        type: 'ReserveCredit',
        data: { creditLineId: creditLineId(LI), applicationId: 'application-1', amount: cny('10.00') },
      } as CommandRequest,
      'reserve',
    );
    expect(await give(erase, 'erase')).toMatchObject(refusedWith('BORROWER_HAS_DEBT'));
    await give(
      {
        type: 'ReleaseCredit',
        data: { creditLineId: creditLineId(LI), applicationId: 'application-1', reason: 'withdrawn' },
      } as CommandRequest,
      'release',
    );
    expect(await give(erase, 'erase')).toMatchObject({ kind: 'accepted' });
  });
});

describe('the same command again', () => {
  const givenTwice = async (second: 'the same process' | 'a process that starts') => {
    const { busOf, everything } = await commandHouse();
    const first = busOf('this-process');
    await first.give(registration(LI, 'one'), 'register');
    const original = await first.give(freeze(), 'freeze');
    await first.give(unfreeze, 'unfreeze');
    const { give } = second === 'the same process' ? first : busOf('this-process');
    return { original, again: await give(freeze(), 'freeze'), events: await everything() };
  };

  it.each(['the same process', 'a process that starts'] as const)(
    'has the same answer and no effect, whatever came between, in %s',
    async (second) => {
      const { original, again, events } = await givenTwice(second);
      expect(again).toMatchObject({ kind: 'accepted', repeated: true });
      const idsOf = (result: typeof again) => ('events' in result ? result.events.map(({ id }) => id) : []);
      expect(idsOf(again)).toEqual(idsOf(original));
      expect(events.map(({ type }) => type)).toEqual([
        'IdentityClaimed',
        'BorrowerRegistered',
        'BorrowerFrozen',
        'BorrowerUnfrozen',
      ]);
    },
  );

  it('a hundred times at once is given once', async () => {
    const { busOf, everything } = await commandHouse();
    const { give } = busOf('this-process');
    const results = await Promise.all(Array.from({ length: 100 }, () => give(openLine, 'open')));
    expect(results.every(({ kind }) => kind === 'accepted')).toBe(true);
    expect(results.filter((result) => 'repeated' in result && !result.repeated)).toHaveLength(1);
    expect(await everything()).toHaveLength(1);
  });

  it.each(['the same process', 'another process'] as const)('with another request is refused in %s', async (second) => {
    const { busOf, everything } = await commandHouse();
    const first = busOf('many');
    await first.give(registration(LI, 'one'), 'register');
    await first.give(freeze(), 'freeze', { fingerprint: 'a' });
    const { give } = second === 'the same process' ? first : busOf('many');
    const before = await everything();
    expect(await give(freeze(), 'freeze', { fingerprint: 'b' })).toMatchObject(refusedWith('IDEMPOTENCY_KEY_REUSED'));
    expect(await everything()).toHaveLength(before.length);
  });
});

describe('a claim that goes before a command', () => {
  it('keeps one person from being two borrowers', async () => {
    const { busOf, everything } = await commandHouse();
    const { give } = busOf('this-process');
    await give(registration(LI, 'one'), 'register');
    expect(await give(registration(WANG, 'one'), 'register again')).toMatchObject(refusedWith('IDENTITY_TAKEN'));
    expect((await everything()).map(({ type }) => type)).toEqual(['IdentityClaimed', 'BorrowerRegistered']);
  });

  it('is not made by another request under the same key, which would lock a person out for ever', async () => {
    const { busOf } = await commandHouse();
    const { give, bus } = busOf('this-process');
    await give(registration(LI, 'one'), 'register', { fingerprint: 'a' });
    expect(await give(registration(LI, 'two'), 'register', { fingerprint: 'b' })).toMatchObject(
      refusedWith('IDEMPOTENCY_KEY_REUSED'),
    );
    expect((await bus.load(aggregates.identity, claimOf('two'))).state).toEqual({ status: 'free' });
    expect(await give(registration(WANG, 'two'), 'another')).toMatchObject({ kind: 'accepted' });
  });

  it('is not made again by a repetition, when the person has been erased since', async () => {
    const { busOf } = await commandHouse();
    const { give, bus } = busOf('this-process');
    await give(registration(LI, 'one'), 'register');
    await give(erase, 'erase');
    await give({ type: 'ReleaseIdentity', data: { identityId: claimOf('one'), borrowerId: LI } }, 'release');
    expect(await give(registration(LI, 'one'), 'register')).toMatchObject({ kind: 'accepted', repeated: true });
    expect((await bus.load(aggregates.identity, claimOf('one'))).state).toEqual({ status: 'free' });
  });

  it('left behind by a process that died is taken up by the repetition', async () => {
    const { busOf } = await commandHouse();
    const claim = { type: 'ClaimIdentity', data: { identityId: claimOf('one'), borrowerId: LI } } as const;
    await busOf('this-process').give(claim, 'register', { fingerprint: 'a' });
    const { give } = busOf('this-process');
    expect(await give(registration(LI, 'one'), 'register', { fingerprint: 'a' })).toMatchObject({
      kind: 'accepted',
      repeated: false,
    });
  });
});

describe('a log that does not answer as it should', () => {
  /** What the log does with the next append; then it is itself again. */
  const troubled = (log: EventLog<never>, trouble: 'loses its answer' | 'is out of reach') => {
    let pending = true;
    const append: EventLog<never>['append'] = async (stream, head, events, context: AppendContext) => {
      if (!pending) return log.append(stream, head, events, context);
      pending = false;
      if (trouble === 'loses its answer') await log.append(stream, head, events, context);
      throw new EventStoreError(`the log ${trouble}`);
    };
    return { ...log, append };
  };

  it.each([
    ['loses its answer', true],
    ['is out of reach', false],
  ] as const)('%s: the caller hears it, and the same command again comes to one effect', async (trouble, repeated) => {
    const { busOf, log, everything } = await commandHouse();
    const { give, bus } = busOf('this-process', 10, troubled(log as EventLog<never>, trouble) as typeof log);
    await expect(give(openLine, 'open')).rejects.toThrow(EventStoreError);
    const { state } = await bus.load(aggregates.creditLine, creditLineId(LI));
    expect(state.status).toBe(repeated ? 'open' : 'none');
    expect(await give(openLine, 'open')).toMatchObject({ kind: 'accepted', repeated });
    expect(await everything()).toHaveLength(1);
  });

  it('has somebody before us every time: after some attempts the caller is told to come back', async () => {
    const { busOf, log } = await commandHouse();
    let appends = 0;
    const append: typeof log.append = async () => {
      appends += 1;
      return { kind: 'conflict', actual: 7n };
    };
    const { give } = busOf('many', 10, { ...log, append });
    expect(await give(openLine, 'open')).toMatchObject(refusedWith('BUSY'));
    expect(appends).toBe(8);
  });
});

describe('what is remembered of streams', () => {
  const lineOf = (n: number) => creditLineId(borrowerId(`b${n}`));

  it('is bounded: the least recently used goes first, and is read again when it is needed', async () => {
    const { busOf } = await commandHouse();
    const { bus, reads } = busOf('this-process', 2);
    for (const n of [1, 2, 1, 3, 1, 2]) await bus.load(aggregates.creditLine, lineOf(n));
    expect(reads).toEqual([lineOf(1), lineOf(2), lineOf(3), lineOf(2)]);
  });

  it('is the truth where this process is the only writer, and is read on where it is not', async () => {
    const { busOf } = await commandHouse();
    const [alone, among, other] = [busOf('this-process'), busOf('many'), busOf('many')];
    for (const { bus } of [alone, among]) await bus.load(aggregates.creditLine, creditLineId(LI));
    await other.give(openLine, 'open');
    expect((await alone.bus.load(aggregates.creditLine, creditLineId(LI))).state.status).toBe('none');
    expect((await among.bus.load(aggregates.creditLine, creditLineId(LI))).state.status).toBe('open');
  });

  it('never falls back: who reads slowly does not put an older state in the place of a newer one', async () => {
    const { busOf, log } = await commandHouse();
    await busOf('this-process').give(registration(LI, 'one'), 'register');
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let first = true;
    async function* slowly(pages: ReturnType<typeof log.readStream>) {
      for await (const page of pages) yield page;
      await held;
    }
    const readStream: typeof log.readStream = (stream, options) => {
      const pages = log.readStream(stream, options);
      if (!first) return pages;
      first = false;
      return slowly(pages);
    };
    const { bus, give } = busOf('this-process', 10, { ...log, readStream });
    const slow = bus.load(aggregates.borrower, LI);
    await give(freeze(), 'freeze');
    goOn();
    expect((await slow).state.status).toBe('frozen');
    expect((await bus.load(aggregates.borrower, LI)).state.status).toBe('frozen');
  });
});
