import { type NoteEvent, named, note, openNoteLog, revealed } from '../../tests/support/note-log';
import type { RecordedEvent } from '../event-log';
import type { FeedPage } from '../processing';
import { cloudEventOf } from '../relay';
import { systemTimers } from '../runtime';
import { InProcessBroker, InProcessBus } from './adapters/in-process';
import type { BusReport } from './bus';
import { BusFeed, type BusFeedOptions } from './bus-feed';
import type { CloudEvent } from './cloud-event';

const TOPIC = 'facts';

/** What a relay publishes of a fact, saying no more than where it lies. */
const pointerTo = (fact: RecordedEvent<NoteEvent>): CloudEvent =>
  cloudEventOf(fact, { type: fact.type, data: {} }, 'urn:test');

const house = async () => {
  const { log, write } = await openNoteLog();
  const broker = new InProcessBroker({ backoff: { firstMs: 1, mostMs: 5 } });
  const bus = new InProcessBus(broker);
  const reports: BusReport[] = [];
  const feed = (graceMs = 10_000, more: Partial<BusFeedOptions<NoteEvent>> = {}): BusFeed<NoteEvent> =>
    new BusFeed<NoteEvent>({
      ...more,
      bus,
      log,
      topic: TOPIC,
      group: 'saga',
      timers: systemTimers,
      report: (report) => reports.push(report),
      quietMs: 20,
      graceMs,
    });
  const publishing = (...events: readonly CloudEvent[]): Promise<void> =>
    bus.publish(
      TOPIC,
      events.map((event) => ({ key: event.subject, event })),
    );
  const publish = (...facts: readonly RecordedEvent<NoteEvent>[]): Promise<void> => publishing(...facts.map(pointerTo));
  return { log, write, bus, feed, publish, publishing, reports };
};

/** Reads a feed until so many events have come; settles what `settles` says, and ends the iteration. */
const read = async (
  feed: BusFeed<NoteEvent>,
  count: number,
  settles: (page: FeedPage<NoteEvent>) => boolean = () => true,
): Promise<readonly RecordedEvent<NoteEvent>[]> => {
  const ending = new AbortController();
  const events: RecordedEvent<NoteEvent>[] = [];
  for await (const page of feed.subscribe({ after: '', signal: ending.signal })) {
    events.push(...page.events);
    if (settles(page)) page.settled?.();
    if (events.length >= count) ending.abort();
  }
  return events;
};

const contents = (events: readonly RecordedEvent<NoteEvent>[]): readonly unknown[] =>
  events.map(({ data }) => ('content' in data ? data.content : undefined));

describe('a consumer group as a feed', () => {
  test('gives the facts of the log, whole and openable, in order per key', async () => {
    const { write, publish, feed, bus } = await house();
    const facts = [...(await write('note-a', [note(1), note(2)])), ...(await write('person-b', [named('张三')]))];
    await publish(...facts);
    const events = await read(feed(), 3);
    expect(events.map(({ id, meta }) => ({ id, meta }))).toEqual(facts.map(({ id, meta }) => ({ id, meta })));
    expect(await revealed(events[2], 'name')).toBe('张三');
    await bus.close();
  });

  test('does not wait for one event to be settled before it gives the next of its key', async () => {
    const { write, publish, feed, bus } = await house();
    await publish(...(await write('note-a', [note(1), note(2), note(3)])));
    const held: FeedPage<NoteEvent>[] = [];
    const events = await read(feed(), 3, (page) => {
      held.push(page);
      return false;
    });
    expect(contents(events)).toEqual([1, 2, 3]);
    for (const page of held) page.settled?.();
    await bus.close();
  });

  test('what was settled is done; what was not comes again, to the next reader', async () => {
    const { write, publish, feed, bus } = await house();
    await publish(...(await write('note-a', [note(1), note(2)])));
    expect(contents(await read(feed(), 2))).toEqual([1, 2]);
    await publish(...(await write('note-a', [note(3)])));
    expect(contents(await read(feed(1), 1, () => false))).toEqual([3]);
    await publish(...(await write('note-a', [note(4)])));
    expect(contents(await read(feed(), 2))).toEqual([3, 4]);
    await bus.close();
  });

  test('what is published twice comes once, and counts as done only when it is settled', async () => {
    const { write, publish, feed, bus } = await house();
    const [one, two] = await write('note-a', [note(1), note(2)]);
    if (!one || !two) throw new Error('nothing written');
    await publish(one, one, two, one);
    expect(contents(await read(feed(), 2))).toEqual([1, 2]);
    await bus.close();
  });

  test('a message whose fact is not in the log is no fact: it is reported and passed over', async () => {
    const { write, publishing, feed, bus, reports } = await house();
    const [one] = await write('note-a', [note(1)]);
    if (!one) throw new Error('nothing written');
    const pointer = pointerTo(one);
    const strange = { ...pointer, id: '00000000-0000-4000-8000-000000000000' };
    await publishing(strange, { ...pointer, id: 'another', revision: '7' }, pointer);
    expect(contents(await read(feed(), 1))).toEqual([1]);
    const unreadable = { kind: 'unreadable', topic: TOPIC, group: 'saga', reason: 'the log holds no such event there' };
    expect(reports).toHaveLength(2);
    for (const place of ['note-a@0', 'note-a@7']) expect(reports).toContainEqual({ ...unreadable, place });
    await bus.close();
  });

  test('says that it has caught up when nothing comes', async () => {
    const { feed, bus, log } = await house();
    const ending = new AbortController();
    for await (const page of feed().subscribe({ after: 'p', signal: ending.signal })) {
      expect(page).toEqual({ events: [], through: 'p', caughtUp: true });
      ending.abort();
    }
    expect(await feed().head()).toBe(await log.head());
    await bus.close();
  });

  test('counts as come as far as the log was relayed, once nothing comes any more', async () => {
    const { write, publish, feed, bus } = await house();
    const [shown, hidden] = await write('note-a', [note(1)], [named('张三')]);
    if (!shown || !hidden) throw new Error('nothing written');
    await publish(shown);
    const ending = new AbortController();
    const through: string[] = [];
    const relayed = async (): Promise<string> => hidden.position;
    for await (const page of feed(0, { relayed }).subscribe({ after: '', signal: ending.signal })) {
      page.settled?.();
      through.push(page.through);
      if (page.through === hidden.position) ending.abort();
    }
    expect(through).toEqual([shown.position, hidden.position]);
    await bus.close();
  });
});
