import { masterKey, openSubjectKeys, SubjectErasedError } from '.';
import { MemoryKeyStore } from './adapters/memory';

const master = masterKey([Buffer.alloc(32, 7)]);

/** A store whose answers are on their way for as long as they are held. */
class SlowKeyStore extends MemoryKeyStore {
  #held: Promise<void> = Promise.resolve();

  hold(): () => void {
    let release: () => void = () => {};
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  override async ofSubject(subject: string) {
    const answer = await super.ofSubject(subject);
    await this.#held;
    return answer;
  }

  override async byId(id: string) {
    const answer = await super.byId(id);
    await this.#held;
    return answer;
  }
}

describe('the cache of subject keys', () => {
  const open = async (cache = { entries: 2, maxAgeMs: 1_000 }) => {
    const store = new SlowKeyStore();
    const reads = jest.spyOn(store, 'byId');
    const clock = { now: () => 0 };
    return { store, reads, clock, keys: await openSubjectKeys({ store, master, clock, cache }) };
  };

  it('does not keep what was read before a destruction and arrived after it', async () => {
    const { store, clock, keys } = await open();
    const { id } = await keys.current('borrower-a');
    const late = await openSubjectKeys({ store, master, clock });
    const release = store.hold();
    const reading = [late.current('borrower-a'), late.byId(id)];
    await late.destroy('borrower-a');
    release();
    await Promise.all(reading);
    expect(await late.byId(id)).toBeUndefined();
    await expect(late.current('borrower-a')).rejects.toThrow(SubjectErasedError);
  });

  it('asks the store once for a key in use', async () => {
    const { keys, reads } = await open();
    const { id } = await keys.current('borrower-a');
    for (let time = 0; time < 3; time += 1) await keys.byId(id);
    expect(reads).not.toHaveBeenCalled();
  });

  it('keeps so many keys and no more, the least recently used goes first', async () => {
    const { keys, reads } = await open();
    const [a, b] = [await keys.current('borrower-a'), await keys.current('borrower-b')];
    await keys.byId(a.id);
    await keys.current('borrower-c');
    await keys.byId(a.id);
    expect(reads).not.toHaveBeenCalled();
    await keys.byId(b.id);
    expect(reads).toHaveBeenCalledTimes(1);
  });
});
