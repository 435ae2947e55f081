import type { CommandRequest, StateReader } from '../../commands';
import type { Aggregate } from '../../commands/aggregate';
import type { Loaded } from '../../commands/streams';
import type { DomainEvent } from '../../domain/events';
import { NO_EVENTS, type RecordedEvent } from '../../platform/event-log';
import { START } from '../../platform/event-store';
import type { Deadline, Reaction as ProcessingReaction } from '../../platform/processing';
import type { HouseSaga } from '../../sagas';
import type { Effect } from '../../sagas/effects/effect';

type Reaction = ProcessingReaction<CommandRequest, Effect>;

interface RecordedAt {
  readonly revision?: bigint;
  readonly bookedAt?: string;
  readonly actor?: string;
  /** The day it counts for, where it does not say so itself. */
  readonly businessDate?: string;
}

/** A fact on its stream, as a reader finds it. */
export const recorded = <Event extends DomainEvent>(
  stream: string,
  event: Event,
  at: RecordedAt = {},
): RecordedEvent<Event> => ({
  ...event,
  id: `event-of-${stream}-${event.type}`,
  stream,
  revision: at.revision ?? 0n,
  position: '1',
  meta: {
    schema: 1,
    commandId: 'command',
    fingerprint: 'fingerprint',
    correlationId: 'correlation',
    causationId: 'cause',
    actor: { kind: at.actor ?? 'system', id: 'test' },
    valueDate: 'valueDate' in event.data ? String(event.data.valueDate) : (at.businessDate ?? '2026-03-02'),
    bookedAt: at.bookedAt ?? '2026-03-02T02:00:00.000Z',
    hash: 'f'.repeat(64),
    previousHash: '0'.repeat(64),
  },
});

/** Streams as the given facts leave them. */
const viewOf = (facts: Readonly<Record<string, readonly DomainEvent[]>>): StateReader => ({
  load: async <State, Command, Event extends DomainEvent>(
    of: Aggregate<State, Command, Event>,
    id: string,
  ): Promise<Loaded<State>> => {
    if (!id.startsWith(`${of.category}-`)) throw new Error(`${id} is no ${of.category}`);
    // The stream's category says which facts it holds.
    const state = ((facts[id] ?? []) as readonly Event[]).reduce(of.decider.evolve, of.decider.initial);
    return { state, head: NO_EVENTS, position: START, commands: new Map() };
  },
});

/** Reactions as plain data: what is done about a refusal is looked at by itself. */
const plain = (reactions: readonly Reaction[]): readonly object[] =>
  reactions.map((reaction) => {
    if (reaction.kind !== 'command') return reaction;
    const { ifRefused: _, ...rest } = reaction;
    return rest;
  });

/**
 * Given these facts on their streams, when this happens, then this is wanted:
 *
 *     const { given } = sagaSpecification(origination);
 *     await given({ [application]: facts }).when(application, event).wants([{ kind: 'command', name: …, command: … }]);
 */
export const sagaSpecification = (saga: HouseSaga) => {
  const outcome = (reactions: () => Promise<readonly Reaction[]>) => ({
    wants: async (expected: readonly object[]): Promise<void> => expect(plain(await reactions())).toEqual(expected),
    wantsNothing: async (): Promise<void> => expect(plain(await reactions())).toEqual([]),
    /** What is wanted instead when one of the commands is refused. */
    wantsIfRefused: async (name: string, code: string, expected: readonly object[]): Promise<void> => {
      const reaction = (await reactions()).find((each) => each.name === name);
      if (reaction?.kind !== 'command' || !reaction.ifRefused) throw new Error(`a refusal of ${name} parks its cause`);
      expect(plain(reaction.ifRefused(code, 'detail'))).toEqual(expected);
    },
  });
  return {
    given: (facts: Readonly<Record<string, readonly DomainEvent[]>>) => ({
      when: (stream: string, event: DomainEvent) => {
        if (!saga.types.includes(event.type)) throw new Error(`${saga.name} does not hear of ${event.type}`);
        return outcome(async () => saga.react(recorded(stream, event), viewOf(facts)));
      },
      whenDue: (key: string, name: string, data: Deadline['data'] = {}) => {
        const deadline = { id: 'd', saga: saga.name, key, name, at: '', data, correlationId: 'correlation' };
        return outcome(async () => (await saga.onDeadline?.(deadline, viewOf(facts))) ?? []);
      },
    }),
    keyOf: (stream: string, event: DomainEvent): string => saga.key(recorded(stream, event)),
  };
};

export const wantsCommand = (name: string, type: CommandRequest['type'], data: object) => ({
  kind: 'command',
  name,
  command: { type, data },
});

export const wantsEffect = (name: string, effect: Effect) => ({ kind: 'effect', name, effect });

export const wantsDeadline = (name: string, at: string, data: object = {}) => ({ kind: 'deadline', name, at, data });
