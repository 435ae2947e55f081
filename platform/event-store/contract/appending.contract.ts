import { EventStoreError, type StoredEvent } from '../event-store';
import {
  appendTo,
  type Contract,
  type Corner,
  fill,
  idsOf,
  inCorner,
  newEvent,
  newEvents,
  streamOf,
} from './harness.contract';

const idsIn = async ({ store }: Corner, stream: string): Promise<readonly string[]> =>
  idsOf(await streamOf(store.readStream(stream)));

export const describeAppending = (contract: Contract): void => {
  const { sizes } = contract;
  const specify = (sentence: string, run: (corner: Corner) => Promise<void>): void =>
    test(sentence, inCorner(contract, run), sizes.timeout);

  describe('expected revision', () => {
    specify('`none` starts a stream at revision 0', async ({ store, stream }) => {
      expect(await store.append(stream(), 'none', [newEvent()])).toMatchObject({ revision: 0n, repeated: false });
    });

    specify('`none` conflicts with a stream that is there, and names its revision', async ({ store, stream }) => {
      await fill(store, stream(), 3);
      expect(await store.append(stream(), 'none', [newEvent()])).toEqual({ kind: 'conflict', actual: 2n });
    });

    specify('an exact revision must be that of the last event', async ({ store, stream }) => {
      await fill(store, stream(), 3);
      expect(await store.append(stream(), 2n, [newEvent()])).toMatchObject({ kind: 'appended', revision: 3n });
      expect(await store.append(stream(), 2n, [newEvent()])).toEqual({ kind: 'conflict', actual: 3n });
      expect(await store.append(stream(), 0n, [newEvent()])).toEqual({ kind: 'conflict', actual: 3n });
      expect(await store.append(stream(), 7n, [newEvent()])).toEqual({ kind: 'conflict', actual: 3n });
    });

    specify('an exact revision conflicts with a stream that is not there', async ({ store, stream }) => {
      expect(await store.append(stream(), 0n, [newEvent()])).toEqual({ kind: 'conflict', actual: 'none' });
      expect(await streamOf(store.readStream(stream()))).toEqual([]);
    });

    specify('`any` appends to whatever is there', async ({ store, stream }) => {
      expect(await store.append(stream(), 'any', [newEvent()])).toMatchObject({ kind: 'appended', revision: 0n });
      expect(await store.append(stream(), 'any', newEvents(2))).toMatchObject({ kind: 'appended', revision: 2n });
    });

    specify('streams know nothing of each other', async ({ store, stream }) => {
      await fill(store, stream('loan', 'a'), 3);
      expect(await appendTo(store, stream('loan', 'b'), 'none')).toMatchObject({ revision: 0n });
      expect(await appendTo(store, stream('loan', 'a'), 2n)).toMatchObject({ revision: 3n });
    });

    specify('an append of nothing is refused', async ({ store, stream }) => {
      await expect(store.append(stream(), 'any', [])).rejects.toThrow(RangeError);
    });
  });

  describe('all or nothing', () => {
    specify('several events become consecutive revisions and positions rise', async ({ store, stream, start }) => {
      const events = newEvents(5);
      const result = await appendTo(store, stream(), 'none', events);
      const stored = await streamOf(store.readStream(stream()));
      expect(stored.map(({ revision }) => revision)).toEqual([0n, 1n, 2n, 3n, 4n]);
      expect(idsOf(stored)).toEqual(idsOf(events));
      expect(stored.at(-1)).toMatchObject({ revision: result.revision, position: result.position });
      expect((stored[0]?.position ?? start) > start).toBe(true);
    });

    specify('a conflict leaves none of the events behind', async (corner) => {
      const { store, stream } = corner;
      const there = await fill(store, stream(), 2);
      expect(await store.append(stream(), 0n, newEvents(5))).toEqual({ kind: 'conflict', actual: 1n });
      expect(await idsIn(corner, stream())).toEqual(idsOf(there));
    });

    specify('of concurrent appends at one revision exactly one wins', async (corner) => {
      const { store, stream } = corner;
      for (const [expected, actual] of [
        ['none', 1n],
        [1n, 3n],
      ] as const) {
        const rivals = Array.from({ length: sizes.writers }, () => newEvents(2));
        const results = await Promise.all(rivals.map((events) => store.append(stream(), expected, events)));
        const [winner] = results.filter(({ kind }) => kind === 'appended');
        expect(winner).toMatchObject({ revision: actual, repeated: false });
        expect(results.filter((result) => result !== winner)).toEqual(
          Array(sizes.writers - 1).fill({ kind: 'conflict', actual }),
        );
      }
      expect(await idsIn(corner, stream())).toHaveLength(4);
    });

    specify('one that fails does not touch the others under way', async ({ store, stream }) => {
      await fill(store, stream('loan', 'old'), 1);
      const results = await Promise.all([
        store.append(stream('loan', 'a'), 'none', newEvents(2)),
        store.append(stream('loan', 'old'), 'none', newEvents(2)),
        store.append(stream('loan', 'b'), 'none', newEvents(3)),
      ]);
      expect(results).toMatchObject([{ revision: 1n }, { kind: 'conflict', actual: 0n }, { revision: 2n }]);
      expect(await streamOf(store.readStream(stream('loan', 'b')))).toHaveLength(3);
    });
  });

  describe('the same event ids again', () => {
    for (const expected of ['none', 1n, 'any'] as const) {
      specify(`give the same answer and change nothing, expecting ${expected}`, async (corner) => {
        const { store, stream } = corner;
        const there = expected === 'none' ? [] : await fill(store, stream(), 2);
        const events = newEvents(3);
        const first = await appendTo(store, stream(), expected, events);
        expect(first.repeated).toBe(false);
        expect(await store.append(stream(), expected, events)).toEqual({ ...first, repeated: true });
        expect(await idsIn(corner, stream())).toEqual(idsOf([...there, ...events]));
      });

      specify(`do so when the stream has moved on since, expecting ${expected}`, async (corner) => {
        const { store, stream } = corner;
        const there = expected === 'none' ? [] : await fill(store, stream(), 2);
        const [events, later] = [newEvents(3), newEvents(2)];
        const first = await appendTo(store, stream(), expected, events);
        await appendTo(store, stream(), first.revision, later);
        expect(await store.append(stream(), expected, events)).toEqual({ ...first, repeated: true });
        expect(await idsIn(corner, stream())).toEqual(idsOf([...there, ...events, ...later]));
      });
    }

    specify('are one append when both are under way at once', async (corner) => {
      const { store, stream } = corner;
      const events = newEvents(3);
      const [one, other] = await Promise.all([
        appendTo(store, stream(), 'none', events),
        appendTo(store, stream(), 'none', events),
      ]);
      expect({ ...one, repeated: null }).toEqual({ ...other, repeated: null });
      expect(await idsIn(corner, stream())).toEqual(idsOf(events));
    });

    specify('but only some of them, or more, are a conflict', async ({ store, stream }) => {
      const events = newEvents(3);
      await appendTo(store, stream(), 'none', events);
      const more = [...events, newEvent()];
      expect(await store.append(stream(), 'none', more)).toEqual({ kind: 'conflict', actual: 2n });
      const others = [...events.slice(0, 2), newEvent()];
      expect(await store.append(stream(), 'none', others)).toEqual({ kind: 'conflict', actual: 2n });
    });

    specify('complete an append whose answer was lost', async (corner) => {
      const { store, stream } = corner;
      const events = newEvents(2);
      corner.loseNextAnswer?.();
      // An adapter may try again by itself; if it gives up, it says so with the one error there is.
      const first = await store.append(stream(), 'none', events).catch((error: unknown) => error);
      if (first instanceof Error) expect(first).toBeInstanceOf(EventStoreError);
      const again = await store.append(stream(), 'none', events);
      expect(again).toMatchObject({ kind: 'appended', revision: 1n, repeated: true });
      expect(await idsIn(corner, stream())).toEqual(idsOf(events));
    });
  });

  describe('what is kept', () => {
    const expectKept = (stored: readonly StoredEvent[], texts: readonly string[]): void => {
      expect(stored.map(({ data }) => data)).toEqual(texts);
    };

    specify('every text comes back as it was', async ({ store, stream }) => {
      const words = [
        '借款人张三申请了一笔贷款',
        'emoji 👩🏽‍💻 and 𠮷 beyond the basic plane',
        `lone quotes " ' \` and \\ back\\slashes`,
        'e\u0301 is not é, \u0000 is a NUL, \u2028 a separator, \ufeff a mark',
        '',
      ];
      const texts = words.map((word) => JSON.stringify({ word }));
      const events = texts.map((text) => newEvent({ data: text, meta: text }));
      await appendTo(store, stream(), 'none', events);
      const stored = await streamOf(store.readStream(stream()));
      expect(stored.map(({ id, type, data, meta }) => ({ id, type, data, meta }))).toEqual(events);
    });

    specify('big events come back whole', async ({ store, stream }) => {
      const texts = ['x', '借'].map((letter) =>
        JSON.stringify(letter.repeat(Math.floor(sizes.bigEvent / Buffer.byteLength(letter)) - 2)),
      );
      for (const [index, data] of texts.entries()) {
        await appendTo(store, stream(), index === 0 ? 'none' : BigInt(index - 1), [newEvent({ data })]);
      }
      expectKept(await streamOf(store.readStream(stream())), texts);
    });

    specify('outlives the store that took it', async (corner) => {
      if (!corner.reopen) return;
      const { stream } = corner;
      const events = newEvents(3);
      const first = await appendTo(corner.store, stream(), 'none', events);
      const store = await corner.reopen();
      const stored = await streamOf(store.readStream(stream()));
      expect(idsOf(stored)).toEqual(idsOf(events));
      expect((await store.head()) >= first.position).toBe(true);
      expect(await store.append(stream(), 'none', events)).toEqual({ ...first, repeated: true });
      expect(await store.append(stream(), 0n, [newEvent()])).toEqual({ kind: 'conflict', actual: 2n });
      expect((await appendTo(store, stream(), 2n)).position > first.position).toBe(true);
    });
  });
};
