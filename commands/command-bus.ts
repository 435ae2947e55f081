import type { DomainEvent } from '../domain/events';
import { type Actor, businessDateAt, instantAt, refuse } from '../domain/kernel';
import type { EventLog } from '../platform/event-log';
import type { StreamName } from '../platform/event-store';
import type { Clock } from '../platform/runtime';
import type { Aggregate } from './aggregate';
import type { CommandRequest, StateReader } from './entry';
import { type CommandResult, refused, type Workshop } from './handling';
import { registry } from './registry';
import { type Loaded, Streams, type Writers } from './streams';

/** Who gives a command, and in what connection. */
export interface CommandOrigin {
  /** UUID. The same id again is the same command and gets the same answer. */
  readonly commandId: string;
  readonly actor: Actor;
  readonly correlationId: string;
  /** The event or request that led to it. */
  readonly causationId: string;
  /**
   * Digest of the request as it came in, where it came from outside: the same id with another digest is refused. The
   * house's own commands leave it out: their ids are made from what causes them.
   */
  readonly fingerprint?: string;
}

/** The one way in. */
export interface CommandBus extends StateReader {
  execute(request: CommandRequest, origin: CommandOrigin): Promise<CommandResult>;
}

export interface CommandBusParts {
  readonly log: EventLog<DomainEvent>;
  readonly clock: Clock;
  readonly writers: Writers;
  /** Streams kept folded in memory. Default: 50,000. */
  readonly cachedStreams?: number;
}

const CACHED_STREAMS = 50_000;

const HOUSE: Actor = { kind: 'system', id: 'house' };

export const createCommandBus = (parts: CommandBusParts): CommandBus => {
  const { log, clock, writers, cachedStreams = CACHED_STREAMS } = parts;
  const streams = new Streams(log, writers, cachedStreams);
  const read: StateReader = {
    load: <State, Command, Event extends DomainEvent>(
      of: Aggregate<State, Command, Event>,
      id: StreamName,
    ): Promise<Loaded<State>> => streams.load(of, id),
  };

  const execute = async (request: CommandRequest, origin: CommandOrigin): Promise<CommandResult> => {
    const entry = registry[request.type];
    const { actor } = origin;
    if (actor.kind !== 'system' && !entry.who.includes(actor.kind)) {
      return refused(refuse('NOT_ALLOWED', `${actor.kind} may not give ${request.type}`));
    }
    const now = clock.now();
    const issued = { id: origin.commandId, actor, at: instantAt(now), businessDate: businessDateAt(now) };
    return entry.handle(
      {
        data: request.data,
        issued,
        context: {
          commandId: origin.commandId,
          fingerprint: origin.fingerprint ?? request.type,
          correlationId: origin.correlationId,
          causationId: origin.causationId,
          actor,
          bookedAt: issued.at,
          businessDate: issued.businessDate,
        },
      },
      workshop,
    );
  };
  const workshop: Workshop = {
    log,
    streams,
    read,
    give: (request, { context }) => execute(request, { ...context, actor: HOUSE }),
  };
  return { execute, load: read.load };
};
