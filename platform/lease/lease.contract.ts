import type { Lease, Leases } from './lease';
import { LeaseLost } from './lease';

/** What the contract needs of an adapter. Waiting and giving back take milliseconds, not seconds. */
export interface LeasesAtWork {
  /** The leases as another process sees them, if there can be another. */
  process(): Promise<Leases>;
  /** A name that nobody has used. */
  name(): string;
  dispose(): Promise<void>;
}

/** A gate that stays shut until it is opened. */
export const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Holds a lease until it is told to let go. */
export const holding = async (leases: Leases, name: string, signal?: AbortSignal) => {
  const begun = gate();
  const end = gate();
  let lease: Lease | undefined;
  const held = leases.hold(
    name,
    async (granted) => {
      lease = granted;
      begun.open();
      await end.opened;
    },
    signal ? { signal } : {},
  );
  await Promise.race([begun.opened, held]);
  if (lease === undefined) throw new Error('it was not granted');
  return {
    lease,
    held,
    letGo: async () => {
      end.open();
      await held;
    },
  };
};

/** What whoever uses leases may rely on, whatever keeps them. */
export const describeLeases = (subject: string, open: () => Promise<LeasesAtWork>): void => {
  describe(`leases: ${subject}`, () => {
    let atWork: LeasesAtWork;
    let name: string;
    let [one, other]: Leases[] = [];

    const processes = (): readonly [Leases, Leases] => {
      if (one === undefined || other === undefined) throw new Error('not open');
      return [one, other];
    };

    beforeEach(async () => {
      atWork = await open();
      name = atWork.name();
      one = await atWork.process();
      other = await atWork.process();
    });
    afterEach(async () => {
      await Promise.all(processes().map((leases) => leases.close()));
      await atWork.dispose();
    });

    test('a free one is granted, lasts as long as the work, and ends with it', async () => {
      const [leases] = processes();
      const seen: Lease[] = [];
      let duringWork: unknown;
      await leases.hold(name, async (lease) => {
        seen.push(lease);
        await breathe();
        duringWork = { held: lease.held(), aborted: lease.signal.aborted };
      });
      expect(duringWork).toEqual({ held: true, aborted: false });
      const [lease] = seen;
      expect({ name: lease?.name, held: lease?.held(), aborted: lease?.signal.aborted }).toEqual({
        name,
        held: false,
        aborted: true,
      });
      expect(lease?.signal.reason).toEqual(new LeaseLost(name, 'given back'));
    });

    test('of all who ask, one at a time has it, under tokens that rise', async () => {
      const tokens: bigint[] = [];
      let inside = 0;
      let most = 0;
      const work = async ({ token }: Lease): Promise<void> => {
        tokens.push(token);
        inside += 1;
        most = Math.max(most, inside);
        for (let turn = 0; turn < 3; turn += 1) await breathe();
        inside -= 1;
      };
      await Promise.all(processes().flatMap((leases) => Array.from({ length: 6 }, () => leases.hold(name, work))));
      expect(most).toBe(1);
      expect(tokens).toHaveLength(12);
      expect(tokens).toEqual(tokens.toSorted((a, b) => Number(a - b)));
      expect(new Set(tokens).size).toBe(12);
    });

    test('different names do not wait for each other', async () => {
      const [leases, others] = processes();
      const first = await holding(leases, name);
      const second = await holding(leases, atWork.name());
      const third = await holding(others, atWork.name());
      expect([first, second, third].map(({ lease }) => lease.held())).toEqual([true, true, true]);
      await Promise.all([first.letGo(), second.letGo(), third.letGo()]);
    });

    test('who waits is told so once, and has it when it is given back', async () => {
      const [leases, others] = processes();
      const first = await holding(leases, name);
      const told = gate();
      const worked = gate();
      let times = 0;
      const second = others.hold(name, async () => worked.open(), {
        onWaiting: () => {
          times += 1;
          told.open();
        },
      });
      await told.opened;
      expect(first.lease.held()).toBe(true);
      await first.letGo();
      await worked.opened;
      await second;
      expect(times).toBe(1);
    });

    test('work that fails gives it back, and its failure is not lost', async () => {
      const [leases, others] = processes();
      const failing = leases.hold(name, () => Promise.reject(new Error('the work failed')));
      await expect(failing).rejects.toThrow('the work failed');
      await (await holding(others, name)).letGo();
    });

    test('who waits may stop waiting; the holder does not notice', async () => {
      const [leases, others] = processes();
      const first = await holding(leases, name);
      const stopping = new AbortController();
      let worked = false;
      const waiting = others.hold(
        name,
        async () => {
          worked = true;
        },
        { signal: stopping.signal, onWaiting: () => stopping.abort() },
      );
      await waiting;
      expect(worked).toBe(false);
      expect(first.lease.held()).toBe(true);
      await first.letGo();
      await (await holding(leases, name)).letGo();
    });

    test('who is told to stop before it has begun does nothing', async () => {
      const [leases] = processes();
      let worked = false;
      const work = async (): Promise<void> => {
        worked = true;
      };
      await leases.hold(name, work, { signal: AbortSignal.abort() });
      expect(worked).toBe(false);
    });

    test('work that is asked to end is told by its lease, and keeps it until it has ended', async () => {
      const [leases, others] = processes();
      const stopping = new AbortController();
      const first = await holding(leases, name, stopping.signal);
      stopping.abort(new Error('time to go'));
      expect(first.lease.signal.reason).toEqual(new Error('time to go'));
      expect(first.lease.held()).toBe(true);
      let firstHasEnded = false;
      const second = others.hold(name, async () => expect(firstHasEnded).toBe(true), {
        onWaiting: () => {
          firstHasEnded = true;
          void first.letGo();
        },
      });
      await second;
      expect(first.lease.held()).toBe(false);
    });

    test('closing asks all work to end and waits until it has', async () => {
      const [leases, others] = processes();
      const first = await holding(leases, name);
      first.lease.signal.addEventListener('abort', () => void first.letGo(), { once: true });
      let worked = false;
      const told = gate();
      const work = async (): Promise<void> => {
        worked = true;
      };
      const waiting = leases.hold(name, work, { onWaiting: told.open });
      await told.opened;
      await leases.close();
      expect(first.lease.held()).toBe(false);
      await Promise.all([first.held, waiting]);
      // In one process the holder's end may be the waiter's turn; but closing lets nobody begin.
      expect(worked).toBe(false);
      if (others !== leases) await (await holding(others, name)).letGo();
    });
  });
};
