import { z } from 'zod';
import {
  loggedType,
  type NoteEvent,
  noteRegistry,
  openNoteLog,
  readAllOf,
  revealed,
  Secret,
  upcasters,
} from '../../tests/support/note-log';
import { createEventLog, type EventShape, type LoggedType, UnreadableEventError, type Upcaster } from '.';

/**
 * One type through its three versions. What each version wrote stays as a fixture for ever, beside what it means today.
 */
const shapes = {
  1: z.strictObject({ fullName: z.instanceof(Secret), residence: z.string() }),
  2: z.strictObject({ name: z.instanceof(Secret), residence: z.string() }),
  3: z.strictObject({ name: z.instanceof(Secret), city: z.string(), street: z.string().nullable() }),
};

const renameFullName: Upcaster = ({ fullName, ...data }) => ({ ...data, name: fullName });
const splitResidence: Upcaster = ({ residence, ...data }) => {
  const [city, street = null] = String(residence).split(', ');
  return { ...data, city, street };
};

const versions: Readonly<Record<1 | 2 | 3, LoggedType>> = {
  1: loggedType(shapes[1], { personalFields: ['fullName'] }),
  2: loggedType(shapes[2], {
    ...upcasters(renameFullName),
    personalFields: ['name'],
    formerPersonalFields: ['fullName'],
  }),
  3: loggedType(shapes[3], {
    ...upcasters(renameFullName, splitResidence),
    personalFields: ['name'],
    formerPersonalFields: ['fullName'],
  }),
};

const fixtures = [
  {
    version: 1,
    before: { fullName: '张三', residence: '上海, 南京路 1' },
    after: { city: '上海', street: '南京路 1' },
  },
  { version: 2, before: { name: '张三', residence: '北京' }, after: { city: '北京', street: null } },
  {
    version: 3,
    before: { name: '张三', city: '广州', street: '北京路 2' },
    after: { city: '广州', street: '北京路 2' },
  },
] as const;

/** A world in which the type is at a version. Worlds that share a store and keys are one house, years apart. */
const worldAt = (type: LoggedType, earlier: Partial<Awaited<ReturnType<typeof openNoteLog>>> = {}) =>
  openNoteLog<EventShape>({ ...earlier, others: { ResidentMoved: type } });

const movedOf = (before: Readonly<Record<string, string>>): EventShape => {
  const { name, fullName, ...open } = before;
  const personal = { ...(name && { name: Secret.of(name) }), ...(fullName && { fullName: Secret.of(fullName) }) };
  return { type: 'ResidentMoved', data: { ...open, ...personal } };
};

describe('an event of an older version', () => {
  it.each(fixtures)("of version $version reads in today's shape", async ({ version, before, after }) => {
    const then = await worldAt(versions[version]);
    await then.write('resident-1', [movedOf(before)]);
    const today = await worldAt(versions[3], then);
    const [event] = await readAllOf(today.log.readStream('resident-1'));
    expect(event?.data).toMatchObject(after);
    expect(Object.keys(event?.data ?? {}).sort()).toEqual(['city', 'name', 'street']);
    expect(await revealed(event, 'name')).toBe('张三');
    expect(event?.meta.schema).toBe(version);
  });

  it('keeps its bytes and its hash, and takes newer ones after it in its stream', async () => {
    const then = await worldAt(versions[1]);
    await then.write('resident-1', [movedOf(fixtures[0].before)]);
    const [before] = await readAllOf(then.store.readStream('resident-1'));
    const today = await worldAt(versions[3], then);
    await today.write('resident-1', [movedOf(fixtures[2].before)]);
    const [after, newer] = await readAllOf(today.store.readStream('resident-1'));
    expect(after).toEqual(before);
    expect(await today.log.verifyStream('resident-1')).toBeUndefined();
    const read = await readAllOf(today.log.readStream('resident-1'));
    expect(read.map(({ meta }) => meta.schema)).toEqual([1, 3]);
    expect(newer?.meta).toContain('"schema":3');
  });

  it('reveals nothing after erasure, whatever its version', async () => {
    const then = await worldAt(versions[1]);
    await then.write('resident-1', [movedOf(fixtures[0].before)]);
    await then.keys.destroy('resident-1');
    const today = await worldAt(versions[3], then);
    const [event] = await readAllOf(today.log.readStream('resident-1'));
    expect(event?.data).toMatchObject(fixtures[0].after);
    expect(await revealed(event, 'name')).toBeUndefined();
  });

  it('cannot be read by software that is older than it', async () => {
    const today = await worldAt(versions[3]);
    await today.write('resident-1', [movedOf(fixtures[2].before)]);
    const older = await worldAt(versions[2], today);
    await expect(readAllOf(older.log.readStream('resident-1'))).rejects.toThrow(
      /ResidentMoved .*resident-1 revision 0, position .* has version 3 where 2 is the newest known/,
    );
  });

  it.each<[string, Partial<LoggedType>]>([
    ['throws', upcasters(() => JSON.parse('{'))],
    ["gives another shape than today's", upcasters((data) => data)],
  ])('stops the reader when its upcaster %s', async (_, wrong) => {
    const then = await worldAt(versions[1]);
    await then.write('resident-1', [movedOf(fixtures[0].before)]);
    const today = await worldAt({ ...versions[2], ...wrong }, then);
    const error = await readAllOf(today.log.readStream('resident-1')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableEventError);
    expect(String(error)).toContain('could not be lifted from version 1 to 2');
  });

  it('stops the reader when a personal field of then is forgotten: it would pass for plain text', async () => {
    const then = await worldAt(versions[1]);
    await then.write('resident-1', [movedOf(fixtures[0].before)]);
    const today = await worldAt({ ...versions[2], formerPersonalFields: [] }, then);
    await expect(readAllOf(today.log.readStream('resident-1'))).rejects.toThrow(UnreadableEventError);
  });
});

it('a type with a step too few or too many is refused when the log is opened', async () => {
  const { store, keys } = await openNoteLog();
  const registry = noteRegistry({ ResidentMoved: { ...versions[3], schema: 2 } });
  expect(() => createEventLog<NoteEvent>({ store, registry, keys })).toThrow('is at version 2 and has 2 upcasters');
});
