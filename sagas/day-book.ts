import type { DomainEvent } from '../domain/events';
import { type BusinessDate, formatMoney, type MoneyText, moneyOf, parseMoney } from '../domain/kernel';
import type { Posting } from '../domain/ledger';
import type { BookedMovement, Break, KnownPayment, Movement } from '../domain/reconciliation';
import type { EventLog, RecordedEvent } from '../platform/event-log';
import { type Position, START } from '../platform/event-store';

/** A break that nothing has ended yet, and the reconciliation it belongs to. */
export interface OpenBreak {
  readonly reconciliationId: string;
  readonly channel: string;
  readonly businessDate: string;
  readonly found: Break;
  readonly owner?: string;
}

/** A settled movement that no statement of some counterparty has been held against. */
interface Unreconciled {
  readonly movement: Movement & { readonly eventId: string };
  readonly position: Position;
}

/** What a settlement says of itself, whichever way the money went. */
interface Settled extends Pick<Movement, 'amount' | 'valueDate'> {
  readonly effectId: string;
  /** Absent where the custody bank itself was instructed. */
  readonly channel?: string;
}

type Entries<Value> = readonly (readonly [string, Value])[];

type BookedText = Omit<BookedMovement, 'amount'> & { readonly amount: MoneyText };

/** All that a day book knows, as plain data. */
export interface DayBookState {
  readonly position: Position;
  readonly movements: Entries<Entries<Unreconciled>>;
  readonly booked: Entries<{ readonly open: number; readonly entries: readonly BookedText[] }>;
  readonly standings: Entries<'open' | 'failed'>;
  readonly reconciled: Entries<{ readonly channel: string; readonly businessDate: string }>;
  readonly breaks: Entries<OpenBreak>;
}

const CATEGORIES = ['payout', 'repayment', 'receipt', 'instruction', 'reconciliation', 'ledger'] as const;

/**
 * What closing a day needs to know of the log: settled movements that no statement has been held against yet and what
 * the books say of them, which statements have been, and open breaks. A fold over the log that remembers how far it has
 * read; deleted with the process and made again from the start.
 */
export class DayBook {
  readonly #log: EventLog<DomainEvent>;
  #position: Position = START;
  #taken = 0;
  /** By counterparty (a channel, or the custody bank), then by reference. */
  readonly #movements = new Map<string, Map<string, Unreconciled>>();
  /** By event: how many counterparties have not been held against it yet, and its entries in the books. */
  readonly #booked = new Map<string, { open: number; readonly entries: BookedMovement[] }>();
  /** By reference: payments that have not settled. */
  readonly #standings = new Map<string, 'open' | 'failed'>();
  readonly #reconciled = new Map<string, { channel: string; businessDate: string }>();
  readonly #breaks = new Map<string, OpenBreak>();
  readonly #custody: string;

  /** @param counterparties a channel's statement shows what went through it, the custody bank's shows everything. */
  constructor(
    log: EventLog<DomainEvent>,
    { channels, custody }: { readonly channels: readonly string[]; readonly custody: string },
  ) {
    this.#log = log;
    this.#custody = custody;
    for (const counterparty of [...channels, custody]) this.#movements.set(counterparty, new Map());
  }

