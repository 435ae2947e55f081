import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { aggregates } from '../commands';
import { type LoanEvent, type LoanState, loanDecider } from '../domain/loan';
import { categoryOf } from '../platform/event-store';
import { type Desk, openDesk } from './desk';
import { withHistory } from './history';
import { handClock } from './lives';
import { type Benchmark, compare, contestant, digestOf, type Figure, type Trial } from './support';

interface ReplaySize {
  readonly lives: number;
  readonly rounds: number;
}

const FULL: ReplaySize = { lives: 5_600, rounds: 3 };
const TINY: ReplaySize = { lives: 8, rounds: 1 };

const TARGET = 250_000;

interface Replay<Store> {
  readonly store: Store;
  /** What the log was folded into: states by stream. */
  folded: ReadonlyMap<string, unknown>;
}

const bigintAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);

/** Every state to its last field: a faster fold that folds to something else is no faster fold. */
const digestOfStates = ({ folded }: Replay<unknown>): string =>
  digestOf([...folded].map(([stream, state]) => `${stream} ${JSON.stringify(state, bigintAsText)}`));

type Folded = readonly [events: number, states: ReadonlyMap<string, unknown>];

const replaying = (folder: string, fold: (desk: Desk) => Promise<Folded>) =>
  ({
    prepare: async () => ({ store: await openDesk(folder, handClock()), folded: new Map() }),
    work: async (replay) => {
      const [operations, folded] = await fold(replay.store);
      replay.folded = folded;
      return { operations };
    },
    digest: digestOfStates,
    dispose: ({ store }) => store.close(),
  }) satisfies Trial<Replay<Desk>>;

/** Every loan as it stands, by the loan's own fold; all other events go by. */
const intoLoans = async ({ log }: Desk): Promise<Folded> => {
  const loans = new Map<string, LoanState>();
  let operations = 0;
  for await (const { events } of log.readAll()) {
    operations += events.length;
    for (const event of events) {
      if (categoryOf(event.stream) !== 'loan') continue;
      // The category says which part of the house's events it is.
      loans.set(event.stream, loanDecider.evolve(loans.get(event.stream) ?? loanDecider.initial, event as LoanEvent));
    }
  }
  return [operations, loans];
};

interface AnyFold {
  readonly initial: unknown;
  readonly evolve: (state: unknown, event: unknown) => unknown;
}

/** Every aggregate of the house as it stands: each event goes through the fold of its stream's aggregate. */
const intoEverything = async ({ log }: Desk): Promise<Folded> => {
  const folds = new Map<string, AnyFold>(
    // An aggregate folds the events of its own category alone, whatever their types.
    Object.values(aggregates).map(({ category, decider }) => [category, decider as unknown as AnyFold]),
  );
  const states = new Map<string, unknown>();
  let operations = 0;
  for await (const { events } of log.readAll()) {
    operations += events.length;
    for (const event of events) {
      const fold = folds.get(categoryOf(event.stream));
      if (!fold) throw new Error(`nothing folds ${event.stream}`);
      states.set(event.stream, fold.evolve(states.get(event.stream) ?? fold.initial, event));
    }
  }
  return [operations, states];
};

/** The ceiling: the same rows out of SQLite in pages of arrays, with their data parsed, and nothing made of them. */
export const scanning = (folder: string): Trial<Replay<Database>> => ({
  prepare: () => ({ store: new Sqlite(join(folder, 'events.db'), { readonly: true }), folded: new Map() }),
  work: (replay) => {
    const page = replay.store
      .prepare<[number], [position: number, stream: string, type: string, data: string]>(
        `SELECT position, stream, type, data FROM events WHERE position > ? ORDER BY position LIMIT 200`,
      )
      .raw();
    let [after, operations] = [0, 0];
    const seen = new Map<string, unknown>();
    for (let rows = page.all(after); rows.length > 0; rows = page.all(after)) {
      for (const [, stream, , data] of rows) {
        seen.set(stream, undefined);
        JSON.parse(data);
      }
      operations += rows.length;
      after = rows.at(-1)?.[0] ?? after;
    }
    replay.folded = seen;
    return { operations };
  },
  digest: digestOfStates,
  dispose: ({ store }) => void store.close(),
});

/** The whole log read back through the event log into folds, beside SQLite reading and parsing the same rows. */
const benchReplay = ({ lives, rounds }: ReplaySize): Promise<readonly Figure[]> =>
  withHistory(lives, (folder) => {
    const ceiling = 'raw SQLite, scan and parse';
    const unit = 'events/s';
    return compare(
      [
        contestant({ name: ceiling, unit }, scanning(folder)),
        contestant({ name: 'replay into loans', unit, ceiling, target: TARGET }, replaying(folder, intoLoans)),
        contestant({ name: 'replay into every aggregate', unit, ceiling }, replaying(folder, intoEverything)),
      ],
      rounds,
    );
  });

export const replay: Benchmark = {
  name: 'replay',
  full: () => benchReplay(FULL),
  tiny: () => benchReplay(TINY),
};
