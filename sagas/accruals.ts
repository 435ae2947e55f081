import type { CommandBus } from '../commands';
import type { DomainEvent } from '../domain/events';
import { type BusinessDate, formatMoney, moneyOf } from '../domain/kernel';
import type { EventLog } from '../platform/event-log';
import type { ReadStore } from '../platform/read-store';
import { uuidV5 } from '../platform/runtime';
import { AccrualBook, type RestatedPortfolio } from './accrual-book';
import type { DayStep } from './day-step';

const ACCRUALS = '0e1b7a54-8d7c-5a35-9c61-2f4d0c9b8a13';
const ACTOR = { kind: 'system', id: 'accruals' } as const;

export interface AccrualsParts {
  readonly log: EventLog<DomainEvent>;
  readonly bus: CommandBus;
  /** Where what loans are earning is kept. */
  readonly store: ReadStore;
}

/** Registers what loans have earned by the end of a date. */
export const accruals = (parts: AccrualsParts): DayStep => {
  const registers = new Accruals(parts);
  return {
    name: 'accruals',
    ahead: (date) => registers.lookAhead(date),
    work: async (date) => ({ done: await registers.accrue(date) }),
  };
};

/**
 * Registers the interest that loans have earned by the end of a business date: one fact per product and currency, and
 * through it one entry in the books. A date is registered once; killed on the way, it goes on where it was.
 */
export class Accruals {
  readonly #bus: CommandBus;
  readonly #book: AccrualBook;

  constructor({ log, bus, store }: AccrualsParts) {
    this.#bus = bus;
    this.#book = new AccrualBook(log, bus, store);
  }

  /** Looks at the loans that something has happened to, for the end of a date, while they are still at hand. */
  lookAhead(date: BusinessDate): Promise<void> {
    return this.#book.lookAhead(date);
  }

  /** @returns how many registers hold the date because of this. Of a date that has not come nothing is registered. */
  async accrue(date: BusinessDate): Promise<number> {
    const { through, portfolios } = await this.#book.on(date);
    let registered = 0;
    for (const [accrualId, portfolio] of portfolios) {
      const { productId, currency, loans } = portfolio;
      const about = { accrualId, productId, currency, valueDate: date, loans, through };
      const commandId = uuidV5(ACCRUALS, `${accrualId} ${date}`);
      const result = await this.#bus.execute(
        { type: 'AccrueInterest', data: { ...about, ...figuresOf(portfolio) } },
        { commandId, actor: ACTOR, correlationId: commandId, causationId: 'close-of-day' },
      );
      if (result.kind === 'accepted') registered += result.repeated ? 0 : result.events.length;
      else if (result.refusal.code !== 'VALUE_DATE_INVALID') {
        throw new Error(`${accrualId}: ${result.refusal.code}, ${result.refusal.detail}`);
      }
    }
    return registered;
  }
}

const figuresOf = ({ currency, accrued, suspended, restated }: RestatedPortfolio) => {
  const text = (minor: bigint) => formatMoney(moneyOf(minor, currency));
  return {
    accrued: { accrued: text(accrued), suspended: text(suspended) },
    restated: { accrued: text(restated.accrued), suspended: text(restated.suspended) },
  };
};
