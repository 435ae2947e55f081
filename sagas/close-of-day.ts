import type { CommandBus } from '../commands';
import type { DomainEvent } from '../domain/events';
import {
  addDays,
  type BusinessDate,
  type Currency,
  type Refusal,
  reconciliationId,
  reconciliationIdSchema,
  refuse,
} from '../domain/kernel';
import { compareStatement, pairList, type StatementLine } from '../domain/reconciliation';
import type { PaymentChannel } from '../gateways/channel';
import type { CustodyBank } from '../gateways/custody';
import type { EventLog } from '../platform/event-log';
import type { ReadStore } from '../platform/read-store';
import { sha256Of, uuidV5 } from '../platform/runtime';
import { DayBook, isMatterOfDates, mutuallyExplained, type OpenBreak } from './day-book';
import type { DayStep } from './day-step';
import { KeptDayBook } from './kept-day-book';
import { rulesInForce } from './rules-in-force';

export interface CloseOfDayWorld {
  readonly log: EventLog<DomainEvent>;
  readonly bus: CommandBus;
  /** Every channel that money may have gone through, also those that are out of use today. */
  readonly channels: readonly PaymentChannel[];
  readonly custody: CustodyBank;
  readonly currency: Currency;
  /** Where it keeps what it need not read in the log again. */
  readonly store: ReadStore;
  /** What is done for a date, in this order, before its statements are looked at. */
  readonly steps: readonly DayStep[];
}

export interface Closing {
  readonly date: BusinessDate;
  /**
   * Whose word was not to be had: counterparties without a statement, our own ledger, a step that is not through. Asked
   * again the next time.
   */
  readonly unavailable: readonly string[];
  readonly opened: number;
  readonly explained: number;
  /** Why the day is not closed yet: its books are off, or nobody answers for a break. Tried again the next time. */
  readonly refusal?: Refusal;
}

/** What was done of one step of a date. */
export interface StepTaken {
  readonly date: BusinessDate;
  readonly step: string;
  readonly done: number;
}

export interface ClosingOptions {
  /** Ends the work between two steps: what is left is done the next time. */
  readonly signal?: AbortSignal;
  /** Told of each step when it has been done. */
  readonly taken?: (step: StepTaken) => void;
}

interface Statement {
  readonly statementHash: string;
  readonly lines: readonly StatementLine[];
}

const CLOSINGS = '6a1c0b7c-0f61-5f0e-9b1f-5a9b6a3f7c21';
const ACTOR = { kind: 'system', id: 'close-of-day' } as const;

/**
 * Closes a business date: does what is due by its end, step by step, holds every counterparty's statement against our
 * own settled movements, item by item, and lets breaks that another statement has put right explain each other. Cut
 * short at any instant it goes on where it was; closing a date again, or by two at once, changes nothing.
 */
export class CloseOfDay {
  readonly #world: CloseOfDayWorld;
  readonly #book: DayBook;
  readonly #kept: KeptDayBook;

  constructor(world: CloseOfDayWorld) {
    this.#world = world;
    const channels = world.channels.map(({ name }) => name);
    this.#book = new DayBook(world.log, { channels, custody: world.custody.name });
    this.#kept = new KeptDayBook(this.#book, world.log, world.store);
  }

  /** Closes every date up to and with this one that is still open: those that were missed, oldest first. */
  async closeThrough(date: BusinessDate, options: ClosingOptions = {}): Promise<readonly Closing[]> {
    await this.#kept.catchUp();
    const closings: Closing[] = [];
    for (let day = this.#firstOpen(date); day <= date; day = addDays(day, 1)) {
      const closing = await this.close(day, options);
      closings.push(closing);
      // The days after it wait: a day that is passed over would not be looked at again.
      if (closing.unavailable.length > 0) break;
    }
    return closings;
  }

  /** @throws the signal's reason when it aborts between two steps. */
  async close(date: BusinessDate, { signal, taken }: ClosingOptions = {}): Promise<Closing> {
    const unfinished = await this.#takeSteps(date, signal, taken);
    if (unfinished) return unfinished;
    signal?.throwIfAborted();
    await this.#kept.catchUp();
    const off = this.#ledgerOff(date);
    if (off !== undefined) return { date, unavailable: ['ledger'], opened: 0, explained: 0, refusal: off };
    const { channels, custody, currency } = this.#world;
    const before = this.#book.openBreaks().length;
    const unavailable: string[] = [];
    const statements = [
      ...channels.map((channel) => ({ name: channel.name, fetched: () => channel.statement(date) })),
      { name: custody.name, fetched: () => custody.statement(date, currency) },
    ];
    for (const { name, fetched } of statements) {
      const id = reconciliationId(name, date);
      if (this.#book.isReconciled(id)) continue;
      const statement = await fetched();
      if (statement.outcome === 'answered') await this.#reconcile(name, date, statement);
      else unavailable.push(name);
    }
    await this.#kept.catchUp();
    const opened = this.#book.openBreaks().length - before;
    const explained = await this.#explain();
    await this.#kept.save();
    const refusal = this.#withoutOwner(date);
    return { date, unavailable, opened: Math.max(0, opened), explained, ...(refusal && { refusal }) };
  }

  /** Step by step, with what of a later one can be done meanwhile. The closing so far, where a step is not through. */
  async #takeSteps(
    date: BusinessDate,
    signal: AbortSignal | undefined,
    taken: ClosingOptions['taken'],
  ): Promise<Closing | undefined> {
    const { steps } = this.#world;
    for (const [index, { name, work }] of steps.entries()) {
      signal?.throwIfAborted();
      const later = steps.slice(index + 1);
      const { done, refusal } = await work(date, async () => {
        for (const { ahead } of later) await ahead?.(date);
      });
      taken?.({ date, step: name, done });
      if (refusal) return { date, unavailable: [name], opened: 0, explained: 0, refusal };
    }
    return undefined;
  }

