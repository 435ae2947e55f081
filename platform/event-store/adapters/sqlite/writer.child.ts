import { randomUUID } from 'node:crypto';
import { openSqliteEventStore } from './open';

/**
 * `writer.child <file> <round>`: appends many at once, and writes "<stream> <revision>" for each append
 * that was acknowledged. It is there to be killed, and ends by
 * itself only if nobody does.
 */
const LANES = 20;
const EVENTS_PER_APPEND = 3;
const APPENDS_PER_LANE = 5_000;

const main = async (file: string, round: string): Promise<void> => {
  const store = openSqliteEventStore(file);
  process.stdout.write('open\n');
  const lane = async (index: number): Promise<void> => {
    const stream = `loan-${round}-${index}`;
    let last: bigint | 'none' = 'none';
    for (let append = 0; append < APPENDS_PER_LANE; append += 1) {
      const events = Array.from({ length: EVENTS_PER_APPEND }, () => ({
        id: randomUUID(),
        type: 'RepaymentReceived',
        data: JSON.stringify({ filling: 'x'.repeat(300) }),
        meta: '{}',
      }));
      const result = await store.append(stream, last, events);
      if (result.kind === 'conflict') throw new Error(`${stream} is at ${result.actual}, not at ${last}`);
      last = result.revision;
      process.stdout.write(`${stream} ${last}\n`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, index) => lane(index)));
};

const [file = '', round = ''] = process.argv.slice(2);
void main(file, round);
