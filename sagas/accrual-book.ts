import { aggregates, type StateReader } from '../commands';
import { Earnings, type Portfolio } from '../domain/accrual';
import type { DomainEvent } from '../domain/events';
import {
  type AccrualId,
  accrualId,
  type BusinessDate,
  businessDateAt,
  type LoanId,
  loanIdSchema,
} from '../domain/kernel';
import { type AccruingLoan, accruedOn, accruingLoanOn, type LoanState, lentLoanOn, loanDecider } from '../domain/loan';
import type { EventLog, RecordedEvent } from '../platform/event-log';
import { type Position, START } from '../platform/event-store';

/** What late facts have changed of what was registered, in minor units. */
interface Restated {
  accrued: bigint;
  suspended: bigint;
}

/** A portfolio at the end of a date, and what late facts have changed of the dates before. */
export type RestatedPortfolio = Portfolio & { readonly restated: Readonly<Restated> };

const CATEGORIES = ['loan'] as const;

/**
 * What every open loan is earning: a fold over the log that remembers how far it has read. Only loans that something
 * has happened to, and those that an installment has fallen due of, are looked at again; the others are a sum. Deleted
 * with the process and made again from the log.
 */
export class AccrualBook {
  readonly #log: EventLog<DomainEvent>;
  readonly #read: StateReader;
  #position: Position = START;
  readonly #earnings = new Earnings();
  /** Loans that something has happened to since they were looked at. */
  readonly #stale = new Set<LoanId>();
  /** Loans with facts that were late, and where in the log the last of these is. */
  readonly #late = new Map<LoanId, Position>();

  constructor(log: EventLog<DomainEvent>, read: StateReader) {
    this.#log = log;
    this.#read = read;
  }

  /** How far the log has been read: what is said holds by what is on record up to there. */
  get through(): Position {
    return this.#position;
  }

  /** Every portfolio at the end of a date, those in which nothing is earned any more among them. */
  async portfoliosOn(date: BusinessDate): Promise<ReadonlyMap<AccrualId, RestatedPortfolio>> {
    await this.#catchUp();
    await this.#lookAgain(date);
    const portfolios = new Map<AccrualId, Portfolio & { readonly restated: Restated }>();
    for (const [id, sums] of this.#earnings.on(date)) {
      portfolios.set(id, { ...sums, restated: { accrued: 0n, suspended: 0n } });
    }
    for (const [id, position] of this.#late) await this.#restate(portfolios, id, position);
    return portfolios;
  }

  async #catchUp(): Promise<void> {
    for await (const { events, through } of this.#log.readAll({ after: this.#position, categories: CATEGORIES })) {
      for (const event of events) {
        const id = loanIdSchema.parse(event.stream);
        this.#stale.add(id);
        if (isLate(event)) this.#late.set(id, event.position);
      }
      this.#position = through;
    }
  }

  async #lookAgain(date: BusinessDate): Promise<void> {
    for (const id of this.#earnings.turnedBy(date)) this.#stale.add(id);
    for (const id of this.#stale) {
      const state = await this.#stateOf(id);
      this.#earnings.put(id, accruingLoanOn(state, date));
      if (state.status !== 'lent') continue;
      const { productId, contract } = state.agreement;
      this.#earnings.know(productId, contract.terms.currency);
    }
    this.#stale.clear();
  }

  /** Adds what a loan's late facts have changed of the last date of its register. */
  async #restate(
    portfolios: ReadonlyMap<AccrualId, { readonly restated: Restated }>,
    id: LoanId,
    position: Position,
  ): Promise<void> {
    const now = await this.#stateOf(id);
    if (now.status !== 'lent') return;
    const { productId, contract } = now.agreement;
    const register = accrualId(productId, contract.terms.currency);
    const { state } = await this.#read.load(aggregates.accrual, register);
    if (state.status === 'none' || position <= state.through) {
      this.#late.delete(id);
      return;
    }
    const sums = portfolios.get(register)?.restated;
    if (sums === undefined) return;
    count(sums, accruingLoanOn(lentLoanOn(now, state.date) ?? now, state.date), state.date, 1n);
    count(sums, accruingLoanOn(await this.#stateBy(id, state.through), state.date), state.date, -1n);
  }

  /** A loan by what is on record as far as the log has been read, though others may be writing on. */
  async #stateOf(id: LoanId): Promise<LoanState> {
    const { state, position } = await this.#read.load(aggregates.loan, id);
    return position <= this.#position ? state : this.#stateBy(id, this.#position);
  }

  async #stateBy(id: LoanId, through: Position): Promise<LoanState> {
    let state = loanDecider.initial;
    for await (const events of this.#log.readStream(id)) {
      for (const event of events) {
        // The category of the stream says that these are a loan's events.
        if (event.position <= through) state = loanDecider.evolve(state, event as never);
      }
    }
    return state;
  }
}

const count = (sums: Restated, loan: AccruingLoan | undefined, date: BusinessDate, sign: 1n | -1n): void => {
  if (loan === undefined) return;
  const accrued = sign * accruedOn(loan, date);
  sums.accrued += accrued;
  if (loan.suspended) sums.suspended += accrued;
};

/** What only time brings is never late, whenever it is put on record. */
const OF_TIME: ReadonlySet<string> = new Set(['LoanAged', 'ArrearsBucketChanged']);

/** A fact that counts for an earlier day than that on which it became known, or takes one back. */
const isLate = ({ type, meta }: RecordedEvent<DomainEvent>): boolean =>
  type === 'FactReversed' || (!OF_TIME.has(type) && meta.valueDate < businessDateAt(Date.parse(meta.bookedAt)));
