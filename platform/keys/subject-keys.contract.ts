import type { Clock } from '../runtime';
import type { KeyStore, StoredKey } from './key-store';
import { MasterKeyError, masterKey } from './master-key';
import { openSubjectKeys, SubjectErasedError, type SubjectKeys } from './subject-keys';

/** One place where keys are kept, empty at first. */
export interface KeyPlace {
  /** A store over this place, as another process or a later start would open it. */
  connect(): Promise<KeyStore>;
  dispose(): Promise<void>;
}

const SECRET = Buffer.alloc(32, 7);
const master = masterKey([SECRET]);

/** What every key store must do for subject keys to hold what they promise. */
export const subjectKeysContract = (name: string, newPlace: () => Promise<KeyPlace>): void => {
  describe(`subject keys on ${name}`, () => {
    let place: KeyPlace;
    let time = 0;
    const clock: Clock = { now: () => time };
    const open = async (store?: KeyStore): Promise<SubjectKeys> =>
      openSubjectKeys({ store: store ?? (await place.connect()), master, clock });
    const bytesOf = ({ secret }: { secret: { export(): Buffer } }): string => secret.export().toString('hex');

    beforeEach(async () => {
      place = await newPlace();
    });
    afterEach(() => place.dispose());

    it('makes a key of 32 bytes on first use and keeps to it', async () => {
      const keys = await open();
      const first = await keys.current('borrower-a');
      expect(first.secret.symmetricKeySize).toBe(32);
      expect(first.id).toMatch(/^[0-9A-Za-z_-]{22}$/);
      expect(await keys.current('borrower-a')).toEqual(first);
      expect(await keys.byId(first.id)).toEqual(first);
    });

    it('has it again after a restart', async () => {
      const made = await (await open()).current('borrower-a');
      const again = await open();
      expect(bytesOf(await again.current('borrower-a'))).toBe(bytesOf(made));
      expect((await again.byId(made.id))?.id).toBe(made.id);
    });

    it('gives every subject a key of its own', async () => {
      const keys = await open();
      const [a, b] = await Promise.all([keys.current('borrower-a'), keys.current('borrower-b')]);
      expect(a.id).not.toBe(b.id);
      expect(bytesOf(a)).not.toBe(bytesOf(b));
    });

    it('gives everybody the same key when many ask at once for the first time', async () => {
      const processes = await Promise.all([open(), open(), open()]);
      const asked = Array.from({ length: 24 }, (_, index) => processes[index % 3]?.current('borrower-a'));
      const given = new Set((await Promise.all(asked)).map((key) => key && `${key.id} ${bytesOf(key)}`));
      expect(given.size).toBe(1);
    });

    it('knows nothing of a key that was never made', async () => {
      expect(await (await open()).byId('AAAAAAAAAAAAAAAAAAAAAA')).toBeUndefined();
    });

    describe('after the destruction of a key', () => {
      it('neither gives it out nor makes another one, here and after a restart', async () => {
        const keys = await open();
        const { id } = await keys.current('borrower-a');
        const other = await keys.current('borrower-b');
        await keys.destroy('borrower-a');
        for (const each of [keys, await open()]) {
          expect(await each.byId(id)).toBeUndefined();
          await expect(each.current('borrower-a')).rejects.toThrow(new SubjectErasedError('borrower-a'));
          expect(bytesOf(await each.current('borrower-b'))).toBe(bytesOf(other));
        }
      });

      it('may be destroyed again', async () => {
        const keys = await open();
        await keys.current('borrower-a');
        await keys.destroy('borrower-a');
        await keys.destroy('borrower-a');
        await expect(keys.current('borrower-a')).rejects.toThrow(SubjectErasedError);
      });

      it('holds for a subject that never had a key', async () => {
        const keys = await open();
        await keys.destroy('borrower-a');
        await expect(keys.current('borrower-a')).rejects.toThrow(SubjectErasedError);
      });

      it('is forgotten by other processes when their cache has aged', async () => {
        const [here, there] = [await open(), await open()];
        const { id } = await there.current('borrower-a');
        await here.destroy('borrower-a');
        time += 60_000;
        expect(await there.byId(id)).toBeUndefined();
        await expect(there.current('borrower-a')).rejects.toThrow(SubjectErasedError);
      });

      it('caches nothing that was being read while it was destroyed', async () => {
        const store = await place.connect();
        const { id } = await (await open()).current('borrower-a');
        const keys = await open(store);
        await Promise.all([keys.current('borrower-a'), keys.byId(id), keys.destroy('borrower-a')].map(settled));
        expect(await keys.byId(id)).toBeUndefined();
        await expect(keys.current('borrower-a')).rejects.toThrow(SubjectErasedError);
      });
    });

    describe('under another master key', () => {
      const rotated = masterKey([Buffer.alloc(32, 8), SECRET]);

      it('wraps every key anew without changing any', async () => {
        const store = await place.connect();
        const keys = await open(store);
        const subjects = ['borrower-a', 'borrower-b', 'borrower-c'];
        const secrets = (of: SubjectKeys) => Promise.all(subjects.map(async (each) => bytesOf(await of.current(each))));
        const made = await secrets(keys);
        await keys.current('borrower-d');
        await keys.destroy('borrower-d');
        const before = await all(store);

        const under = await openSubjectKeys({ store, master: rotated, clock });
        expect(await under.rewrap()).toBe(3);
        expect(await under.rewrap()).toBe(0);

        expect(await secrets(under)).toEqual(made);
        const after = await all(store);
        expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
        const wrappings = new Set([...before, ...after].map(({ wrapped }) => wrapped));
        expect(wrappings.size).toBe(6);
      });

      it('does not bring back a key that was destroyed meanwhile', async () => {
        const store = await place.connect();
        const keys = await open(store);
        await keys.current('borrower-a');
        const [stored] = await all(store);
        await keys.destroy('borrower-a');
        expect(stored && (await store.rewrap(stored, rotated.wrap(Buffer.alloc(32), 'x')))).toBe(false);
        expect(await all(store)).toEqual([]);
      });

      it('refuses to open when the root is another one', async () => {
        const store = await place.connect();
        await open(store);
        const foreign = openSubjectKeys({ store, master: masterKey([Buffer.alloc(32, 9)]), clock });
        await expect(foreign).rejects.toThrow(MasterKeyError);
      });

      it('says so when a key was wrapped under a secret that is missing', async () => {
        const store = await place.connect();
        const under = await openSubjectKeys({ store, master: rotated, clock });
        await under.current('borrower-a');
        await expect((await open(store)).current('borrower-a')).rejects.toThrow(/not among those given/);
      });
    });

    it('keeps nothing but wrapped keys, each bound to its id and subject', async () => {
      const store = await place.connect();
      const keys = await open(store);
      const made = await keys.current('borrower-a');
      const [stored] = await all(store);
      expect(stored).toMatchObject({ id: made.id, subject: 'borrower-a' });
      expect(JSON.stringify(stored)).not.toContain(made.secret.export().toString('base64url'));
      expect(() => master.unwrap(stored?.wrapped ?? '', `data key ${made.id} of borrower-b`)).toThrow(
        /belongs elsewhere/,
      );
    });
  });
};

const settled = (work: Promise<unknown>): Promise<void> =>
  work.then(
    () => undefined,
    () => undefined,
  );

const all = async (store: KeyStore): Promise<readonly StoredKey[]> => {
  const keys: StoredKey[] = [];
  for await (const key of store.all()) keys.push(key);
  return keys;
};
