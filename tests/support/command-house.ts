import { eventRegistry } from '../../app/event-registry';
import { type CommandRequest, createCommandBus, type Writers } from '../../commands';
import type { DomainEvent } from '../../domain/events';
import { type Actor, type BorrowerId, blindIndexSchema, Personal } from '../../domain/kernel';
import { createEventLog, type EventLog, type RecordedEvent } from '../../platform/event-log';
import { MemoryEventStore } from '../../platform/event-store/adapters/memory';
import { masterKey, openSubjectKeys } from '../../platform/keys';
import { MemoryKeyStore } from '../../platform/keys/adapters/memory';
import { MemoryReadStore } from '../../platform/read-store/adapters/memory';
import { uuidV5 } from '../../platform/runtime';
import { handClock } from './outside-world';

const COMMANDS = '0c7d4a52-53a1-5b0e-8a77-6f1f8d6a2b10';
const SYSTEM: Actor = { kind: 'system', id: 'test' };

/** The command id that a name stands for in a test. */
const commandIdOf = (name: string): string => uuidV5(COMMANDS, name);

export interface Giving {
  /** Default: the house itself. */
  readonly actor?: Actor;
  readonly fingerprint?: string;
}

/** Counts how often streams are read. */
const counted = (log: EventLog<DomainEvent>) => {
  const reads: string[] = [];
  const readStream: EventLog<DomainEvent>['readStream'] = (stream, options) => {
    reads.push(stream);
    return log.readStream(stream, options);
  };
  return { log: { ...log, readStream }, reads };
};

/** A command bus over a log in memory, with a clock that stands still; several buses can share one log. */
export const commandHouse = async (clock = handClock('2026-03-02T02:00:00.000Z')) => {
  const store = new MemoryEventStore();
  const keys = await openSubjectKeys({
    store: new MemoryKeyStore(),
    master: masterKey([Buffer.alloc(32, 7)]),
    clock,
  });
  const log = createEventLog<DomainEvent>({ store, registry: eventRegistry, keys });

  const busOf = (writers: Writers, cachedStreams = 1_000, over: EventLog<DomainEvent> = log) => {
    const { log: read, reads } = counted(over);
    const bus = createCommandBus({ log: read, clock, writers, cachedStreams });
    const give = (request: CommandRequest, name: string, { actor = SYSTEM, fingerprint }: Giving = {}) =>
      bus.execute(request, {
        commandId: commandIdOf(name),
        actor,
        correlationId: `correlation of ${name}`,
        causationId: name,
        ...(fingerprint ? { fingerprint } : {}),
      });
    return { bus, give, reads };
  };

  const everything = async (): Promise<readonly RecordedEvent<DomainEvent>[]> => {
    const events: RecordedEvent<DomainEvent>[] = [];
    for await (const page of log.readAll()) events.push(...page.events);
    return events;
  };
  return { clock, store, readStore: new MemoryReadStore(), log, keys, busOf, everything };
};

/** A blind index as the border makes it, of a value that need not be one. */
export const indexFor = (value: string) =>
  blindIndexSchema.parse(uuidV5(COMMANDS, value).replaceAll('-', '').repeat(2));

/** What the border makes of a registration: two with one `idNumber` are the same person. */
export const registration = (borrowerId: BorrowerId, idNumber: string) =>
  ({
    type: 'RegisterBorrower',
    data: {
      borrowerId,
      name: Personal.of(`name of ${idNumber}`),
      idNumber: Personal.of(idNumber),
      phone: Personal.of(`phone of ${idNumber}`),
      birthDate: Personal.of('1990-01-01'),
      idNumberIndex: indexFor(idNumber),
      phoneIndex: indexFor(`phone of ${idNumber}`),
      region: '31',
    },
  }) as const;
