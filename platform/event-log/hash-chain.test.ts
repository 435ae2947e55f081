import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { note, openNoteLog, readAllOf } from '../../tests/support/note-log';
import type { StoredEvent } from '../event-store';
import { canonicalJson, verifyChain } from '.';

const STREAM = 'note-1';

const streamOf = async (contents: readonly unknown[]): Promise<readonly StoredEvent[]> => {
  const { store, write } = await openNoteLog();
  await write(STREAM, ...contents.map((content) => [note(content)]));
  return readAllOf(store.readStream(STREAM));
};

const contents = fc.array(fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }), { minLength: 1, maxLength: 6 });
const anyNumber = fc.nat({ max: 1_000_000 });

const TEXTS = ['id', 'stream', 'type', 'data', 'meta'] as const;

/** One bit of one character, as a mistake in memory would turn it. */
const withBitFlipped = (text: string, at: number, bit: number): string => {
  const place = at % text.length;
  return text.slice(0, place) + String.fromCharCode(text.charCodeAt(place) ^ (1 << (bit % 16))) + text.slice(place + 1);
};

/** One byte of the text as it lies on a disk. */
const withByteChanged = (text: string, at: number, change: number): string => {
  const bytes = Buffer.from(text, 'utf8');
  const place = at % bytes.length;
  bytes[place] = (bytes[place] ?? 0) ^ (1 + (change % 255));
  return bytes.toString('utf8');
};

describe('the hash chain of a stream', () => {
  it('is SHA-256 over the canonical JSON of each event, linked from 64 zeros', async () => {
    await fc.assert(
      fc.asyncProperty(contents, async (values) => {
        let previous = '0'.repeat(64);
        for (const event of await streamOf(values)) {
          const { hash, ...meta } = JSON.parse(event.meta);
          expect(meta.previousHash).toBe(previous);
          const { id, stream, type } = event;
          const hashed = { id, stream, revision: String(event.revision), type, data: JSON.parse(event.data), meta };
          expect(hash).toBe(createHash('sha256').update(canonicalJson(hashed), 'utf8').digest('hex'));
          previous = hash;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('holds as it was written, and as far as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(contents, async (values) => {
        const events = await streamOf(values);
        expect(events).toHaveLength(values.length);
        for (let length = 0; length <= events.length; length += 1) {
          expect(verifyChain(events.slice(0, length))).toBeUndefined();
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['bit', withBitFlipped],
    ['byte', withByteChanged],
  ])('finds one changed %s anywhere, and names the event', async (_, change) => {
    await fc.assert(
      fc.asyncProperty(contents, anyNumber, anyNumber, anyNumber, async (values, which, at, how) => {
        const events = await streamOf(values);
        const index = which % events.length;
        for (const name of TEXTS) {
          const changed = events.map((event, each) =>
            each === index ? { ...event, [name]: change(event[name], at, how) } : event,
          );
          expect(changed[index]?.[name]).not.toBe(events[index]?.[name]);
          expect(verifyChain(changed)).toMatchObject({ position: events[index]?.position });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('finds a removed, doubled or moved event', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { minLength: 3, maxLength: 6 }), anyNumber, async (values, which) => {
        const events = await streamOf(values);
        const index = which % (events.length - 1);
        const before = events.slice(0, index);
        const [event, next, ...after] = events.slice(index) as [StoredEvent, StoredEvent, ...StoredEvent[]];
        expect(verifyChain([...before, next, ...after])).toMatchObject({ kind: 'revision', position: next.position });
        expect(verifyChain([...before, event, event])).toMatchObject({ kind: 'revision', position: event.position });
        expect(verifyChain([...before, next, event, ...after])).toMatchObject({ position: next.position });
        const renumbered = [...before, { ...next, revision: event.revision }];
        expect(verifyChain(renumbered)).toMatchObject({ kind: 'link', position: next.position });
      }),
      { numRuns: 40 },
    );
  });

  it('finds an event that was rewritten with a hash to match: the next one does not link to it', async () => {
    const [first, second] = (await streamOf(['a', 'b'])) as [StoredEvent, StoredEvent];
    const [forged] = await streamOf(['c']);
    expect(verifyChain([forged ?? first])).toBeUndefined();
    expect(verifyChain([forged ?? first, second])).toMatchObject({ kind: 'link', revision: 1n });
  });

  it('finds a replacement character that was something else: UTF-8 would hide the difference', async () => {
    const [event] = (await streamOf(['\ufffd'])) as [StoredEvent];
    const halved = (text: string): string => text.replace('\ufffd', '\udc00');
    expect(halved(event.data)).not.toBe(event.data);
    expect(verifyChain([{ ...event, data: halved(event.data) }])).toMatchObject({ kind: 'hash' });
    expect(verifyChain([{ ...event, id: '\udc00' }])).toMatchObject({ kind: 'hash' });
  });

  it('says what is wrong and quotes nothing of the content', async () => {
    const [event] = (await streamOf(['张三'])) as [StoredEvent];
    const fault = verifyChain([{ ...event, data: event.data.replace('张三', '李四') }]);
    expect(fault).toEqual({
      kind: 'hash',
      stream: STREAM,
      revision: 0n,
      position: event.position,
      eventId: event.id,
      detail: 'is not what was hashed: its id, type, data or meta data was changed',
    });
    expect(verifyChain([{ ...event, meta: '张三' }])).toMatchObject({
      kind: 'meta',
      detail: 'its meta data is no JSON',
    });
  });
});
