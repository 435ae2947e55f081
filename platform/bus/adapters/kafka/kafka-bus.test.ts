import { message } from '../../contract/harness.contract';
import { Assignment } from './assignment';
import { describeKafka } from './kafka-bus.contract';
import { decode, encode } from './message';
import { runsOf } from './publisher';

// The contract needs a broker. `npm run test:services` brings one along; here it runs where one is named.
const brokers = process.env['KAFKA_BROKERS'];
if (brokers) describeKafka(brokers.split(','));

describe('Kafka messages', () => {
  const sent = message('借款-1', 7, { note: '中' });

  test('carry the whole CloudEvent and the key', () => {
    const { key, value, headers } = encode(sent);
    expect(key).toBe('借款-1');
    expect(headers).toEqual({ 'content-type': 'application/cloudevents+json; charset=UTF-8' });
    expect(decode({ key: Buffer.from('借款-1'), value: Buffer.from(value) })).toEqual({
      kind: 'message',
      message: sent,
    });
  });

  test.each([
    ['without a key', null, '{}', 'it has no key'],
    ['without a value', 'k', null, 'it has no value'],
    ['that are not JSON', 'k', '{"id":"Zhang San', 'it is not JSON'],
    ['that are no object', 'k', '"Zhang San"', 'it is not a CloudEvent: not an object'],
    [
      'of another shape',
      'k',
      JSON.stringify({ ...sent.event, id: '', revision: 'Zhang San' }),
      'it is not a CloudEvent: id, revision',
    ],
  ])('%s are unreadable for a reason that quotes nothing', (_, key, value, reason) => {
    const buffer = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text));
    expect(decode({ key: buffer(key), value: buffer(value) })).toEqual({ kind: 'unreadable', reason });
  });

  test('are cut into requests by number and by size; one that is too large travels alone', () => {
    const values = ['aa', 'aa', 'aa', 'aaaaaaaaaa', 'a', '中'].map((value) => ({ value }));
    const runs = runsOf(values, { batchBytesMax: 4, batchMessagesMax: 2 });
    expect(runs.map((run) => run.map(({ value }) => value))).toEqual([
      ['aa', 'aa'],
      ['aa'],
      ['aaaaaaaaaa'],
      ['a', '中'],
    ]);
    expect(runsOf([], { batchBytesMax: 4, batchMessagesMax: 2 })).toEqual([]);
  });
});

describe('partitions held by a member', () => {
  const taken = (assignment: Assignment, partition: number, ...offsets: readonly bigint[]): readonly boolean[] =>
    offsets.map((offset) => assignment.holding(partition).progress.take(offset));

  test('keep their progress while they stay, so that what is fetched again is not taken up again', () => {
    const assignment = new Assignment();
    assignment.joined('member-1', [0, 1]);
    expect(taken(assignment, 0, 5n, 6n)).toEqual([true, true]);
    assignment.joined('member-1', [0]);
    expect(taken(assignment, 0, 5n, 6n, 7n)).toEqual([false, false, true]);
    expect(assignment.span).toBe(3);
  });

  test('are lost for good when they go, and begin anew when they come back', () => {
    const assignment = new Assignment();
    assignment.joined('member-1', [0]);
    const before = assignment.holding(0);
    before.progress.take(5n);
    assignment.joined('member-1', []);
    assignment.joined('member-1', [0]);
    expect(before.lost).toBe(true);
    expect(assignment.holding(0)).not.toBe(before);
    expect(taken(assignment, 0, 5n)).toEqual([true]);
  });

  test('are all lost when the group had given the member up', () => {
    const assignment = new Assignment();
    assignment.joined('member-1', [0]);
    taken(assignment, 0, 5n);
    assignment.joined('member-2', [0]);
    expect(taken(assignment, 0, 5n)).toEqual([true]);
  });

  test('are committed up to the oldest message that is not done', () => {
    const assignment = new Assignment();
    assignment.joined('member-1', [3]);
    const { progress } = assignment.holding(3);
    for (const offset of [10n, 11n, 14n]) progress.take(offset);
    progress.done(11n);
    expect(assignment.uncommitted()).toEqual([]);
    progress.done(10n);
    expect(assignment.uncommitted().map(({ place }) => place)).toEqual([12n]);
    progress.done(14n);
    expect(assignment.uncommitted().map(({ place }) => place)).toEqual([15n]);
    expect(progress.span).toBe(0);
  });
});