  /** Bookkeeping has not come as far as the movements of the day: what is missing now would be taken for a break. */
  #ledgerOff(date: BusinessDate): Refusal | undefined {
    for (const { name } of [...this.#world.channels, this.#world.custody]) {
      const unbooked = this.#book
        .movementsThrough(name, date)
        .find((movement) => this.#book.bookedFor([movement]).length === 0);
      if (unbooked) return refuse('LEDGER_OFF', `${unbooked.reference} (${unbooked.stream}) is not in the books`);
    }
    return undefined;
  }

  #withoutOwner(date: BusinessDate): Refusal | undefined {
    const open = this.#book.openBreaks().filter(({ businessDate, owner }) => businessDate <= date && !owner);
    const [first] = open;
    if (first === undefined) return undefined;
    return refuse('BREAK_WITHOUT_OWNER', `${open.length}, the first ${first.reconciliationId}/${first.found.breakId}`);
  }

  /** The day after the last one closed, or the first one on which money moved. */
  #firstOpen(date: BusinessDate): BusinessDate {
    const { channels, custody } = this.#world;
    const candidates = [...channels, custody].map(({ name }) => {
      const last = this.#book.lastReconciled(name);
      const earliest = this.#book.earliestUnreconciled(name);
      return last === undefined ? earliest : addDays(last as BusinessDate, 1);
    });
    return (candidates.filter((candidate) => candidate !== undefined).toSorted()[0] ?? date) as BusinessDate;
  }

  async #reconcile(channel: string, businessDate: BusinessDate, statement: Statement): Promise<void> {
    const id = reconciliationId(channel, businessDate);
    const { bus, currency } = this.#world;
    const { rules, hash: rulesHash } = await rulesInForce(bus, channel);
    const movements = this.#book.movementsThrough(channel, businessDate);
    const { matching, findings } = compareStatement({
      businessDate,
      currency,
      lines: statement.lines,
      movements,
      booked: this.#book.bookedFor(movements),
      known: (reference) => this.#book.known(reference),
      rules,
    });
    const pairs = {
      kept: 'hash',
      hash: sha256Of(pairList(matching)),
      rules: matching.rules,
      ...(rulesHash === undefined ? {} : { rulesHash }),
      through: this.#book.through,
    } as const;
    const { statementHash } = statement;
    const about = { reconciliationId: id, channel, businessDate, currency, statementHash, pairs };
    const result = await bus.execute(
      { type: 'ReconcileStatement', data: { ...about, ...findings, breaks: [...findings.breaks] } },
      this.#origin(id),
    );
    if (result.kind === 'refused') throw new Error(`${id}: ${result.refusal.code}, ${result.refusal.detail}`);
  }

  async #explain(): Promise<number> {
    const open = this.#book.openBreaks();
    const groups = mutuallyExplained(open);
    for (const group of groups) for (const each of group) await this.#explainBy(each, group);
    const dated = open.filter(isMatterOfDates);
    for (const each of dated) {
      const { ours, theirs } = each.found;
      await this.#give(each, `the same on both sides, ${ours?.valueDate} here and ${theirs?.bookedOn} there`, '');
    }
    await this.#kept.catchUp();
    return groups.reduce((sum, { length }) => sum + length, dated.length);
  }

  async #explainBy(open: OpenBreak, group: readonly OpenBreak[]): Promise<void> {
    const others = group.filter((other) => other !== open);
    const evidence = others.map(({ reconciliationId: id, found }) => `${id}/${found.breakId}`).join(' ');
    const dates = others.map(({ businessDate }) => businessDate).join(', ');
    await this.#give(open, `put right on the statement of ${dates}`, evidence);
  }

  async #give(open: OpenBreak, explanation: string, evidence: string): Promise<void> {
    await this.#world.bus.execute(
      {
        type: 'ExplainBreak',
        data: {
          reconciliationId: reconciliationIdSchema.parse(open.reconciliationId),
          breakId: open.found.breakId,
          explanation: explanation.slice(0, 500),
          evidence: evidence.slice(0, 200),
        },
      },
      this.#origin(`${open.reconciliationId}/${open.found.breakId}`),
    );
  }

  #origin(about: string) {
    const commandId = uuidV5(CLOSINGS, about);
    return { commandId, actor: ACTOR, correlationId: commandId, causationId: 'close-of-day' };
  }
}
