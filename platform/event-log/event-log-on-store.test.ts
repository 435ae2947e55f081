import {
  contextOf,
  type NoteEvent,
  named,
  note,
  openNoteLog,
  readAllOf,
  revealed,
  Secret,
  tampered,
} from '../../tests/support/note-log';
import type { StoredEvent } from '../event-store';
import { eventIdOf, InvalidEventError, type LogPage, NO_EVENTS, UnreadableEventError } from '.';

const STREAM = 'note-1';

describe('appending', () => {
  it('gives back the events as they will be read', async () => {
    const { log, write } = await openNoteLog();
    const written = await write(STREAM, [note('a'), note({ nested: [1, 2] })], [note('c')]);
    const read = await readAllOf(log.readStream(STREAM));
    expect(read.map(({ data }) => data)).toEqual([{ content: 'a' }, { content: { nested: [1, 2] } }, { content: 'c' }]);
    const visible = (events: typeof read) =>
      events.map(({ id, stream, revision, type, data, meta }) => ({ id, stream, revision, type, data, meta }));
    expect(visible(written)).toEqual(visible(read));
    expect(read.map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
  });

  it('says who, why and when in the meta data, for every event of the command', async () => {
    const { log } = await openNoteLog();
    const { businessDate, ...said } = contextOf('a command');
    await log.append(STREAM, NO_EVENTS, [note(1), note(2)], { ...said, businessDate });
    for (const { meta } of await readAllOf(log.readStream(STREAM))) {
      expect(meta).toMatchObject({ ...said, schema: 1, valueDate: businessDate });
      expect(Object.keys(meta)).toHaveLength(10);
    }
  });

  it('counts an event for its own value date when it has one', async () => {
    const { write } = await openNoteLog();
    const backdated: NoteEvent = { type: 'NoteTaken', data: { content: '', valueDate: '2026-01-31' } };
    const [first, second] = await write(STREAM, [backdated, note('')]);
    expect(first?.meta.valueDate).toBe('2026-01-31');
    expect(second?.meta.valueDate).toBe('2026-11-22');
  });

  it('gives every event an id made of command, stream and index', async () => {
    const { log } = await openNoteLog();
    const context = contextOf('a command');
    const ids: string[] = [];
    for (const stream of [STREAM, 'note-2']) {
      const result = await log.append(stream, NO_EVENTS, [note(1), note(2)], context);
      if (result.kind === 'appended') ids.push(...result.events.map(({ id }) => id));
    }
    expect(ids).toEqual([0, 1, 2, 3].map((n) => eventIdOf(context.commandId, n < 2 ? STREAM : 'note-2', n % 2)));
    expect(new Set(ids).size).toBe(4);
  });

  it('answers a conflict with the revision that is there, and writes nothing', async () => {
    const { log, write } = await openNoteLog();
    await write(STREAM, [note('a')]);
    const late = await log.append(STREAM, NO_EVENTS, [note('b')], contextOf('late'));
    expect(late).toEqual({ kind: 'conflict', actual: 0n });
    expect(await readAllOf(log.readStream(STREAM))).toHaveLength(1);
  });

  it('answers the same command again with what was stored, even when it would be sealed anew', async () => {
    const { log } = await openNoteLog();
    const context = contextOf('a command');
    const events = [named('张三'), note('b')];
    const first = await log.append(STREAM, NO_EVENTS, events, context);
    const again = await log.append(STREAM, NO_EVENTS, events, { ...context, bookedAt: '2026-11-23T00:00:00.000Z' });
    if (first.kind === 'conflict' || again.kind === 'conflict') throw new Error('a conflict');
    expect([first.repeated, again.repeated]).toEqual([false, true]);
    expect(again.events.map(({ meta }) => meta)).toEqual(first.events.map(({ meta }) => meta));
    expect(again.head).toEqual(first.head);
    expect(again.position).toBe(first.position);
    expect(await revealed(again.events[0], 'name')).toBe('张三');
    expect(await readAllOf(log.readStream(STREAM))).toHaveLength(2);
    expect(await log.verifyStream(STREAM)).toBeUndefined();
  });

  it.each<[string, unknown, RegExp]>([
    ['an unknown type', { type: 'NoteBurnt', data: {} }, /NoteBurnt .* not a declared event type/],
    ['data of another shape', { type: 'NoteTaken', data: { text: 'x' } }, /NoteTaken .* not of its declared shape/],
    ['a personal value in clear', { type: 'PersonNamed', data: { name: '张三' } }, /not of its declared shape/],
    ['a personal value elsewhere', note({ name: Secret.of('张三') }), /not plain data/],
    ['what JSON cannot say', note(1n), /not plain data/],
    ['a value date that is no day', { type: 'NoteTaken', data: { content: '', valueDate: 'today' } }, /no day/],
  ])('refuses %s as a bug, and repeats nothing of it', async (_, event, message) => {
    const { log } = await openNoteLog();
    const append = log.append(STREAM, NO_EVENTS, [note('before'), event as NoteEvent], contextOf('a command'));
    const error = await append.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidEventError);
    expect(String(error)).toMatch(message);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('张三');
    expect(await readAllOf(log.readStream(STREAM))).toEqual([]);
  });

  it('refuses a malformed context, and no events at all', async () => {
    const { log } = await openNoteLog();
    const context = contextOf('a command');
    const append = (events: readonly NoteEvent[], change: object) =>
      log.append(STREAM, NO_EVENTS, events, { ...context, ...change });
    await expect(append([note(1)], { bookedAt: 'now' })).rejects.toThrow(InvalidEventError);
    await expect(append([note(1)], { commandId: 'not-a-uuid' })).rejects.toThrow('not a UUID');
    await expect(append([], {})).rejects.toThrow('nothing to append');
  });

  it('keeps out of the meta data what does not belong there', async () => {
    const { log } = await openNoteLog();
    const wide = { ...contextOf('a command'), token: 'secret' };
    await log.append(STREAM, NO_EVENTS, [note(1)], wide);
    const [event] = await readAllOf(log.readStream(STREAM));
    expect(event?.meta).not.toHaveProperty('token');
    expect(await log.verifyStream(STREAM)).toBeUndefined();
  });
});

