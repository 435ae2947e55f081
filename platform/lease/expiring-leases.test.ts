import fc from 'fast-check';
import { LeaseProcess, LeaseWorld, type Passage, settled } from '../../tests/support/lease-world';
import { termsFor } from './lease-terms';

const TTL_MS = 10_000;
const TERMS = termsFor(TTL_MS);
const SMOOTH: readonly Passage[] = [{ thereMs: 1, backMs: 1, lost: 'nothing' }];

const delay = fc.oneof({ weight: 4, arbitrary: fc.nat(20) }, { weight: 1, arbitrary: fc.noBias(fc.nat(6_000)) });
const passage: fc.Arbitrary<Passage> = fc.record({
  thereMs: delay,
  backMs: delay,
  lost: fc.oneof(
    { weight: 6, arbitrary: fc.constant('nothing' as const) },
    { weight: 1, arbitrary: fc.constantFrom('the call' as const, 'the answer' as const) },
  ),
});

type Which = number | 'the holder';
type Happening =
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'stop' | 'sleep' | 'kill' | 'let go' | 'resume' | 'resume in reverse'; readonly process: Which }
  | { readonly kind: 'set clock'; readonly process: Which; readonly by: number };

/**
 * A machine that sleeps is noticed by the clock, a clock set back by the stopwatch. Nothing tells when both happen at
 * once, so a run has one or the other.
 */
const happenings = (hazard: 'sleep' | 'set clock'): fc.Arbitrary<readonly Happening[]> => {
  const process = fc.oneof(fc.nat(3), fc.constant('the holder' as const));
  return fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.noBias(fc.nat(6_000)) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const), process: fc.constantFrom(2, 3) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('let go' as const), process }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constantFrom('resume' as const, 'resume in reverse' as const), process }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('stop' as const), process }) },
      {
        weight: 2,
        arbitrary:
          hazard === 'sleep'
            ? fc.record({ kind: fc.constant('sleep' as const), process })
            : fc.record({
                kind: fc.constant('set clock' as const),
                process,
                by: fc.constantFrom(-3_600_000, -5_000, 5_000),
              }),
      },
    ),
    { maxLength: 60 },
  );
};

const carryOut = async (
  happening: Happening,
  world: LeaseWorld,
  processes: readonly LeaseProcess[],
  look: () => void,
): Promise<void> => {
  if (happening.kind === 'pass') return world.pass(happening.ms, look);
  const which = happening.process;
  const process =
    which === 'the holder'
      ? processes.find(({ leases }) => leases.at(-1)?.held())
      : processes[which % processes.length];
  switch (happening.kind) {
    case 'set clock':
      process?.setClock(happening.by);
      break;
    case 'stop':
      process?.stop();
      break;
    case 'sleep':
      process?.sleep();
      break;
    case 'kill':
      process?.kill();
      break;
    case 'let go':
      process?.letGo();
      break;
    case 'resume':
    case 'resume in reverse':
      await process?.resume(happening.kind === 'resume in reverse');
  }
  await settled();
  look();
};

const alive = ({ state }: LeaseProcess): boolean => state !== 'is dead';

/** Who could act under a lease at this instant, if it asks; and who has not been told otherwise and could be. */
const holders = (processes: readonly LeaseProcess[]) => ({
  sure: processes.filter((process) => alive(process) && process.leases.at(-1)?.held()).length,
  untold: processes.filter((process) => process.state === 'runs' && process.leases.at(-1)?.signal.aborted === false)
    .length,
});

const world = (speeds: readonly number[], passages: readonly Passage[]) => {
  const hand = new LeaseWorld(passages);
  return { hand, processes: speeds.map((speed, index) => new LeaseProcess(hand, `process-${index}`, speed, TERMS)) };
};

