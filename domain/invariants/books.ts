import { Earnings, type Portfolio } from '../accrual';
import { type AccrualId, type LoanId, type MoneyText, parseMoney } from '../kernel';
import { accruingLoanOn, type LoanEvent, type LoanState, loanDecider } from '../loan';
import { type Invariant, type LoggedFact, nothingUnfinished } from './invariant';

type Registered = Extract<LoggedFact, { readonly type: 'InterestAccrued' }>;

/** A loan before a fact, and where in the log that fact is. */
interface Before {
  readonly id: LoanId;
  readonly position: string;
  readonly state: LoanState;
}

/** A history that does not fold is found elsewhere. */
const folded = (state: LoanState, event: LoanEvent): LoanState => {
  try {
    return loanDecider.evolve(state, event);
  } catch {
    return state;
  }
};

/** Every loan as it was when a register looked at it, worked out again from the loans' own facts. */
class LoansAgain {
  readonly #states = new Map<LoanId, LoanState>();
  readonly #earnings = new Earnings();
  readonly #stale = new Set<LoanId>();
  /** What has happened since the last register looked, newest last. */
  #since: Before[] = [];
  #last: { readonly asked: string; readonly sums: ReadonlyMap<AccrualId, Portfolio> } | undefined;

  take(fact: LoggedFact): void {
    // A loan's stream is named by its id, and holds a loan's events only.
    const id = fact.stream as LoanId;
    const state = this.#states.get(id) ?? loanDecider.initial;
    this.#since.push({ id, position: fact.position, state });
    this.#states.set(id, folded(state, fact as LoanEvent));
    this.#stale.add(id);
    this.#last = undefined;
  }

  on({ data: { valueDate, through } }: Registered): ReadonlyMap<AccrualId, Portfolio> {
    const asked = `${valueDate} ${through}`;
    if (this.#last?.asked === asked) return this.#last.sums;
    const later = this.#since.filter(({ position }) => position > through);
    const then = new Map<LoanId, LoanState>();
    for (const { id, state } of later.toReversed()) then.set(id, state);
    for (const id of this.#earnings.turnedBy(valueDate)) this.#stale.add(id);
    for (const id of this.#stale) {
      const state = then.get(id) ?? this.#states.get(id) ?? loanDecider.initial;
      this.#earnings.put(id, accruingLoanOn(state, valueDate));
    }
    this.#stale.clear();
    for (const id of then.keys()) this.#stale.add(id);
    this.#since = later;
    this.#last = { asked, sums: this.#earnings.on(valueDate) };
    return this.#last.sums;
  }
}

const isOfLoan = ({ stream }: LoggedFact): boolean => stream.startsWith('loan-');

const KINDS = ['accrued', 'suspended'] as const;

const minorOf = (amount: MoneyText | undefined): bigint => (amount === undefined ? 0n : parseMoney(amount).minor);

/** What does not follow from the date before. */
const breakAfter = (before: Registered['data'] | undefined, now: Registered['data']): string | undefined => {
  if (before !== undefined && before.valueDate >= now.valueDate) return `${now.valueDate} after ${before.valueDate}`;
  const off = KINDS.find(
    (kind) => minorOf(now.accrued[kind]) - minorOf(before?.accrued[kind]) !== minorOf(now.change[kind]),
  );
  return off && `${now.valueDate}: ${off} is not what it was before and its change`;
};

/** What the loans say otherwise. */
const contradictionOf = ({ accrued, valueDate }: Registered['data'], loans: Portfolio | undefined) => {
  const off = KINDS.find((kind) => minorOf(accrued[kind]) !== (loans?.[kind] ?? 0n));
  return off && `${valueDate}: ${off} is ${accrued[off].amount}, the loans say ${loans?.[off] ?? 0n} minor units`;
};

export const accrualsFollow: Invariant = {
  id: 'I-14',
  statement:
    'What a register says of a date is what its loans had earned by what was known then, and follows the date before',
  check: () => {
    const loans = new LoansAgain();
    const registers = new Map<string, Registered['data']>();
    return {
      see: (fact) => {
        if (isOfLoan(fact)) loans.take(fact);
        if (fact.type !== 'InterestAccrued') return undefined;
        const before = registers.get(fact.stream);
        registers.set(fact.stream, fact.data);
        // The stream of a register is named by its id.
        const earned = loans.on(fact).get(fact.stream as AccrualId);
        return breakAfter(before, fact.data) ?? contradictionOf(fact.data, earned);
      },
      unfinished: nothingUnfinished,
    };
  },
};

export const closedPeriodsStay: Invariant = {
  id: 'I-42',
  statement: 'Once a period is closed nothing is booked in it, and no period is closed before it is over',
  check: () => {
    let closed = '';
    return {
      see: (fact) => {
        if (fact.type === 'PeriodClosed') {
          const { through, closedOn } = fact.data;
          if (through <= closed) return `closed through ${through} after ${closed}`;
          closed = through;
          return through < closedOn ? undefined : `closed through ${through} on ${closedOn}`;
        }
        if (fact.type !== 'EntryPosted' || fact.data.bookedOn > closed) return undefined;
        return `${fact.data.entryId} is booked on ${fact.data.bookedOn}, the books are closed through ${closed}`;
      },
      unfinished: nothingUnfinished,
    };
  },
};
