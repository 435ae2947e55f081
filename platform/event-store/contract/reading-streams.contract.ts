import { appendTo, type Contract, type Corner, fill, idsOf, inCorner, newEvent, streamOf } from './harness.contract';

export const describeReadingStreams = (contract: Contract): void => {
  const { sizes } = contract;
  const specify = (sentence: string, run: (corner: Corner) => Promise<void>): void =>
    test(sentence, inCorner(contract, run), sizes.timeout);

  describe('reading a stream', () => {
    specify('that does not exist gives no pages', async ({ store, stream }) => {
      for await (const page of store.readStream(stream())) expect(page).toBeUndefined();
      for await (const page of store.readStream(stream(), { direction: 'backwards' })) expect(page).toBeUndefined();
    });

    specify('gives whole events', async ({ store, stream }) => {
      const event = newEvent();
      const { position } = await appendTo(store, stream(), 'none', [event]);
      expect(await streamOf(store.readStream(stream()))).toEqual([
        { ...event, stream: stream(), revision: 0n, position },
      ]);
    });

    specify('forwards or backwards, from a revision, at most so many', async ({ store, stream }) => {
      const ids = idsOf(await fill(store, stream(), 10));
      const read = async (options: Parameters<typeof store.readStream>[1]): Promise<readonly string[]> =>
        idsOf(await streamOf(store.readStream(stream(), options)));

      expect(await read({})).toEqual(ids);
      expect(await read({ from: 4n })).toEqual(ids.slice(4));
      expect(await read({ from: 4n, limit: 3 })).toEqual(ids.slice(4, 7));
      expect(await read({ limit: 100 })).toEqual(ids);
      expect(await read({ from: 9n })).toEqual(ids.slice(9));
      expect(await read({ from: 10n })).toEqual([]);

      const back = ids.toReversed();
      expect(await read({ direction: 'backwards' })).toEqual(back);
      expect(await read({ direction: 'backwards', limit: 1 })).toEqual(back.slice(0, 1));
      expect(await read({ direction: 'backwards', from: 4n })).toEqual(back.slice(5));
      expect(await read({ direction: 'backwards', from: 4n, limit: 2 })).toEqual(back.slice(5, 7));
      expect(await read({ direction: 'backwards', from: 0n })).toEqual(back.slice(9));
      expect(await read({ direction: 'backwards', from: 99n, limit: 2 })).toEqual(back.slice(0, 2));
    });

    specify(`works for ${sizes.longStream} events as for a few`, async ({ store, stream }) => {
      const ids = idsOf(await fill(store, stream(), sizes.longStream, sizes.longAppend));
      const middle = Math.floor(sizes.longStream / 2);
      const most = Math.floor(sizes.longStream / 3);

      const whole = await streamOf(store.readStream(stream()));
      expect(idsOf(whole)).toEqual(ids);
      expect(whole.map(({ revision }) => revision)).toEqual(ids.map((_, index) => BigInt(index)));

      const part = await streamOf(store.readStream(stream(), { from: BigInt(middle), limit: most }));
      expect(idsOf(part)).toEqual(ids.slice(middle, middle + most));

      const back = await streamOf(store.readStream(stream(), { direction: 'backwards', limit: most }));
      expect(idsOf(back)).toEqual(ids.slice(-most).toReversed());
    });

    specify('fails when it is aborted, before it starts and on the way', async ({ store, stream }) => {
      await fill(store, stream(), sizes.longStream, sizes.longAppend);
      const reason = new Error('nobody waits for this any more');
      await expect(streamOf(store.readStream(stream(), { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);

      const abort = new AbortController();
      const reading = async (): Promise<void> => {
        for await (const page of store.readStream(stream(), { signal: abort.signal })) {
          expect(page.length).toBeLessThan(sizes.longStream);
          abort.abort(reason);
        }
      };
      await expect(reading()).rejects.toBe(reason);
    });
  });
};