describe('leases that expire', () => {
  test('never have two holders, whatever stops, sleeps, dies, is late or lost; and go on when all is well', () =>
    fc.assert(
      fc.asyncProperty(
        // Clocks may differ by a tenth: what is told a fifth of the time early is told early enough.
        fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), { minLength: 2, maxLength: 4 }),
        fc.array(passage, { minLength: 1, maxLength: 30 }),
        fc.constantFrom('sleep' as const, 'set clock' as const).chain(happenings),
        async (speeds, passages, all) => {
          const { hand, processes } = world(speeds, passages);
          const most = { sure: 0, untold: 0 };
          const look = (): void => {
            const { sure, untold } = holders(processes);
            most.sure = Math.max(most.sure, sure);
            most.untold = Math.max(most.untold, untold);
          };
          for (const happening of all) await carryOut(happening, hand, processes, look);
          hand.passages = SMOOTH;
          for (const process of processes) await process.resume(false);
          await hand.pass(5 * TTL_MS, look);
          expect(most.sure).toBeLessThanOrEqual(1);
          expect(most.untold).toBeLessThanOrEqual(1);
          expect(holders(processes).sure).toBe(processes.some(alive) ? 1 : 0);
          const tokens = hand.granted.map(({ token }) => token);
          expect(tokens).toEqual(tokens.toSorted((a, b) => Number(a - b)));
          expect(new Set(tokens).size).toBe(tokens.length);
        },
      ),
      { numRuns: 250 },
    ));

  test('are renewed for as long as the work goes on', async () => {
    const { hand, processes } = world([1, 1], SMOOTH);
    await hand.pass(100 * TTL_MS, () => undefined);
    expect(hand.granted).toHaveLength(1);
    expect(holders(processes).sure).toBe(1);
    expect(hand.granted[0]?.held()).toBe(true);
  });

  test('who stands by takes over within the time to live of a holder that dies', async () => {
    const { hand, processes } = world([1, 1, 1], SMOOTH);
    await hand.pass(3 * TTL_MS, () => undefined);
    processes.find(({ leases }) => leases.length > 0)?.kill();
    await hand.pass(TTL_MS + 2, () => undefined);
    expect(hand.granted).toHaveLength(2);
    expect(hand.granted[1]?.held()).toBe(true);
  });

  test('who stands by takes over within a moment when the holder gives it back', async () => {
    const { hand, processes } = world([1, 1], SMOOTH);
    await hand.pass(TTL_MS, () => undefined);
    processes.find(({ leases }) => leases.length > 0)?.letGo();
    await hand.pass(TERMS.retryMs + 10, () => undefined);
    expect(hand.granted.at(-1)?.held()).toBe(true);
    expect(hand.granted).toHaveLength(2);
  });

  test('the holder is told, in good time, when the server can be reached no more', async () => {
    const { hand, processes } = world([1, 1], SMOOTH);
    await hand.pass(TTL_MS, () => undefined);
    const [lease] = hand.granted;
    hand.passages = [{ thereMs: 0, backMs: 0, lost: 'the call' }];
    await hand.pass(TTL_MS - TERMS.marginMs, () => undefined);
    expect(lease?.signal.reason).toMatchObject({ name: 'LeaseLost', why: 'not renewed in time' });
    expect(lease?.held()).toBe(false);
    hand.passages = SMOOTH;
    await hand.pass(TTL_MS, () => undefined);
    expect(holders(processes).sure).toBe(1);
  });

  test('a renewal that gets no answer is made up for in time', async () => {
    const { hand } = world([1], SMOOTH);
    await hand.pass(TERMS.renewMs - 100, () => undefined);
    hand.passages = [{ thereMs: 0, backMs: 0, lost: 'the call' }];
    await hand.pass(TERMS.renewMs, () => undefined);
    hand.passages = SMOOTH;
    await hand.pass(10 * TTL_MS, () => undefined);
    expect(hand.granted).toHaveLength(1);
    expect(hand.granted[0]?.held()).toBe(true);
  });

  test('a server that has forgotten a lease ends it; the next token is higher still', async () => {
    const { hand } = world([1], SMOOTH);
    await hand.pass(TTL_MS, () => undefined);
    for (const key of ['{the one thing}', '{the one thing}:token']) hand.keyspace.delete(key);
    await hand.pass(TTL_MS, () => undefined);
    const [first, second] = hand.granted;
    expect(first?.signal.reason).toMatchObject({ why: 'no longer known to the server' });
    expect(second?.held()).toBe(true);
    expect(second?.token).toBeGreaterThan(first?.token ?? 0n);
  });

  test.each([
    ['was stopped', (process: LeaseProcess) => process.stop()],
    ['slept with its machine', (process: LeaseProcess) => process.sleep()],
    [
      'was stopped, and whose clock was set back,',
      (process: LeaseProcess) => {
        process.stop();
        process.setClock(-3_600_000);
      },
    ],
  ])('a process that %s is no longer sure, although no timer of it has run yet', async (_, happens) => {
    const { hand, processes } = world([1, 1], SMOOTH);
    await hand.pass(TTL_MS, () => undefined);
    const [first] = hand.granted;
    const holder = processes.find(({ leases }) => leases[0] === first);
    if (first === undefined || holder === undefined) throw new Error('nobody has it');
    happens(holder);
    expect(first.held()).toBe(true);
    await hand.pass(TTL_MS + 1, () => undefined);
    expect(hand.granted).toHaveLength(2);
    expect({ held: first.held(), told: first.signal.aborted }).toEqual({ held: false, told: false });
    await holder.resume(false);
    expect(first.signal.aborted).toBe(true);
    expect(hand.granted[1]?.held()).toBe(true);
  });

  test('times that leave no room for a renewal are refused', () => {
    expect(() => termsFor(99)).toThrow('cannot be renewed in time');
    expect(() => termsFor(Number.NaN)).toThrow('cannot be renewed in time');
  });
});
