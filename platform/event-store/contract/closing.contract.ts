import { setImmediate } from 'node:timers/promises';
import { EventStoreError } from '../event-store';
import { appendTo, type Contract, type Corner, fill, inCorner, newEvent, pagesOf, streamOf } from './harness.contract';

export const describeClosing = (contract: Contract): void => {
  const specify = (sentence: string, run: (corner: Corner) => Promise<void>): void =>
    test(sentence, inCorner(contract, run), contract.sizes.timeout);

  describe('a closed store', () => {
    specify('says so with an EventStoreError', async ({ store, stream }) => {
      await fill(store, stream(), 3);
      await store.close();
      await expect(store.append(stream(), 'any', [newEvent()])).rejects.toThrow(EventStoreError);
      await expect(streamOf(store.readStream(stream()))).rejects.toThrow(EventStoreError);
      await expect(pagesOf(store.readAll())).rejects.toThrow(EventStoreError);
      await expect(pagesOf(store.subscribe())).rejects.toThrow(EventStoreError);
      await expect(store.head()).rejects.toThrow(EventStoreError);
    });

    specify('can be closed again', async ({ store }) => {
      await store.close();
      await store.close();
    });

    specify('leaves no subscription waiting', async ({ store, stream, start }) => {
      await fill(store, stream(), 3);
      const following = async (): Promise<void> => {
        for await (const page of store.subscribe({ after: start })) {
          if (page.caughtUp) void setImmediate().then(() => store.close());
        }
      };
      await expect(following()).rejects.toThrow(EventStoreError);
    });

    specify('leaves no append unanswered', async ({ store, stream }) => {
      const appending = appendTo(store, stream(), 'none').catch((error: unknown) => error);
      await store.close();
      const answer = await appending;
      if (answer instanceof Error) expect(answer).toBeInstanceOf(EventStoreError);
      else expect(answer).toMatchObject({ kind: 'appended', revision: 0n });
    });
  });
};
