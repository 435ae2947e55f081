import type { DomainEvent } from '../domain/events';
import { type Issued, isRefusal, type Refusal, refuse } from '../domain/kernel';
import type { AppendContext, EventLog, RecordedEvent } from '../platform/event-log';
import type { Position, StreamName } from '../platform/event-store';
import type { Aggregate } from './aggregate';
import type {
  ActorKind,
  CommandEntry,
  CommandOfType,
  CommandRequest,
  CommandType,
  DataOf,
  FactsOf,
  StateReader,
} from './entry';
import type { Done, Kept, Loaded, Streams } from './streams';

/** What became of a command. */
export type CommandResult =
  | {
      readonly kind: 'accepted';
      readonly stream: StreamName;
      /** The facts it led to; none when there was nothing left to do. */
      readonly events: readonly RecordedEvent<DomainEvent>[];
      /** Position of the stream's last event: a query that waits for it sees what this command did. */
      readonly position: Position;
      /** The same command had been given before; nothing was written now. */
      readonly repeated: boolean;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export const refused = (refusal: Refusal): CommandResult => ({ kind: 'refused', refusal });

/** One command on its way, with what the handler knows about it. */
export interface Given {
  readonly data: unknown;
  readonly issued: Issued;
  readonly context: AppendContext;
}

export interface Workshop {
  readonly log: EventLog<DomainEvent>;
  readonly streams: Streams;
  readonly read: StateReader;
  /** Gives another command under the same id, by the same front door, in the house's own name. */
  readonly give: (request: CommandRequest, of: Given) => Promise<CommandResult>;
}

/** One command type, ready to be handled; what its aggregate's state is, only the handling knows. */
export interface Handling {
  readonly who: readonly ActorKind[];
  readonly handle: (given: Given, workshop: Workshop) => Promise<CommandResult>;
}

/** Attempts when other processes keep appending to the same stream. */
const ATTEMPTS_MAX = 8;

/**
 * Binds a command type to its aggregate: load, fold, decide, append; on a conflict read what is new and decide again.
 */
export const handling = <Type extends CommandType, State, Event extends DomainEvent>(
  type: Type,
  of: Aggregate<State, CommandOfType<Type>, Event>,
  entry: CommandEntry<Type>,
): Handling => {
  // The registry is keyed by type, so the data of a request that arrives here is of this type.
  const dataOf = (data: unknown): DataOf<Type> => data as DataOf<Type>;

  const decide = (
    given: Given,
    { state }: Loaded<State>,
    facts: FactsOf<Type> | undefined,
  ): readonly Event[] | Refusal => {
    const data = dataOf(given.data);
    // Assembled from parts whose types the entry has tied together: type, data and facts of one command.
    const { id, actor, at, businessDate } = given.issued;
    const command = { id, actor, at, businessDate, type, data, facts } as unknown as CommandOfType<Type>;
    return of.decider.decide(command, state);
  };

  /** Refused before anything is decided: the stream should not, or should, be there. */
  const wrongExistence = (stream: StreamName, { head }: Loaded<State>): Refusal | undefined => {
    const exists = head.revision !== 'none';
    if (entry.existence === 'new' && exists) return refuse('ALREADY_EXISTS', `${stream} exists already`);
    if (entry.existence === 'existing' && !exists) return refuse('NOT_FOUND', `there is no ${stream}`);
    return undefined;
  };

  const append = async (
    given: Given,
    stream: StreamName,
    loaded: Kept<State>,
    facts: readonly Event[],
    { log, streams }: Workshop,
  ): Promise<CommandResult | 'conflict'> => {
    let appended: Awaited<ReturnType<typeof log.append>>;
    try {
      appended = await log.append(stream, loaded.head, facts, given.context);
    } catch (error) {
      // It may have been written all the same.
      streams.forget(stream);
      throw error;
    }
    if (appended.kind === 'conflict') {
      await streams.refresh(of, stream);
      return 'conflict';
    }
    const { events, position, repeated } = appended;
    if (repeated) await streams.refresh(of, stream);
    else streams.appended(of, stream, loaded, events);
    return { kind: 'accepted', stream, events, position, repeated };
  };

  const attempt = async (given: Given, stream: StreamName, workshop: Workshop): Promise<CommandResult | 'conflict'> => {
    const loaded = await workshop.streams.load(of, stream);
    const done = loaded.commands.get(given.context.commandId);
    if (done) return answerAgain(done, given, stream, loaded, workshop.log);
    const wrong = wrongExistence(stream, loaded);
    if (wrong) return refused(wrong);
    const first = entry.first?.(dataOf(given.data));
    if (first) {
      const result = await workshop.give(first, given);
      if (result.kind === 'refused') return result;
    }
    const facts = entry.lookUp ? await entry.lookUp(dataOf(given.data), given.issued, workshop.read) : undefined;
    const outcome = decide(given, loaded, facts);
    if (isRefusal(outcome)) return refused(outcome);
    if (outcome.length > 0) return append(given, stream, loaded, outcome, workshop);
    return { kind: 'accepted', stream, events: [], position: loaded.position, repeated: false };
  };

  return {
    who: entry.who,
    handle: (given, workshop) => {
      const stream = entry.stream(dataOf(given.data));
      return workshop.streams.inTurn(stream, async () => {
        for (let attempts = 0; attempts < ATTEMPTS_MAX; attempts += 1) {
          const result = await attempt(given, stream, workshop);
          if (result !== 'conflict') return result;
        }
        return refused(refuse('BUSY', `${stream} kept changing`));
      });
    },
  };
};

/** The answer that the first of the same commands got: the facts it led to, read back. */
const answerAgain = async (
  done: Done,
  given: Given,
  stream: StreamName,
  loaded: Loaded<unknown>,
  log: EventLog<DomainEvent>,
): Promise<CommandResult> => {
  if (done.fingerprint !== given.context.fingerprint) {
    return refused(refuse('IDEMPOTENCY_KEY_REUSED', `command ${given.context.commandId} was another request`));
  }
  const limit = Number(done.last - done.first) + 1;
  const events: RecordedEvent<DomainEvent>[] = [];
  for await (const page of log.readStream(stream, { from: done.first, limit })) {
    events.push(...page.filter((event) => event.meta.commandId === given.context.commandId));
  }
  return { kind: 'accepted', stream, events, position: loaded.position, repeated: true };
};
