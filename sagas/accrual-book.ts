import { aggregates, type StateReader } from '../commands';
import { type AccrualState, type Portfolio, PortfolioSums } from '../domain/accrual';
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
import type { ReadStore } from '../platform/read-store';
import { EarningLoans, type KeptLoan } from './earning-loans';

/** What late facts have changed of what was registered, in minor units. */
interface Restated {
  accrued: bigint;
  suspended: bigint;
}

/** A portfolio at the end of a date, and what late facts have changed of the dates before. */
export type RestatedPortfolio = Portfolio & { readonly restated: Readonly<Restated> };

/** Every portfolio at the end of a date, and how far in the log what is said of them is known. */
export interface Portfolios {
  readonly through: Position;
  readonly portfolios: ReadonlyMap<AccrualId, RestatedPortfolio>;
}

const CATEGORIES = ['loan'] as const;

/** Loans that are looked at and written together. */
const BATCH = 1_000;

/** Whoever closes dates at the same time is done with one of them soon. */
const LOOKS_MOST = 5;

/**
 * What every open loan is earning, in the read store and by what is on record up to a place in the log. Only loans that
 * something has happened to since, and those that an installment has fallen due of, are looked at again; the others are
 * a sum. Deleted, it is made again from the log.
 */
export class AccrualBook {
  readonly #log: EventLog<DomainEvent>;
  readonly #read: StateReader;
  readonly #loans: EarningLoans;

  constructor(log: EventLog<DomainEvent>, read: StateReader, store: ReadStore) {
    this.#log = log;
    this.#read = read;
    this.#loans = new EarningLoans(store);
  }

  /** Looks at the loans that something has happened to by now: {@link on} then need not read them again. */
  async lookAhead(date: BusinessDate): Promise<void> {
    await this.#catchUp(date);
  }

  /** Every portfolio at the end of a date, those in which nothing is earned any more among them. */
  async on(date: BusinessDate): Promise<Portfolios> {
    for (let look = 1; look <= LOOKS_MOST; look += 1) {
      const through = await this.#catchUp(date);
      await this.#turn(date, through);
      const portfolios = await this.#sums(date, through);
      if (portfolios !== undefined) return { through, portfolios };
    }
    throw new Error(`others keep changing what loans have earned by ${date}`);
  }

  /** Reads on to what is the end of the log now. */
  async #catchUp(date: BusinessDate): Promise<Position> {
    const [before, end] = [await this.#loans.through(), await this.#log.head()];
    if (before === end) return end;
    let stale = new Map<LoanId, Stale>();
    const options = { after: before, categories: CATEGORIES, pageSize: BATCH };
    for await (const { events, through } of this.#log.readAll(options)) {
      for (const event of events) if (event.position <= end) take(stale, event);
      const isEnd = through >= end;
      if (stale.size >= BATCH || isEnd) {
        await this.#lookAt(stale, date, end, isEnd ? end : through);
        stale = new Map();
      }
      if (isEnd) break;
    }
    return end;
  }

  async #lookAt(stale: ReadonlyMap<LoanId, Stale>, date: BusinessDate, end: Position, through: Position) {
    const before = await this.#loans.of([...stale.keys()]);
    const looked = await Promise.all(
      [...stale].map(async ([id, { fact, late = before.get(id)?.late }]) => {
        const loan = keptOf(id, await this.#loanAt(id, end), date, late);
        return loan === undefined ? [] : [{ loan, fact }];
      }),
    );
    await this.#loans.put(looked.flat(), through);
  }

