import { systemTimers, type Timers } from '../runtime';
import { InProcessLeases } from './adapters/in-process';
import { type Lease, LeaseLost, type Leases } from './lease';
import { gate } from './lease.contract';
import { type Leadership, type LeadershipObserver, whileLeader } from './while-leader';

/** Writes down what happens to it, and can be made to fail. */
const recording = (diary: string[], who: string) => {
  const led = {
    failing: false,
    start: async (): Promise<void> => {
      if (led.failing) throw new Error(`${who} does not start`);
      diary.push(`${who} starts`);
    },
    stop: async (): Promise<void> => void diary.push(`${who} stops`),
  };
  return led;
};

const observing = (diary: string[]): LeadershipObserver => ({
  leads: ({ lease, token }) => diary.push(`leads ${lease} as ${token}`),
  leadsNoMore: ({ lease, why }) => diary.push(`leads ${lease} no more: ${why}`),
  failed: ({ doing, error }) => diary.push(`failed ${doing}: ${error instanceof Error ? error.message : error}`),
});

/** Leases that can be taken away, as a server's can. */
class LosableLeases implements Leases {
  readonly inner = new InProcessLeases();
  lose: () => void = () => undefined;

  hold(name: string, work: (lease: Lease) => Promise<void>, options = {}): Promise<void> {
    return this.inner.hold(
      name,
      (lease) => {
        const lost = new AbortController();
        this.lose = () => lost.abort(new LeaseLost(name, 'not renewed in time'));
        return work({ ...lease, signal: AbortSignal.any([lease.signal, lost.signal]) });
      },
      options,
    );
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const prompt: Timers = { after: (_, run) => systemTimers.after(0, run) };

describe('while a process leads', () => {
  let diary: string[];
  let leases: LosableLeases;
  const leadership = (who: string, led = recording(diary, who)): Promise<Leadership> =>
    whileLeader(leases, 'relay', led, { timers: prompt, observer: observing(diary) });

  beforeEach(() => {
    diary = [];
    leases = new LosableLeases();
  });
  afterEach(() => leases.close());

  test('what it leads has been started when it is told that it leads, and stopped when it has resigned', async () => {
    const first = await leadership('a');
    expect(first.leads).toBe(true);
    expect(diary).toEqual(['a starts', 'leads relay as 1']);
    await first.resign();
    expect(first.leads).toBe(false);
    expect(diary.slice(2)).toEqual(['leads relay no more: resigned', 'a stops']);
    await first.resign();
    expect(diary).toHaveLength(4);
  });

  test('another stands by, and starts when the first has stopped', async () => {
    const first = await leadership('a');
    const second = await leadership('b');
    expect([first.leads, second.leads]).toEqual([true, false]);
    await first.resign();
    while (!second.leads) await breathe();
    expect(diary.filter((entry) => /^[ab]/.test(entry))).toEqual(['a starts', 'a stops', 'b starts']);
    await second.resign();
  });

  test('who resigns while standing by never starts', async () => {
    const first = await leadership('a');
    const second = await leadership('b');
    await second.resign();
    await first.resign();
    expect(diary.filter((entry) => entry.startsWith('b'))).toEqual([]);
  });

  test('a lost lease stops what it leads; a new one starts it again', async () => {
    const first = await leadership('a');
    leases.lose();
    expect(diary.at(-1)).toBe('leads relay as 1');
    while (diary.length < 6) await breathe();
    expect(diary.slice(2)).toEqual([
      'leads relay no more: not renewed in time',
      'a stops',
      'a starts',
      'leads relay as 2',
    ]);
    expect(first.leads).toBe(true);
    await first.resign();
  });

  test('a first start that fails is the failure of all; what was half started is stopped, and others may try', async () => {
    const led = recording(diary, 'a');
    led.failing = true;
    await expect(leadership('a', led)).rejects.toThrow('a does not start');
    expect(diary).toEqual(['a stops']);
    await (await leadership('b')).resign();
    expect(diary[1]).toBe('b starts');
  });

  test('a later start that fails is reported, and tried again', async () => {
    const led = recording(diary, 'a');
    const first = await leadership('a', led);
    led.failing = true;
    leases.lose();
    while (!diary.includes('failed starting: a does not start')) await breathe();
    led.failing = false;
    while (!first.leads) await breathe();
    expect(diary.at(-1)).toMatch(/^leads relay as \d+$/);
    await first.resign();
  });

  test('a stop that fails is reported; the lease is given back all the same', async () => {
    const led = recording(diary, 'a');
    led.stop = () => Promise.reject(new Error('a does not stop'));
    const first = await leadership('a', led);
    await first.resign();
    expect(diary.at(-1)).toBe('failed stopping: a does not stop');
    await (await leadership('b')).resign();
  });

  test('leases that cannot be asked for are reported, and the process stands by until they can', async () => {
    const reachable = gate();
    const unreachable: Leases = {
      hold: async (name, work, options) => {
        options?.onFailure?.(new Error('no server'));
        options?.onWaiting?.();
        await reachable.opened;
        await leases.hold(name, work, options);
      },
      close: async () => undefined,
    };
    const led = recording(diary, 'a');
    const first = await whileLeader(unreachable, 'relay', led, { timers: prompt, observer: observing(diary) });
    expect(first.leads).toBe(false);
    expect(diary).toEqual(['failed asking for the lease: no server']);
    reachable.open();
    while (!first.leads) await breathe();
    await first.resign();
  });
});
