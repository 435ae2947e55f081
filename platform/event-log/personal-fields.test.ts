import fc from 'fast-check';
import {
  type NoteEvent,
  named,
  note,
  openNoteLog,
  readAllOf,
  revealed,
  Secret,
  tampered,
  textsOf,
} from '../../tests/support/note-log';
import type { StoredEvent } from '../event-store';
import { BrokenSealError, SubjectErasedError } from '../keys';

const letter = (to: string, address: string): NoteEvent => ({
  type: 'LetterSent',
  data: { to, address: Secret.of(address) },
});

describe('personal fields', () => {
  const canaryOf = (text: string) => `canary-${Buffer.from(text).toString('hex')}`;

  it('come back as values that reveal what was written', async () => {
    const { log, write } = await openNoteLog();
    await write('person-1', [named('张三', '13800000000'), named('李四')]);
    const [first, second] = await readAllOf(log.readStream('person-1'));
    expect(await revealed(first, 'name')).toBe('张三');
    expect(await revealed(first, 'phone')).toBe('13800000000');
    expect(await revealed(second, 'name')).toBe('李四');
    expect(second?.data).not.toHaveProperty('phone');
  });

  it('leave no byte in clear in what is stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), async (people) => {
        const { store, log, write } = await openNoteLog();
        const events = people.map((each) => named(canaryOf(each), canaryOf(`${each} phone`)));
        await write('person-1', events, [letter('person-2', canaryOf('address'))]);
        const texts = (await readAllOf(store.readStream('person-1'))).map(textsOf).join('\n');
        expect(texts).not.toContain('canary');
        for (const each of people) {
          for (const encoding of ['base64', 'base64url', 'hex'] as const) {
            expect(texts).not.toContain(Buffer.from(canaryOf(each)).toString(encoding).slice(4, 40));
          }
        }
        const read = await readAllOf(log.readStream('person-1'));
        expect(await Promise.all(people.map((_, index) => revealed(read[index], 'name')))).toEqual(
          people.map(canaryOf),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('are another text every time, so that equal people cannot be told', async () => {
    const { store, write } = await openNoteLog();
    await write('person-1', [named('张三'), named('张三')]);
    const [first, second] = await readAllOf(store.readStream('person-1'));
    expect(first?.data).not.toBe(second?.data);
    expect(first?.data).toMatch(/^\{"name":"v1\.[\w-]{22}\.[\w-]{16}\.[\w-]+"\}$/);
  });

  describe('moved by somebody who can write to the store', () => {
    const kept = async (change: (events: readonly StoredEvent[]) => StoredEvent[]) => {
      const { store, keyStore, write } = await openNoteLog();
      await write('person-1', [named('张三', '13800000000'), named('李四', '13900000000')]);
      await write('person-3', [letter('person-1', 'Nanjing Road 1')]);
      const { log } = await openNoteLog({ store: tampered(store, change), keyStore });
      return readAllOf(log.readStream('person-1'));
    };
    const withData = (event: StoredEvent, data: object): StoredEvent => ({ ...event, data: JSON.stringify(data) });
    const dataOf = (event: StoredEvent | undefined): Record<string, string> => JSON.parse(event?.data ?? '{}');

    it('open in no other field', async () => {
      const [event] = await kept((events) =>
        events.map((each) => withData(each, { name: dataOf(each)['phone'], phone: dataOf(each)['name'] })),
      );
      await expect(revealed(event, 'name')).rejects.toThrow(BrokenSealError);
      await expect(revealed(event, 'phone')).rejects.toThrow(BrokenSealError);
    });

    it('open in no other event', async () => {
      const read = await kept((events) =>
        events.map((each, index) => withData(each, dataOf(events[(index + 1) % events.length]))),
      );
      await expect(revealed(read[0], 'name')).rejects.toThrow(BrokenSealError);
      await expect(revealed(read[1], 'name')).rejects.toThrow(BrokenSealError);
    });

    it('open in no other stream, even under the same key', async () => {
      const [event] = await kept((events) => events.map((each) => ({ ...each, stream: 'person-2' })));
      await expect(revealed(event, 'name')).rejects.toThrow(BrokenSealError);
    });

    it('open under no other key name', async () => {
      const [event] = await kept((events) =>
        events.map((each) => withData(each, { name: (dataOf(each)['name'] ?? '').replace(/^v1\../, 'v1.~') })),
      );
      await expect(revealed(event, 'name')).rejects.toThrow(BrokenSealError);
    });

    it('are not taken for personal values when they are in clear', async () => {
      const [event] = await kept((events) => events.map((each) => withData(each, { name: '王五' })));
      await expect(revealed(event, 'name')).rejects.toThrow('not a sealed text');
    });
  });

  describe('of an erased person', () => {
    const erased = async () => {
      const world = await openNoteLog();
      await world.write('person-1', [named('张三', '13800000000'), note('stays')]);
      await world.write('person-2', [named('李四'), letter('person-1', 'Nanjing Road 1')]);
      await world.keys.destroy('person-1');
      return world;
    };

    it('reveal nothing any more, wherever they were written; other people and other fields do', async () => {
      const { log } = await erased();
      const [name, stays] = await readAllOf(log.readStream('person-1'));
      const [other, sent] = await readAllOf(log.readStream('person-2'));
      expect(await revealed(name, 'name')).toBeUndefined();
      expect(await revealed(name, 'phone')).toBeUndefined();
      expect(stays?.data).toEqual({ content: 'stays' });
      expect(await revealed(sent, 'address')).toBeUndefined();
      expect(sent?.data).toMatchObject({ to: 'person-1' });
      expect(await revealed(other, 'name')).toBe('李四');
    });

    it('reveal nothing either where they had been read before', async () => {
      const { log, write, keys } = await openNoteLog();
      const [written] = await write('person-1', [named('张三')]);
      const [read] = await readAllOf(log.readStream('person-1'));
      await keys.destroy('person-1');
      expect(await revealed(read, 'name')).toBeUndefined();
      expect(await revealed(written, 'name')).toBeUndefined();
    });

    it('leave the log whole: every hash holds', async () => {
      const { log } = await erased();
      expect(await log.verifyStream('person-1')).toBeUndefined();
      for await (const step of log.verifyLog()) expect(step.kind).toBe('progress');
    });

    it('cannot be written any more, while facts about them can', async () => {
      const { write } = await erased();
      await expect(write('person-1', [named('张三')])).rejects.toThrow(new SubjectErasedError('person-1'));
      expect(await write('person-1', [note('a fact')])).toHaveLength(1);
    });

    it('cannot be copied into the facts of somebody else', async () => {
      const { log, write } = await erased();
      const [name] = await readAllOf(log.readStream('person-1'));
      const copy = name?.type === 'PersonNamed' ? name.data : undefined;
      expect(copy).toBeDefined();
      if (copy)
        await expect(write('person-2', [{ type: 'PersonNamed', data: copy }])).rejects.toThrow(SubjectErasedError);
    });
  });
});
