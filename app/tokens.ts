import type { DependencyContainer, InjectionToken } from 'tsyringe';
import type { CommandBus } from '../commands';
import type { DomainEvent } from '../domain/events';
import type { CustodyBank } from '../gateways/custody';
import type { Bus } from '../platform/bus';
import type { Config } from '../platform/config';
import type { VerifiableEventLog } from '../platform/event-log';
import type { EventStore } from '../platform/event-store';
import type { Tokens } from '../platform/http';
import type { BlindIndexer, MasterKey, SubjectKeys } from '../platform/keys';
import type { Leases } from '../platform/lease';
import type { EventFeed, ProcessingObserver, ProjectionQueries, ProjectionRunner, Sagas } from '../platform/processing';
import type { ReadStore } from '../platform/read-store';
import type { Relay } from '../platform/relay';
import type { Clock, Ids, Timers } from '../platform/runtime';
import type { Logger, Metrics } from '../platform/telemetry';
import type { DecisionDesk, PolicyShelf } from '../risk';
import type { Channels, CloseOfDay, DebitRun, OutsideWorld } from '../sagas';
import type { Operations } from '../write-api';
import type { Duties } from './duties';
import type { OtherModels } from './other-models';
import type { Partners } from './partners';

/** A token that knows what it stands for. */
export interface Token<T> {
  readonly symbol: InjectionToken<T>;
}

const token = <T>(name: string): Token<T> => ({ symbol: Symbol(name) });

/** Everything that the composition root puts together, by name. No other room knows of these. */
export const TOKENS = {
  config: token<Config>('config'),
  clock: token<Clock>('clock'),
  timers: token<Timers>('timers'),
  ids: token<Ids>('ids'),
  logger: token<Logger>('logger'),
  metrics: token<Metrics>('metrics'),
  observer: token<ProcessingObserver>('observer'),
  masterKey: token<MasterKey>('masterKey'),
  blindIndexer: token<BlindIndexer>('blindIndexer'),
  subjectKeys: token<SubjectKeys>('subjectKeys'),
  tokens: token<Tokens>('tokens'),
  eventStore: token<EventStore>('eventStore'),
  eventLog: token<VerifiableEventLog<DomainEvent>>('eventLog'),
  readStore: token<ReadStore>('readStore'),
  bus: token<Bus>('bus'),
  leases: token<Leases>('leases'),
  duties: token<Duties>('duties'),
  feed: token<EventFeed<DomainEvent>>('feed'),
  commandBus: token<CommandBus>('commandBus'),
  partners: token<Partners>('partners'),
  channels: token<Channels>('channels'),
  custody: token<CustodyBank>('custody'),
  policies: token<PolicyShelf>('policies'),
  otherModels: token<OtherModels>('otherModels'),
  desk: token<DecisionDesk>('desk'),
  outsideWorld: token<OutsideWorld>('outsideWorld'),
  projectionRunner: token<ProjectionRunner<DomainEvent>>('projectionRunner'),
  /** The read models, whichever process keeps them up to date. */
  queries: token<ProjectionQueries>('queries'),
  relay: token<Relay<DomainEvent>>('relay'),
  sagas: token<Sagas>('sagas'),
  closeOfDay: token<CloseOfDay>('closeOfDay'),
  debitRun: token<DebitRun>('debitRun'),
  operations: token<Operations>('operations'),
} as const;

/** Resolves a token to what it stands for. */
export const the = <T>(container: DependencyContainer, { symbol }: Token<T>): T => container.resolve<T>(symbol);

/** Registers how to make something, once, when it is first asked for. */
export const provide = <T>(
  container: DependencyContainer,
  { symbol }: Token<T>,
  make: (from: DependencyContainer) => T,
): void => {
  let made: { readonly value: T } | undefined;
  container.register<T>(symbol, {
    useFactory: (from) => {
      made ??= { value: make(from) };
      return made.value;
    },
  });
};

/** Registers something that exists already. */
export const given = <T>(container: DependencyContainer, { symbol }: Token<T>, value: T): void => {
  container.register<T>(symbol, { useValue: value });
};
