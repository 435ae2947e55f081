import type { Portfolio } from '../domain/accrual';
import {
  type AccrualId,
  accrualId,
  type BusinessDate,
  type Currency,
  type LoanId,
  loanIdSchema,
  type ProductId,
} from '../domain/kernel';
import type { AccruingLoan } from '../domain/loan';
import { type Position, START } from '../platform/event-store';
import { type CollectionSpec, type Put, put, type ReadStore } from '../platform/read-store';

/** What is kept of a loan: what it earns, and how late what was last known of it has become known. */
export interface KeptLoan {
  readonly id: LoanId;
  /** Where in the log the last fact of it is that this tells of. */
  readonly at: Position;
  readonly productId: ProductId;
  readonly currency: Currency;
  readonly earning?: AccruingLoan;
  /** Where in the log the last of its facts is that counted for an earlier day than that on which it became known. */
  readonly late?: Position;
}

interface LoanDoc {
  readonly at: Position;
  readonly productId: ProductId;
  readonly currency: Currency;
  readonly earning?: {
    readonly suspended: boolean;
    /** From, due, interest. */
    readonly accruing: readonly (readonly [number, number, string])[];
    readonly until?: BusinessDate;
  };
  readonly late?: Position;
}

const LOANS: CollectionSpec<LoanDoc> = {
  name: 'earning-loans@1',
  indexes: {
    turns: ({ earning }) => (earning?.until === undefined ? undefined : [earning.until]),
    late: ({ productId, currency, late }) => (late === undefined ? undefined : [accrualId(productId, currency), late]),
  },
};

type PortfolioDoc = Pick<Portfolio, 'productId' | 'currency'>;

const PORTFOLIOS: CollectionSpec<PortfolioDoc> = { name: 'earning-portfolios@1', indexes: {} };

const READER = 'earning-loans@1';
const PAGE = 500;

/** Of a loan that earns nothing and has nothing late there is nothing to keep. */
const docOf = ({ id: _, earning, ...rest }: KeptLoan): LoanDoc | undefined => {
  if (earning === undefined) return rest.late === undefined ? undefined : rest;
  const { suspended, accruing, until } = earning;
  const rows = accruing.map(({ from, due, interest }) => [from, due, String(interest)] as const);
  return { ...rest, earning: { suspended, accruing: rows, ...(until ? { until } : {}) } };
};

const loanOf = (key: string, { earning, ...rest }: LoanDoc): KeptLoan => {
  const id = loanIdSchema.parse(key);
  if (earning === undefined) return { id, ...rest };
  const { productId, currency } = rest;
  const { suspended, accruing: rows, until } = earning;
  const accruing = rows.map(([from, due, interest]) => ({ from, due, interest: BigInt(interest) }));
  return { id, ...rest, earning: { productId, currency, suspended, accruing, until } };
};

/**
 * The loans that are earning interest, kept in the read store with how far the log has been read for them: a process
 * that is started reads on from there. All is guarded by position, so that two that write at once write the same.
 */
export class EarningLoans {
  readonly #store: ReadStore;
  readonly #known = new Set<AccrualId>();
  #prepared: Promise<void> | undefined;

  constructor(store: ReadStore) {
    this.#store = store;
  }

  /** How far the log has been read. */
  async through(): Promise<Position> {
    this.#prepared ??= this.#prepare();
    await this.#prepared;
    return this.#store.checkpoint(READER);
  }

  /** Every portfolio that was ever earned in. */
  async portfolios(): Promise<readonly PortfolioDoc[]> {
    const portfolios: PortfolioDoc[] = [];
    for await (const page of this.#store.scan(PORTFOLIOS)) portfolios.push(...page.map(({ value }) => value.doc));
    return portfolios;
  }

  /** What is kept of some loans. */
  async of(ids: readonly LoanId[]): Promise<ReadonlyMap<LoanId, KeptLoan>> {
    const found = await this.#store.getMany(LOANS, ids);
    return new Map([...found].map(([key, { doc }]) => [loanIdSchema.parse(key), loanOf(key, doc)]));
  }

  /** All loans, in pages. */
  async *all(): AsyncGenerator<readonly KeptLoan[]> {
    for await (const page of this.#store.scan(LOANS)) yield page.map(({ key, value }) => loanOf(key, value.doc));
  }

  /** Those that time alone has made something else of by the end of a date, in pages. */
  turnedBy(date: BusinessDate): AsyncGenerator<readonly KeptLoan[]> {
    return this.#pages({ index: 'turns', most: date });
  }

  /** The loans of a register with facts that were late, from a position on, in pages. */
  lateSince(register: AccrualId, position: Position): AsyncGenerator<readonly KeptLoan[]> {
    return this.#pages({ index: 'late', equals: [register], least: position });
  }

  /** Takes in what was found of loans; everything up to `through` has been read. */
  async put(loans: readonly { readonly loan: KeptLoan; readonly fact: Position }[], through: Position): Promise<void> {
    const puts = loans.map(({ loan, fact }) => put(LOANS, loan.id, docOf(loan), fact));
    await this.#commit(
      through,
      puts,
      loans.map(({ loan }) => loan),
    );
  }

  /** Takes in what has become of loans by the end of a date without any fact. */
  async turn(loans: readonly KeptLoan[], date: BusinessDate): Promise<void> {
    // Right behind their last fact, in the order of the dates, and before any later fact.
    const puts = loans.map((loan) => put(LOANS, loan.id, docOf(loan), `${loan.at}!${date}`));
    await this.#commit(START, puts, loans);
  }

  async #prepare(): Promise<void> {
    await this.#store.prepare(LOANS);
    await this.#store.prepare(PORTFOLIOS);
  }

  async #commit(checkpoint: Position, puts: readonly Put[], loans: readonly KeptLoan[]): Promise<void> {
    const portfolios: Put[] = [];
    for (const { productId, currency, at } of loans) {
      const id = accrualId(productId, currency);
      if (this.#known.has(id)) continue;
      this.#known.add(id);
      portfolios.push(put(PORTFOLIOS, id, { productId, currency }, at));
    }
    await this.#store.commit({ reader: READER, checkpoint, puts: [...portfolios, ...puts] });
  }

  async *#pages(query: { index: string; equals?: readonly string[]; least?: string; most?: string }) {
    let after: string | undefined;
    do {
      const page = await this.#store.query(LOANS, { ...query, limit: PAGE, ...(after === undefined ? {} : { after }) });
      yield page.items.map(({ key, doc }) => loanOf(key, doc));
      after = page.next;
    } while (after !== undefined);
  }
}
