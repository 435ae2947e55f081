import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { addDays, startOf } from '../domain/kernel';
import { levelAll, type Night, openNight, processNamed } from './night';
import { CLOSED, standingLoans } from './standing-loans';
import { digestOf } from './support';

const EVE = addDays(CLOSED, -1);

const say = (told: object): void => void process.stdout.write(`${JSON.stringify(told)}\n`);

const mustClose = async (night: Night, date: typeof CLOSED, schedulers: number): Promise<void> => {
  const all = await Promise.all(
    Array.from({ length: schedulers }, async () => (await night.scheduler().close(date)).unavailable),
  );
  if (all.flat().length > 0) throw new Error(`${date} is not closed for ${all.flat().join(', ')}`);
  await night.sagas.idle();
};

/** Writes the loans as they stand on the eve of the day, with a deadline for each, and closes the eve. */
const make = async (folder: string, loans: number, busy: number): Promise<void> => {
  const standing = standingLoans({ loans, busy });
  const { onDeadline: _, ...servicing } = processNamed('servicing');
  const waking = {
    ...servicing,
    types: ['LoanDisbursed'] as const,
    // What it would find out from the loan's stream, known beforehand.
    react: ({ stream }: { readonly stream: string }) => {
      const asOf = standing.next(stream);
      return [{ kind: 'deadline', name: 'age', at: startOf(asOf), data: { asOf } } as const];
    },
  };
  const writing = await openNight(folder, EVE, { processes: [waking] });
  await standing.write(writing.desk);
  await writing.sagas.start();
  await writing.sagas.idle();
  await levelAll(writing);
  await writing.close();
  const night = await openNight(folder, EVE);
  await night.sagas.start();
  await mustClose(night, EVE, 1);
  const eve = await night.desk.log.head();
  await night.close();
  say({ seconds: performance.now() / 1_000, eve });
};

/** Closes the day, as a process that was just started; at a given write it is gone, before it or right after it. */
const close = async (folder: string, schedulers: number, last: number): Promise<void> => {
  let writes = 0;
  const night = await openNight(folder, CLOSED, {
    watched: async (write) => {
      writes += 1;
      const isLast = writes === last;
      if (isLast && last % 2 === 0) process.kill(process.pid, 'SIGKILL');
      const result = await write();
      if (isLast) process.kill(process.pid, 'SIGKILL');
      return result;
    },
  });
  await night.sagas.start();
  await mustClose(night, CLOSED, schedulers);
  await night.close();
  const { user, system } = process.cpuUsage();
  const peakMiB = process.resourceUsage().maxRSS / 1_024;
  say({ seconds: performance.now() / 1_000, cpuMicros: user + system, peakMiB, writes });
};

/** How far a reader had come is not part of what was done. */
const withoutPlaces = (_key: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('through' in value)) return value;
  const { through: _, ...rest } = value;
  return rest;
};

const postingsSchema = z.object({
  postings: z.array(z.object({ side: z.enum(['debit', 'credit']), amount: z.object({ amount: z.string() }) })),
});

/** What an entry does to the sum of all accounts: nothing, if it balances. */
const offBy = (entry: unknown): bigint =>
  postingsSchema.parse(entry).postings.reduce((sum, { side, amount }) => {
    const minor = BigInt(amount.amount.replace('.', ''));
    return side === 'debit' ? sum + minor : sum - minor;
  }, 0n);

const mustHold = async ({ desk }: Night): Promise<void> => {
  for await (const found of desk.log.verifyLog()) {
    if (found.kind === 'finding') throw new Error(`${found.fault.stream}: ${found.fault.detail}`);
  }
};

/** What the day has left behind: every fact of it, stream by stream. The chains must hold, and the books balance. */
const tell = async (folder: string, eve: string): Promise<void> => {
  const night = await openNight(folder, CLOSED);
  await mustHold(night);
  const facts: string[] = [];
  const counts: Record<string, number> = {};
  for await (const { events } of night.desk.log.readAll({ after: eve })) {
    for (const { id, stream, revision, type, data, meta } of events) {
      if (type === 'EntryPosted' && offBy(data) !== 0n) throw new Error(`${stream}: an entry does not balance`);
      facts.push(`${stream} ${revision} ${id} ${meta.valueDate} ${JSON.stringify({ type, data }, withoutPlaces)}`);
      counts[type] = (counts[type] ?? 0) + 1;
    }
  }
  await night.close();
  say({ digest: digestOf(facts), counts });
};

const main = async ([what = '', folder = '', ...args]: readonly string[]): Promise<void> => {
  const [first = '', second = ''] = args;
  if (what === 'make') return make(folder, Number(first), Number(second));
  if (what === 'close') return close(folder, Number(first), Number(second));
  if (what === 'tell') return tell(folder, first);
  throw new Error(`nothing is called ${what}`);
};

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