  /** Looks again at the loans that time has made something else of. */
  async #turn(date: BusinessDate, through: Position): Promise<void> {
    for await (const page of this.#loans.turnedBy(date)) {
      const turned = await Promise.all(
        page.map(async ({ id, late }) => keptOf(id, await this.#loanAt(id, through), date, late) ?? []),
      );
      await this.#loans.turn(turned.flat(), date);
    }
  }

  /** Undefined where others have gone on meanwhile: what they wrote is not known by the same place in the log. */
  async #sums(date: BusinessDate, through: Position): Promise<Portfolios['portfolios'] | undefined> {
    const sums = new PortfolioSums(date);
    const registered = await this.#registers(sums);
    for await (const page of this.#loans.all()) {
      if (page.some(({ at }) => at > through)) return undefined;
      for (const { earning } of page) if (earning !== undefined) sums.add(earning);
      const over = page.filter((loan) => loan.earning === undefined && isTold(loan, registered));
      if (over.length > 0)
        await this.#loans.turn(
          over.map(({ late: _, ...loan }) => loan),
          date,
        );
    }
    const portfolios = new Map<AccrualId, RestatedPortfolio>();
    for (const [id, portfolio] of sums.portfolios) {
      const restated = await this.#restated(id, registered.get(id) ?? { status: 'none' }, through);
      portfolios.set(id, { ...portfolio, restated });
    }
    return portfolios;
  }

  /** Every register there is, as it stands; their portfolios are known to the sums. */
  async #registers(sums: PortfolioSums): Promise<ReadonlyMap<AccrualId, AccrualState>> {
    const registers = new Map<AccrualId, AccrualState>();
    for (const { productId, currency } of await this.#loans.portfolios()) {
      sums.know(productId, currency);
      const id = accrualId(productId, currency);
      registers.set(id, (await this.#read.load(aggregates.accrual, id)).state);
    }
    return registers;
  }

  /** What late facts have changed of the last date of a register. */
  async #restated(register: AccrualId, state: AccrualState, through: Position): Promise<Restated> {
    const sums = { accrued: 0n, suspended: 0n };
    if (state.status === 'none') return sums;
    for await (const page of this.#loans.lateSince(register, state.through)) {
      for (const { id, late = START } of page) {
        if (late <= state.through) continue;
        const { state: now } = await this.#loanAt(id, through);
        if (now.status !== 'lent') continue;
        const { state: then } = await this.#loanBy(id, state.through);
        count(sums, accruingLoanOn(lentLoanOn(now, state.date) ?? now, state.date), state.date, 1n);
        count(sums, accruingLoanOn(then, state.date), state.date, -1n);
      }
    }
    return sums;
  }

  /** A loan by what is on record up to a place in the log, though others may be writing on. */
  async #loanAt(id: LoanId, through: Position): Promise<LoanAt> {
    const { state, position } = await this.#read.load(aggregates.loan, id);
    return position <= through ? { state, at: position } : this.#loanBy(id, through);
  }

  async #loanBy(id: LoanId, through: Position): Promise<LoanAt> {
    let loan: LoanAt = { state: loanDecider.initial, at: START };
    for await (const events of this.#log.readStream(id)) {
      for (const event of events) {
        if (event.position > through) return loan;
        // The category of the stream says that these are a loan's events.
        loan = { state: loanDecider.evolve(loan.state, event as never), at: event.position };
      }
    }
    return loan;
  }
}

/** A loan, and where in the log the last of the facts is that it follows from. */
interface LoanAt {
  readonly state: LoanState;
  readonly at: Position;
}

/** A loan that something has happened to, and where in the log the last of that is. */
interface Stale {
  readonly fact: Position;
  readonly late?: Position;
}

const take = (stale: Map<LoanId, Stale>, event: RecordedEvent<DomainEvent>): void => {
  const id = loanIdSchema.parse(event.stream);
  const late = isLate(event) ? event.position : stale.get(id)?.late;
  stale.set(id, { fact: event.position, ...(late === undefined ? {} : { late }) });
};

const keptOf = (
  id: LoanId,
  { state, at }: LoanAt,
  date: BusinessDate,
  late: Position | undefined,
): KeptLoan | undefined => {
  if (state.status !== 'lent') return undefined;
  const { productId, contract } = state.agreement;
  const earning = accruingLoanOn(state, date);
  const about = { id, at, productId, currency: contract.terms.currency };
  return { ...about, ...(earning ? { earning } : {}), ...(late === undefined ? {} : { late }) };
};

/** Its late facts are in a register already. */
const isTold = ({ productId, currency, late = START }: KeptLoan, registered: ReadonlyMap<AccrualId, AccrualState>) => {
  const state = registered.get(accrualId(productId, currency));
  return state?.status === 'kept' && late <= state.through;
};

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