  /** Goes on from what another one knew, if that was of the same counterparties. */
  resume({ position, movements, booked, standings, reconciled, breaks }: DayBookState): void {
    const names = movements.map(([name]) => name);
    if (names.length !== this.#movements.size || names.some((name) => !this.#movements.has(name))) return;
    this.#position = position;
    for (const [counterparty, known] of movements) this.#movements.set(counterparty, new Map(known));
    for (const [id, { open, entries }] of booked) {
      this.#booked.set(id, { open, entries: entries.map((one) => ({ ...one, amount: parseMoney(one.amount) })) });
    }
    for (const [reference, standing] of standings) this.#standings.set(reference, standing);
    for (const [id, statement] of reconciled) this.#reconciled.set(id, statement);
    for (const [id, open] of breaks) this.#breaks.set(id, open);
  }

  /** All that it knows; what it takes in from then on is new again. */
  state(): DayBookState {
    this.#taken = 0;
    return {
      position: this.#position,
      movements: [...this.#movements].map(([counterparty, known]) => [counterparty, [...known]]),
      booked: [...this.#booked].map(([id, { open, entries }]) => [
        id,
        { open, entries: entries.map((one) => ({ ...one, amount: formatMoney(one.amount) })) },
      ]),
      standings: [...this.#standings],
      reconciled: [...this.#reconciled],
      breaks: [...this.#breaks],
    };
  }

  /** How many facts it has taken in since its state was last asked for. */
  get taken(): number {
    return this.#taken;
  }

  /** How many things it knows that have not come to their end. */
  get size(): number {
    const movements = [...this.#movements.values()].reduce((sum, { size }) => sum + size, 0);
    return movements + this.#booked.size + this.#standings.size + this.#breaks.size;
  }

  /** How far the log has been read. */
  get through(): Position {
    return this.#position;
  }

  /** Reads on to the end of the log, or to where a stream begins: the book is then as it was before. */
  async catchUp(before?: string): Promise<void> {
    for await (const { events, through } of this.#log.readAll({ after: this.#position, categories: CATEGORIES })) {
      for (const event of events) {
        if (event.stream === before) return;
        this.#taken += 1;
        this.#take(event);
      }
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
    return this.#unreconciled(counterparty)
      .map(({ movement }) => movement.valueDate)
      .toSorted()[0];
  }

  /** Settled movements up to a date that no statement has been held against: those of the day, and what came late. */
  movementsThrough(counterparty: string, date: BusinessDate): readonly (Movement & { readonly eventId: string })[] {
    return this.#unreconciled(counterparty)
      .map(({ movement }) => movement)
      .filter(({ valueDate }) => valueDate <= date);
  }

  /** What the books say of some movements. */
  bookedFor(movements: readonly { readonly eventId: string }[]): readonly BookedMovement[] {
    return movements.flatMap(({ eventId }) => this.#booked.get(eventId)?.entries ?? []);
  }

  /** What is known of the payment that a reference names. */
  known(reference: string): KnownPayment {
    return { standing: this.#standings.get(reference) ?? 'unheard-of' };
  }

  openBreaks(): readonly OpenBreak[] {
    return [...this.#breaks.values()];
  }

  #unreconciled(counterparty: string): readonly Unreconciled[] {
    return [...(this.#movements.get(counterparty)?.values() ?? [])];
  }

  #take(event: RecordedEvent<DomainEvent>): void {
    switch (event.type) {
      case 'PayoutSubmitted':
      case 'RepaymentInitiated':
      case 'CustodyInstructionSubmitted':
        this.#standings.set(event.data.effectId, 'open');
        return;
      case 'PayoutFailed':
      case 'RepaymentFailed':
      case 'CustodyInstructionFailed':
        this.#standings.set(event.data.effectId, 'failed');
        return;
      case 'PayoutSettled':
      case 'RepaymentSettled':
        this.#standings.delete(event.data.effectId);
        this.#takeMovement(event, event.type === 'PayoutSettled' ? 'out' : 'in', event.data);
        return;
      case 'ReceiptRecorded':
      case 'ReceiptRefunded': {
        const { channelReference: effectId, amount, valueDate, channel } = event.data;
        const direction = event.type === 'ReceiptRecorded' ? 'in' : 'out';
        this.#takeMovement(event, direction, { effectId, amount, valueDate, channel });
        return;
      }
      case 'CustodyInstructionSettled': {
        const { effectId, flow, valueDate } = event.data;
        this.#standings.delete(effectId);
        // What is transferred inside custody is on no statement of what came in and went out.
        if (flow === undefined || (flow.from !== undefined && flow.to !== undefined)) return;
        const { amount } = flow;
        this.#takeMovement(event, flow.to === undefined ? 'out' : 'in', { effectId, amount, valueDate });
        return;
      }
      case 'EntryPosted': {
        const { entryId, cause, postings } = event.data;
        this.#booked.get(cause.eventId)?.entries.push({ entryId, eventId: cause.eventId, amount: cashOf(postings) });
        return;
      }
      default:
        this.#takeReconciliation(event);
    }
  }

  #takeMovement(
    { id: eventId, stream, position }: RecordedEvent<DomainEvent>,
    direction: Movement['direction'],
    { effectId: reference, amount, valueDate, channel }: Settled,
  ): void {
    const movement = { reference, stream, direction, amount, valueDate, eventId };
    const shownBy = channel === undefined ? [this.#custody] : [channel, this.#custody];
    const statements = shownBy.flatMap((counterparty) => this.#movements.get(counterparty) ?? []);
    this.#booked.set(eventId, { open: statements.length, entries: [] });
    for (const shown of statements) shown.set(reference, { movement, position });
  }

  #takeReconciliation(event: RecordedEvent<DomainEvent>): void {
    switch (event.type) {
      case 'StatementImported':
        this.#reconciled.set(event.stream, event.data);
        return;
      case 'MovementsMatched': {
        const { pairs } = event.data;
        if (pairs.kept === 'hash') this.#settleThrough(event.stream, pairs.through);
        else for (const [reference] of pairs.pairs) this.#settle(event.stream, reference);
        return;
      }
      case 'BreakOpened': {
        this.#settle(event.stream, event.data.reference);
        const { channel = '', businessDate = '' } = this.#reconciled.get(event.stream) ?? {};
        const open = { reconciliationId: event.stream, channel, businessDate, found: event.data };
        this.#breaks.set(`${event.stream} ${event.data.breakId}`, open);
        return;
      }
      case 'BreakAssigned': {
        const key = `${event.stream} ${event.data.breakId}`;
        const open = this.#breaks.get(key);
        if (open) this.#breaks.set(key, { ...open, owner: event.data.owner });
        return;
      }
      case 'BreakExplained':
      case 'BreakResolved':
        this.#breaks.delete(`${event.stream} ${event.data.breakId}`);
        return;
      default:
        return;
    }
  }

  /** All that was there when the statement was held against it has been held against it, whatever came of it. */
  #settleThrough(reconciliationId: string, through: Position): void {
    const { channel = '', businessDate = '' } = this.#reconciled.get(reconciliationId) ?? {};
    for (const [reference, { movement, position }] of this.#movements.get(channel) ?? []) {
      if (movement.valueDate <= businessDate && position <= through) this.#settle(reconciliationId, reference);
    }
  }

  /** A movement has been held against a statement, whatever came of it. */
  #settle(reconciliationId: string, reference: string): void {
    const movements = this.#movements.get(this.#reconciled.get(reconciliationId)?.channel ?? '');
    const settled = movements?.get(reference);
    if (settled === undefined) return;
    movements?.delete(reference);
    const { eventId } = settled.movement;
    const booked = this.#booked.get(eventId);
    if (booked === undefined) return;
    booked.open -= 1;
    if (booked.open <= 0) this.#booked.delete(eventId);
  }
}

/** Accounts through which a movement's money comes and goes: cash, and what is on its way out. */
const CASH: ReadonlySet<Posting['account']> = new Set(['1001', '1002', '1201'] as const);

/** What an entry does to our cash: in above zero, out below. */
const cashOf = (postings: readonly Posting[]): BookedMovement['amount'] => {
  const [first] = postings;
  const cash = postings.filter(({ account }) => CASH.has(account));
  const minor = cash.reduce((sum, { side, amount }) => {
    const { minor: size } = parseMoney(amount);
    return side === 'debit' ? sum + size : sum - size;
  }, 0n);
  return moneyOf(minor, (cash[0] ?? first)?.amount.currency ?? 'CNY');
};

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

const sumsToNothing = (group: readonly Pick<OpenBreak, 'found'>[]): boolean =>
  group.reduce((sum, { found }) => sum + parseMoney(found.difference).minor, 0n) === 0n;

/** Both sides show the same payment, only on days that lie far apart: there is nothing left to put right. */
export const isMatterOfDates = ({ found }: OpenBreak): boolean =>
  found.type === 'late' && found.ours !== undefined && found.theirs !== undefined && sumsToNothing([{ found }]);
