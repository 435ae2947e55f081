import type { CommandBus, CommandRequest } from '../commands';
import { addDays, type BusinessDate, type LoanId, mandateId } from '../domain/kernel';
import { retryPolicy } from '../domain/mandate';
import { uuidV5 } from '../platform/runtime';
import type { DayStep } from './day-step';

/** A due date of a loan under a live mandate that nothing has been done about yet. */
export interface OpenDue {
  readonly loanId: LoanId;
  readonly dueDate: BusinessDate;
}

/** Which due dates there are to see to. It may lag behind and it decides nothing: the mandates themselves do. */
export interface DueDates {
  /** How many parts the mandates fall into, so that several can be worked on at once. */
  readonly partitions: number;
  /** Waits until everything that is on record now can be seen. Rejects when that does not come about in time. */
  caughtUp(): Promise<void>;
  /** Up to and with a date: those that are not debited yet, or not announced. A page, and where the next one begins. */
  open(
    what: 'due' | 'notice',
    partition: number,
    through: BusinessDate,
    after: string | undefined,
  ): Promise<{ readonly items: readonly OpenDue[]; readonly next?: string }>;
}

export interface DebitRunResult {
  readonly date: BusinessDate;
  /** What this run has put on record; what others had done before it, or beside it, does not count. */
  readonly announced: number;
  readonly ordered: number;
  /** Wait for a debit whose outcome is not known. */
  readonly deferred: number;
  /** Nothing was due, or something stood in the way. */
  readonly passedOver: number;
}

/** So many parts are worked on at the same time. What somebody else has done of the others by then is passed over. */
const PARTS_AT_ONCE = 4;

const RUNS = '5d0f3b52-9d2a-5c0e-8a53-7b0c6a1f4e90';
const ACTOR = { kind: 'system', id: 'debit-run' } as const;

type Counted = { -readonly [Name in keyof Omit<DebitRunResult, 'date'>]: DebitRunResult[Name] };

const COUNTED: Readonly<Record<string, keyof Counted>> = {
  DebitAnnounced: 'announced',
  DebitOrdered: 'ordered',
  DebitDeferred: 'deferred',
  DebitPassedOver: 'passedOver',
};

/**
 * Orders the debits of a business date, and announces those that come some days later: for every due date of a loan
 * under a live mandate once. Dates that were missed are made up for. It keeps nothing: killed at any instant it goes on
 * where it was, and any number of them at the same time order each debit once, because the order's id follows from the
 * loan and the due date, and the mandate's own stream decides.
 */
export class DebitRun {
  readonly #bus: CommandBus;
  readonly #dueDates: DueDates;
  readonly #first: number;

  /** @param first the part that it begins with; those who run at the same time had better not begin with the same */
  constructor({ bus, dueDates, first = 0 }: { readonly bus: CommandBus; readonly dueDates: DueDates; first?: number }) {
    this.#bus = bus;
    this.#dueDates = dueDates;
    this.#first = first;
  }

  /** @param date today, or an earlier date: of what has not come nothing is ordered */
  async run(date: BusinessDate): Promise<DebitRunResult> {
    const counted: Counted = { announced: 0, ordered: 0, deferred: 0, passedOver: 0 };
    await this.#all('notice', addDays(date, retryPolicy.noticeDays), counted);
    // A mandate shows its next due date only; where more than one was missed, they come one after the other.
    while ((await this.#all('due', date, counted)) > 0);
    return { date, ...counted };
  }

  /** @returns how many facts there are because of it */
  async #all(what: 'due' | 'notice', through: BusinessDate, counted: Counted): Promise<number> {
    const { partitions } = this.#dueDates;
    await this.#dueDates.caughtUp();
    const parts = Array.from({ length: partitions }, (_, part) => (this.#first + part) % partitions);
    const facts: string[] = [];
    const work = async (): Promise<void> => {
      for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
        facts.push(...(await this.#part(what, part, through)));
      }
    };
    await Promise.all(Array.from({ length: PARTS_AT_ONCE }, work));
    for (const type of facts) {
      const name = COUNTED[type];
      if (name) counted[name] += 1;
    }
    return facts.length;
  }

  async #part(what: 'due' | 'notice', partition: number, through: BusinessDate): Promise<readonly string[]> {
    const facts: string[] = [];
    for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
      const page = await this.#dueDates.open(what, partition, through, after);
      facts.push(...(await Promise.all(page.items.map((due) => this.#seeTo(what, due)))).flat());
      after = page.next;
    }
    return facts;
  }

  /** The types of the facts that it has led to; none when others had seen to it. */
  async #seeTo(what: 'due' | 'notice', { loanId, dueDate }: OpenDue): Promise<readonly string[]> {
    const of = { mandateId: mandateId(loanId), loanId, dueDate };
    const request: CommandRequest =
      what === 'due' ? { type: 'OrderDebit', data: { ...of, attempt: 1 } } : { type: 'AnnounceDebit', data: of };
    const commandId = uuidV5(RUNS, `${what} ${loanId} ${dueDate}`);
    const result = await this.#bus.execute(request, {
      ...{ commandId, actor: ACTOR, correlationId: commandId, causationId: 'debit-run' },
    });
    // Revoked since it was looked at: there is nothing to do. Somebody else is at it: they or the next run see to it.
    return result.kind === 'accepted' && !result.repeated ? result.events.map(({ type }) => type) : [];
  }
}

/** Debits that the day itself did not see to, because nobody was there. */
export const debits = (run: DebitRun): DayStep => ({
  name: 'debits',
  work: async (date) => {
    const { ordered, deferred, passedOver } = await run.run(date);
    return { done: ordered + deferred + passedOver };
  },
});
