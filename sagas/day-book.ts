import type { DomainEvent } from '../domain/events';
import { type BusinessDate, parseMoney } from '../domain/kernel';
import type { Break, Movement } from '../domain/reconciliation';
import type { EventLog, RecordedEvent } from '../platform/event-log';
import { type Position, START } from '../platform/event-store';

/** A break that nothing explains yet, and the reconciliation it belongs to. */
export interface OpenBreak {
  readonly reconciliationId: string;
  readonly channel: string;
  readonly businessDate: string;
  readonly found: Break;
}

interface Unreconciled extends Movement {
  readonly channel: string;
}

const CATEGORIES = ['payout', 'repayment', 'reconciliation'] as const;

/**
 * What closing a day needs to know of the log: settled movements that no statement has been held against yet, which
 * statements have been, and open breaks. A fold over the log that remembers how far it has read; deleted with the
 * process and made again from the start.
 */
export class DayBook {
  readonly #log: EventLog<DomainEvent>;
  #position: Position = START;
  /** By counterparty (a channel, or the custody bank), then by reference. */
  readonly #movements = new Map<string, Map<string, Unreconciled>>();
  readonly #reconciled = new Map<string, { channel: string; businessDate: string }>();
  readonly #breaks = new Map<string, OpenBreak>();
  readonly #counterparties: readonly string[];

  /** @param counterparties those whose statements are reconciled: every settled movement is on each one's statement. */
  constructor(log: EventLog<DomainEvent>, counterparties: readonly string[]) {
    this.#log = log;
    this.#counterparties = counterparties;
    for (const counterparty of counterparties) this.#movements.set(counterparty, new Map());
  }

  /** Reads on to the end of the log. */
  async catchUp(): Promise<void> {
    for await (const { events, through } of this.#log.readAll({ after: this.#position, categories: CATEGORIES })) {
      for (const event of events) this.#take(event);
      this.#position = through;
    }
  }

  isReconciled(reconciliationId: string): boolean {
    return this.#reconciled.has(reconciliationId);
  }

  /** The last date whose statement of a counterparty has been reconciled. */
  lastReconciled(counterparty: string): string | undefined {
    return [...this.#reconciled.values()]
      .filter(({ channel }) => channel === counterparty)
      .map(({ businessDate }) => businessDate)
      .toSorted()
      .at(-1);
  }

  /** Value date of the earliest movement that is on no reconciled statement yet. */
  earliestUnreconciled(counterparty: string): string | undefined {
    return [...(this.#movements.get(counterparty)?.values() ?? [])].map(({ valueDate }) => valueDate).toSorted()[0];
  }

  /** Settled movements up to a date that no statement has been held against: those of the day, and what came late. */
  movementsThrough(counterparty: string, date: BusinessDate): readonly Movement[] {
    return [...(this.#movements.get(counterparty)?.values() ?? [])]
      .filter(({ valueDate }) => valueDate <= date)
      .map(({ channel: _channel, ...movement }) => movement);
  }

  openBreaks(): readonly OpenBreak[] {
    return [...this.#breaks.values()];
  }

  #take(event: RecordedEvent<DomainEvent>): void {
    switch (event.type) {
      case 'PayoutSettled':
      case 'RepaymentSettled': {
        const { effectId: reference, amount, valueDate, channel } = event.data;
        const direction = event.type === 'PayoutSettled' ? 'out' : 'in';
        const movement: Unreconciled = { reference, stream: event.stream, direction, amount, valueDate, channel };
        for (const counterparty of this.#counterparties) this.#movements.get(counterparty)?.set(reference, movement);
        return;
      }
      case 'StatementImported':
        this.#reconciled.set(event.stream, event.data);
        return;
      case 'MovementsMatched':
        for (const [reference] of event.data.pairs) this.#settle(event.stream, reference);
        return;
      case 'BreakOpened': {
        this.#settle(event.stream, event.data.reference);
        const { channel = '', businessDate = '' } = this.#reconciled.get(event.stream) ?? {};
        this.#breaks.set(`${event.stream} ${event.data.breakId}`, {
          reconciliationId: event.stream,
          channel,
          businessDate,
          found: event.data,
        });
        return;
      }
      case 'BreakExplained':
        this.#breaks.delete(`${event.stream} ${event.data.breakId}`);
        return;
      default:
        return;
    }
  }

  /** A movement has been held against a statement, whatever came of it. */
  #settle(reconciliationId: string, reference: string): void {
    const channel = this.#reconciled.get(reconciliationId)?.channel;
    if (channel !== undefined) this.#movements.get(channel)?.delete(reference);
  }
}

/**
 * Breaks that explain each other: those under one reference of one channel whose differences add up to nothing. What
 * one statement had wrong, left out or showed early, another one has put right.
 */
export const mutuallyExplained = (breaks: readonly OpenBreak[]): readonly (readonly OpenBreak[])[] => {
  const groups = new Map<string, OpenBreak[]>();
  for (const open of breaks) {
    const key = `${open.channel} ${open.found.reference}`;
    groups.set(key, [...(groups.get(key) ?? []), open]);
  }
  return [...groups.values()].filter((group) => group.length > 1 && sumsToNothing(group));
};

const sumsToNothing = (group: readonly OpenBreak[]): boolean =>
  group.reduce((sum, { found }) => sum + parseMoney(found.difference).minor, 0n) === 0n;