describe('reading', () => {
  it('pages a stream and the whole log, and follows it', async () => {
    const { log, write } = await openNoteLog();
    await write(STREAM, [note(1)], [note(2)]);
    await write('other-1', [note(3)]);
    const contentOf = (pages: readonly LogPage<NoteEvent>[]) =>
      pages.flatMap(({ events }) => events.map(({ data }) => ('content' in data ? data.content : undefined)));
    const all: LogPage<NoteEvent>[] = [];
    for await (const page of log.readAll({ pageSize: 2 })) all.push(page);
    expect(contentOf(all)).toEqual([1, 2, 3]);
    expect(all.at(-1)).toMatchObject({ caughtUp: true, through: await log.head() });

    const stop = new AbortController();
    const followed: LogPage<NoteEvent>[] = [];
    for await (const page of log.subscribe({ categories: ['other'], signal: stop.signal })) {
      followed.push(page);
      if (page.caughtUp && contentOf(followed).length === 1) await write('other-1', [note(4)]);
      if (contentOf(followed).length === 2) stop.abort();
    }
    expect(contentOf(followed)).toEqual([3, 4]);
  });

  const stored: StoredEvent = {
    id: '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    stream: STREAM,
    revision: 4n,
    position: '000007',
    type: 'NoteTaken',
    data: '{"content":1}',
    meta: 'never looked at,"schema":1,"valueDate":"2026-11-22"}',
  };
  const reading = async (change: Partial<StoredEvent>) => {
    const { store } = await openNoteLog();
    const { log } = await openNoteLog({ store: tampered(store, () => [{ ...stored, ...change }]) });
    return readAllOf(log.readStream(STREAM));
  };

  it('does not parse the data of an event until somebody looks at it, and names one that cannot be', async () => {
    const [event] = await reading({ data: '{"content":1' + '}}' });
    expect(event?.id).toBe(stored.id);
    const look = (): unknown => event?.data;
    expect(look).toThrow(UnreadableEventError);
    expect(look).toThrow(`NoteTaken ${stored.id} (note-1 revision 4, position 000007) has data that is not a JSON`);
  });

  it('does not parse the meta data of an event until somebody looks at it', async () => {
    const [event] = await reading({});
    expect(event?.data).toEqual({ content: 1 });
    expect(() => event?.meta).toThrow(SyntaxError);
  });

  it.each<[string, Partial<StoredEvent>, string]>([
    ['of an unknown type', { type: 'NoteBurnt' }, 'is of a type that is not declared'],
    ['of a newer version', { meta: stored.meta.replace(':1,', ':2,') }, 'has version 2 where 1 is the newest known'],
    ['of a much newer version', { meta: '{"schema":12}' }, 'has version 12 where 1 is the newest known'],
    ['without a version', { meta: '{}' }, 'has version undefined where 1 is the newest known'],
    ['with broken data', { data: '{' }, 'has data that is not a JSON object'],
    ['with data that is no object', { data: 'null' }, 'has data that is not a JSON object'],
    ['with broken meta data', { meta: '{' }, 'has meta data that is not JSON'],
    [
      'with a personal field that is none',
      { type: 'PersonNamed', data: '{"name":1}' },
      'has a personal field that is not sealed',
    ],
  ])('stops at an event %s, and names it', async (_, change, why) => {
    const error = await reading(change).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableEventError);
    const type = change.type ?? 'NoteTaken';
    expect(String(error)).toBe(
      `UnreadableEventError: ${type} ${stored.id} (note-1 revision 4, position 000007) ${why}`,
    );
  });
});
