import { join } from 'node:path';
import type { CommandRequest } from '../commands';
import { addDays, type BusinessDate, type MoneyText } from '../domain/kernel';
import type { PaymentChannel } from '../gateways/channel';
import type { CustodyBank } from '../gateways/custody';
import type { EventStore } from '../platform/event-store';
import { type Dispatch, LogFeed, SagaRunner, Sagas } from '../platform/processing';
import type { ReadStore } from '../platform/read-store';
import { SqliteReadStore } from '../platform/read-store/adapters/sqlite';
import { systemTimers } from '../platform/runtime';
import { CloseOfDay, DebitRun, type DueDates, daySteps, deadlinesOf, type HouseSaga, houseSagas } from '../sagas';
import { type Desk, openDesk } from './desk';
import { morningOf } from './town';

/** Every process of the house. */
const PROCESSES = houseSagas({ firstCreditLimit: { amount: '50000.00', currency: 'CNY' } });

const NOTHING: MoneyText = { amount: '0.00', currency: 'CNY' };

/** Nobody lets us take anything: what is due is paid by those who owe it. */
const NO_MANDATES: DueDates = { partitions: 1, caughtUp: async () => undefined, open: async () => ({ items: [] }) };

/** Sees every durable write, of events and of read models: done by calling `write`. */
export type Watched = <Result>(write: () => Promise<Result>) => Promise<Result>;

export interface Night {
  readonly desk: Desk;
  readonly store: ReadStore;
  readonly sagas: Sagas;
  /** A close of day as a process of its own would have it: it remembers nothing of the others'. */
  readonly scheduler: () => CloseOfDay;
  close(): Promise<void>;
}

const watch = (events: EventStore, reads: ReadStore, watched: Watched): void => {
  const [append, commit] = [events.append.bind(events), reads.commit.bind(reads)];
  events.append = (...args) => watched(() => append(...args));
  reads.commit = (batch) => watched(() => commit(batch));
};

/**
 * The house without doors on a data folder, on the morning after a business date: its log, its processes, its close of
 * day. No money has moved, so nobody outside is asked for anything but an empty statement.
 */
export const openNight = async (
  folder: string,
  date: BusinessDate,
  { processes = PROCESSES, watched }: { processes?: readonly HouseSaga[]; watched?: Watched } = {},
): Promise<Night> => {
  const clock = { now: () => morningOf(addDays(date, 1)) };
  const desk = await openDesk(folder, clock);
  const { bus, log } = desk;
  const store = SqliteReadStore.open(join(folder, 'reads.db'));
  if (watched) watch(desk.store, store, watched);
  const dispatch: Dispatch<CommandRequest> = async (command, context) => {
    const result = await bus.execute(command, context);
    if (result.kind === 'accepted') return { kind: 'accepted' };
    return { kind: 'refused', code: result.refusal.code, detail: result.refusal.detail };
  };
  const effects = async (): Promise<never> => {
    throw new Error('nothing is to be done outside');
  };
  const timers = systemTimers;
  const feed = new LogFeed(log, { timers });
  const limits = { pollMs: 'never' } as const;
  const parts = { view: bus, dispatch, effects, feed, log, store, clock, timers, limits };
  const sagas = new Sagas(() => processes.map((saga) => new SagaRunner({ ...parts, saga })), log);
  const empty = { outcome: 'answered' as const, statementHash: 'none', lines: [] };
  // Of its partners the close of day asks for names and statements only.
  const channel = { name: 'bench', statement: async () => empty } as Partial<PaymentChannel> as PaymentChannel;
  const statement = async () => ({ ...empty, businessDate: date, opening: NOTHING, closing: NOTHING });
  const custody = { name: 'custody', statement } as Partial<CustodyBank> as CustodyBank;
  const debits = new DebitRun({ bus, dueDates: NO_MANDATES });
  const steps = () => daySteps({ log, bus, store, deadlines: deadlinesOf(sagas, store), debits });
  return {
    ...{ desk, store, sagas },
    scheduler: () => new CloseOfDay({ log, bus, store, channels: [channel], custody, currency: 'CNY', steps: steps() }),
    close: async () => {
      await sagas.stop();
      await store.close();
      await desk.close();
    },
  };
};

/** The house's processes have done all there was to do for what is on record now. */
export const levelAll = async ({ desk, store }: Night): Promise<void> => {
  const checkpoint = await desk.log.head();
  for (const { name } of PROCESSES) await store.commit({ reader: name, checkpoint, puts: [] });
};

/** The process that sets each loan's deadline, told by somebody else which one that is. */
export const processNamed = (name: string): HouseSaga => {
  const found = PROCESSES.find((saga) => saga.name === name);
  if (found === undefined) throw new Error(`no process is called ${name}`);
  return found;
};
