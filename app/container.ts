import 'reflect-metadata';
import { hash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { type DependencyContainer, container as root } from 'tsyringe';
import { type CommandRequest, createCommandBus } from '../commands';
import type { DomainEvent } from '../domain/events';
import { BusFeed } from '../platform/bus';
import type { Config } from '../platform/config';
import { createEventLog } from '../platform/event-log';
import { createTokens } from '../platform/http';
import { createBlindIndexer, type SubjectKeys } from '../platform/keys';
import { type Dispatch, LogFeed, ProjectionRunner, SagaRunner, Sagas, StoredProjections } from '../platform/processing';
import { Relay, relayedThrough } from '../platform/relay';
import { type Clock, systemIds, type Timers } from '../platform/runtime';
import { createMetrics, type Logger } from '../platform/telemetry';
import { projections } from '../projections';
import { decisionDesk } from '../risk';
import { SourceDesk } from '../risk/sources';
import { CloseOfDay, carryOut, DebitRun, daySteps, deadlinesOf, type HouseSaga, houseSagas } from '../sagas';
import { channelsOf } from './channels';
import { dueDatesOf } from './due-dates';
import { Duties } from './duties';
import { eventRegistry } from './event-registry';
import { measured } from './figures';
import { knowledgeOf } from './knowledge';
import { messagesBy } from './messages';
import { shippedModels } from './models';
import { leadershipObserver, partnerMetrics, processingObserver, relayObserver } from './observers';
import { operationsOf } from './operations';
import { otherModels } from './other-models';
import { openPartners, type PartnerUrls } from './partners';
import { policyShelf } from './policies';
import { PUBLIC_TOPIC, publicKeyOf, SOURCE, toPublic } from './public-events';
import { riskLists } from './risk-lists';
import { custodySigningKeyOf, tokenSecretOf } from './secrets';
import type { Stores } from './stores';
import { given, provide, TOKENS, the } from './tokens';

export interface Parts {
  readonly config: Config;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly stores: Stores;
  readonly subjectKeys: SubjectKeys;
  readonly partnerUrls: PartnerUrls;
  /** Deadlines are looked for by the runners themselves; `never` where a simulation drives the clock. */
  readonly pollDeadlinesMs: number | 'never';
}

/** The one relay of this house, by whose checkpoint the feeds know how far the bus has come. */
const RELAY = 'public';

/** What a newly verified borrower may owe in all. */
const FIRST_CREDIT_LIMIT = { amount: '50000.00', currency: 'CNY' } as const;

/** Puts the house together: what stands behind each token, made when it is first asked for. */
export const composeHouse = (parts: Parts): DependencyContainer => {
  const { config, stores } = parts;
  const house = root.createChildContainer();
  given(house, TOKENS.config, config);
  given(house, TOKENS.clock, parts.clock);
  given(house, TOKENS.timers, parts.timers);
  given(house, TOKENS.logger, parts.logger);
  given(house, TOKENS.ids, systemIds);
  given(house, TOKENS.eventStore, stores.events);
  given(house, TOKENS.readStore, stores.reads);
  given(house, TOKENS.bus, stores.bus);
  given(house, TOKENS.leases, stores.leases);
  given(house, TOKENS.masterKey, stores.master);
  given(house, TOKENS.subjectKeys, parts.subjectKeys);

  provide(house, TOKENS.metrics, createMetrics);
  provide(house, TOKENS.observer, (of) => processingObserver(the(of, TOKENS.metrics), parts.logger));
  provide(house, TOKENS.duties, (of) => {
    const observer = leadershipObserver(the(of, TOKENS.metrics), parts.logger);
    return new Duties(stores.leases, { timers: parts.timers, observer });
  });
  provide(house, TOKENS.blindIndexer, () => createBlindIndexer(stores.master));
  provide(house, TOKENS.tokens, () => createTokens(tokenSecretOf(config, stores.master), () => parts.clock.now()));
  provide(house, TOKENS.eventLog, () =>
    createEventLog<DomainEvent>({ store: stores.events, registry: eventRegistry, keys: parts.subjectKeys }),
  );
  provide(house, TOKENS.feed, (of) => new LogFeed(the(of, TOKENS.eventLog), { timers: parts.timers }));
  provide(house, TOKENS.commandBus, (of) =>
    measured(
      createCommandBus({
        log: the(of, TOKENS.eventLog),
        clock: parts.clock,
        // The SQLite file has one writer, this process; a server's log may have others.
        writers: config.EVENT_STORE_URL ? 'many' : 'this-process',
      }),
      the(of, TOKENS.metrics),
    ),
  );
  provide(house, TOKENS.partners, (of) =>
    openPartners({
      urls: parts.partnerUrls,
      seed: String(config.USANCE_SEED),
      custodySigning: custodySigningKeyOf(stores.master),
      clock: parts.clock,
      metrics: partnerMetrics(the(of, TOKENS.metrics)),
    }),
  );
  provide(house, TOKENS.channels, (of) => {
    const { channel, channels } = the(of, TOKENS.partners);
    return channelsOf(channel, channels, the(of, TOKENS.queries));
  });
  provide(house, TOKENS.policies, (of) => policyShelf(the(of, TOKENS.commandBus), shippedModels));
  provide(house, TOKENS.otherModels, () => otherModels(config, parts.timers));
  provide(house, TOKENS.desk, (of) =>
    decisionDesk({
      policies: the(of, TOKENS.policies),
      stopwatch: () => performance.now(),
      other: the(of, TOKENS.otherModels).engine,
    }),
  );
  provide(house, TOKENS.outsideWorld, (of) => {
    const { bureau, identities, custody, esign, sources } = the(of, TOKENS.partners);
    const lists = riskLists(config.USANCE_RISK_LISTS, {
      clock: parts.clock,
      report: (error) => parts.logger.error({ err: error }, 'risk lists'),
    });
    return {
      read: the(of, TOKENS.commandBus),
      clock: parts.clock,
      stopwatch: () => performance.now(),
      bureau,
      identities,
      channels: the(of, TOKENS.channels),
      custody,
      esign,
      messages: messagesBy(config, the(of, TOKENS.commandBus), the(of, TOKENS.ids)),
      decide: the(of, TOKENS.desk),
      sources,
      deadlineMs: () => config.USANCE_SOURCE_DEADLINE_MS,
      sourceDesk: new SourceDesk({ clock: parts.clock, stopwatch: () => performance.now() }),
      knowledge: knowledgeOf(the(of, TOKENS.queries), config.USANCE_SOURCE_DEADLINE_MS),
      lists,
      hash: sha256,
      destroyKey: (borrowerId) => parts.subjectKeys.destroy(borrowerId),
    };
  });
  provide(
    house,
    TOKENS.projectionRunner,
    (of) =>
      new ProjectionRunner<DomainEvent>({
        projections: Object.values(projections),
        feed: the(of, TOKENS.feed),
        store: stores.reads,
        clock: parts.clock,
        timers: parts.timers,
        observer: the(of, TOKENS.observer),
      }),
  );
  provide(house, TOKENS.queries, (of) => {
    // Where leases are shared, another process may keep the read models up to date, now or later.
    const here = config.USANCE_ROLES.includes('projections') && !config.REDIS_URL;
    return here ? the(of, TOKENS.projectionRunner) : new StoredProjections(stores.reads, parts.clock, parts.timers);
  });
  provide(
    house,
    TOKENS.relay,
    (of) =>
      new Relay<DomainEvent>({
        name: RELAY,
        log: the(of, TOKENS.eventLog),
        bus: stores.bus,
        store: stores.reads,
        topic: PUBLIC_TOPIC,
        source: SOURCE,
        toPublic,
        keyOf: publicKeyOf,
        clock: parts.clock,
        timers: parts.timers,
        observer: relayObserver(the(of, TOKENS.metrics), parts.logger),
      }),
  );
  provide(house, TOKENS.sagas, (of) => sagasOf(of, parts));
  provide(house, TOKENS.closeOfDay, (of) => {
    const { channels, custody } = the(of, TOKENS.partners);
    const [log, bus, sagas] = [the(of, TOKENS.eventLog), the(of, TOKENS.commandBus), the(of, TOKENS.sagas)];
    const debits = the(of, TOKENS.debitRun);
    const store = stores.reads;
    const steps = daySteps({ log, bus, store, deadlines: deadlinesOf(sagas, store), debits });
    return new CloseOfDay({ log, bus, store, channels: [...channels.values()], custody, currency: 'CNY', steps });
  });
  provide(house, TOKENS.debitRun, (of) => {
    const dueDates = dueDatesOf(the(of, TOKENS.eventLog), the(of, TOKENS.queries));
    return new DebitRun({ bus: the(of, TOKENS.commandBus), dueDates, first: process.pid });
  });
  provide(house, TOKENS.operations, (of) =>
    operationsOf({
      sagas: config.USANCE_ROLES.includes('sagas') ? the(of, TOKENS.sagas) : undefined,
      projections: () => (the(of, TOKENS.duties).has('projections') ? the(of, TOKENS.projectionRunner) : undefined),
      projectionNames: Object.values(projections).map(({ name }) => name),
    }),
  );
  return house;
};

export const sha256 = (text: string): string => hash('sha256', text, 'hex');

const sagasOf = (house: DependencyContainer, parts: Parts): Sagas => {
  const { config, stores, clock, timers, logger } = parts;
  const bus = the(house, TOKENS.commandBus);
  const log = the(house, TOKENS.eventLog);
  const observer = the(house, TOKENS.observer);
  const dispatch: Dispatch<CommandRequest> = async (command, { commandId, correlationId, causationId, actor }) => {
    const result = await bus.execute(command, { commandId, correlationId, causationId, actor });
    if (result.kind === 'accepted') return { kind: 'accepted' };
    return { kind: 'refused', code: result.refusal.code, detail: result.refusal.detail };
  };
  const feedOf = ({ name }: HouseSaga) =>
    config.KAFKA_BROKERS
      ? new BusFeed<DomainEvent>({
          bus: stores.bus,
          log,
          topic: PUBLIC_TOPIC,
          group: `saga-${name}`,
          relayed: () => relayedThrough(stores.reads, RELAY),
          timers,
          report: (report) => logger.warn({ saga: name, report }, 'bus'),
        })
      : the(house, TOKENS.feed);
  const effects = carryOut(the(house, TOKENS.outsideWorld));
  const runners = () =>
    houseSagas({ firstCreditLimit: FIRST_CREDIT_LIMIT }).map(
      (saga) =>
        new SagaRunner({
          saga,
          view: bus,
          dispatch,
          effects,
          feed: feedOf(saga),
          log,
          store: stores.reads,
          clock,
          timers,
          observer,
          limits: { pollMs: parts.pollDeadlinesMs },
          onDuty: () => !config.KAFKA_BROKERS || the(house, TOKENS.duties).has('deadlines'),
        }),
    );
  return new Sagas(runners, log);
};
