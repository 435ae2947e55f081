import { composeHouse } from '../../app/container';
import { dueDatesOf } from '../../app/due-dates';
import { partnerUrls } from '../../app/partners';
import { openStores } from '../../app/stores';
import { given, TOKENS, the } from '../../app/tokens';
import { type CommandRequest, createCommandBus } from '../../commands';
import type { DomainEvent } from '../../domain/events';
import { businessDate, startOf } from '../../domain/kernel';
import { readConfig } from '../../platform/config';
import { openSubjectKeys } from '../../platform/keys';
import { type Dispatch, ProjectionRunner, SagaRunner, Sagas } from '../../platform/processing';
import { type Clock, systemTimers } from '../../platform/runtime';
import { createLogger } from '../../platform/telemetry';
import { projections } from '../../projections';
import { carryOut, DebitRun, houseSagas } from '../../sagas';

/** The day on which every loan of the drill has its first installment due, and the hour at which debits begin. */
export const DUE = businessDate('2026-02-15');
export const DEBITS_BEGIN = Date.parse(startOf(DUE)) + 9 * 3_600_000;

/** The processes that have to do with debits; how the loans came about is not their business. */
const AT_WORK: ReadonlySet<string> = new Set(['collection', 'direct-debit', 'servicing', 'bookkeeping']);

/**
 * What the drill needs of the house, on stores in a folder: its processes, the read model of mandates, and two
 * schedulers, each with a command bus of its own, so that they know no more of each other than two processes do.
 */
export const openDebitHouse = async (folder: string, urls: string, clock: Clock) => {
  const config = readConfig({ USANCE_DATA: folder, USANCE_LOG_LEVEL: 'fatal', USANCE_ROLES: 'projections,sagas' });
  const stores = await openStores(config);
  const container = composeHouse({
    ...{ config, clock, stores, timers: systemTimers, logger: createLogger('fatal'), pollDeadlinesMs: 100 },
    subjectKeys: await openSubjectKeys({ store: stores.keys, master: stores.master, clock }),
    partnerUrls: partnerUrls(urls),
  });
  const log = the(container, TOKENS.eventLog);
  const anotherBus = () => createCommandBus({ log, clock, writers: 'many' });
  const readModels = new ProjectionRunner<DomainEvent>({
    projections: [projections.mandates, projections.channels],
    ...{ feed: the(container, TOKENS.feed), store: stores.reads, clock, timers: systemTimers },
  });
  const bus = anotherBus();
  given(container, TOKENS.commandBus, bus);
  given(container, TOKENS.queries, readModels);
  const effects = carryOut(the(container, TOKENS.outsideWorld));
  const dispatch: Dispatch<CommandRequest> = async (command, context) => {
    const result = await bus.execute(command, context);
    if (result.kind === 'accepted') return { kind: 'accepted' };
    return { kind: 'refused', code: result.refusal.code, detail: result.refusal.detail };
  };
  const sagas = new Sagas(
    () =>
      houseSagas({ firstCreditLimit: { amount: '1.00', currency: 'CNY' } })
        .filter(({ name }) => AT_WORK.has(name))
        .map(
          (saga) =>
            new SagaRunner({
              ...{ saga, view: bus, dispatch, effects, log, clock, feed: the(container, TOKENS.feed) },
              ...{ store: stores.reads, timers: systemTimers, limits: { pollMs: 100 } },
            }),
        ),
    log,
  );
  const dueDates = dueDatesOf(log, readModels);
  const halves = [0, dueDates.partitions / 2];
  const schedulers = halves.map((first) => new DebitRun({ bus: anotherBus(), dueDates, first }));
  return {
    log,
    bus,
    sagas,
    start: async () => {
      await readModels.start();
      await sagas.start();
    },
    /** Waits until everything that is on record has been reacted to, and can be read. */
    atRest: async () => {
      await sagas.idle();
      await dueDates.caughtUp();
    },
    /** Both schedulers at once. */
    order: async () => (await Promise.all(schedulers.map((each) => each.run(DUE)))).map(({ ordered }) => ordered),
    close: async () => {
      await sagas.stop();
      await readModels.stop();
      await the(container, TOKENS.partners).close();
      await stores.close();
    },
  };
};

export type DebitHouse = Awaited<ReturnType<typeof openDebitHouse>>;
