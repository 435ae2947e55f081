import type { Day } from '../../../calendar';
import type { LoanTerms } from '../../loan-terms';
import { type Amounts, type Installment, noAmounts } from '../../progressive/life/installment';
import type { Life } from '../../progressive/life/life';
import { livedThrough, type Witness } from '../../progressive/life/replay';
import type { PlanNote } from '../../progressive/model/plan-note';
import type { LoanAgreement, LoanFact } from '../../replay';

/** What a fact, or time alone, did to an installment. */
export interface Turn {
  readonly fact: LoanFact | undefined;
  readonly on: Day;
  readonly owed: Amounts;
  /** What is owed beside its period changed. */
  readonly movedPrincipal: bigint;
  readonly movedInterest: bigint;
}

/** Days on which principal was overdue. */
export interface OverdueStretch {
  readonly from: Day;
  readonly to: Day;
  readonly principal: bigint;
}

/** A life with all that a replay does not keep. */
export interface Witnessed {
  readonly life: Life;
  readonly asOf: Day;
  readonly notes: readonly PlanNote[];
  readonly turnsOf: (installment: Installment) => readonly Turn[];
  /** As far as penalties were charged for them. */
  readonly overdueOf: (installment: Installment) => readonly OverdueStretch[];
}

interface Seen {
  owed: Amounts;
  movedPrincipal: bigint;
  movedInterest: bigint;
  overdueDays: bigint;
  /** When it was due as it was looked at last: what is overdue is counted before a fact moves that. */
  due: Day;
  penalizedThrough: Day;
  readonly turns: Turn[];
  readonly overdue: OverdueStretch[];
  /** How many of them were charged for: not so those within days of grace that began anew. */
  charged: number;
}

/** Lives a loan through once more and looks on: slower than its replay, and the same. Undefined before it is lent. */
export const witnessed = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  asOf: Day,
  isPaidOff = false,
): Witnessed | undefined => {
  const notes: PlanNote[] = [];
  const known = new Map<Installment, Seen>();
  const look = (installment: Installment, fact: LoanFact | undefined): void => {
    const seen = known.get(installment) ?? unseen(installment);
    known.set(installment, seen);
    lookAtOwed(seen, installment, fact, asOf);
    lookAtOverdue(seen, installment, terms.penalty.graceDays);
  };
  const witness: Witness = {
    begun: ({ model }) => {
      model.notes = notes;
    },
    happened: ({ installments }, fact) => {
      for (const installment of installments) look(installment, fact);
    },
  };
  const life = livedThrough(terms, agreement, facts, asOf, witness, isPaidOff);
  if (life === undefined) return undefined;
  return {
    life,
    asOf,
    notes,
    turnsOf: (installment) => known.get(installment)?.turns ?? [],
    overdueOf: (installment) => {
      const { overdue, charged } = known.get(installment) ?? unseen(installment);
      return overdue.slice(0, charged);
    },
  };
};

const unseen = ({ due }: Installment): Seen => ({
  owed: noAmounts(),
  movedPrincipal: 0n,
  movedInterest: 0n,
  overdueDays: 0n,
  due,
  penalizedThrough: Number.NEGATIVE_INFINITY,
  turns: [],
  overdue: [],
  charged: 0,
});

const lookAtOwed = (seen: Seen, { owed, beside }: Installment, fact: LoanFact | undefined, asOf: Day): void => {
  const movedPrincipal = beside.principal - seen.movedPrincipal;
  const movedInterest = beside.interest - seen.movedInterest;
  if (isSame(owed, seen.owed) && movedPrincipal === 0n && movedInterest === 0n) return;
  seen.owed = { ...owed };
  seen.movedPrincipal = beside.principal;
  seen.movedInterest = beside.interest;
  seen.turns.push({ fact, on: fact?.on ?? asOf, owed: seen.owed, movedPrincipal, movedInterest });
};

const isSame = (one: Amounts, other: Amounts): boolean =>
  one.principal === other.principal &&
  one.interest === other.interest &&
  one.fee === other.fee &&
  one.penalty === other.penalty;

/** What was overdue since it was looked at last: the sum of principal × days has grown by so much. */
const lookAtOverdue = (seen: Seen, { due, overdueDays, penalizedThrough }: Installment, graceDays: number): void => {
  const { due: wasDue } = seen;
  const from = Math.max(wasDue, seen.penalizedThrough);
  seen.due = due;
  if (penalizedThrough === seen.penalizedThrough) return;
  const grown = overdueDays - seen.overdueDays;
  const days = BigInt(penalizedThrough - from);
  if (grown > 0n && days > 0n) {
    seen.overdue.push({ from, to: penalizedThrough, principal: grown / days });
    if (penalizedThrough - wasDue > graceDays) seen.charged = seen.overdue.length;
  }
  seen.overdueDays = overdueDays;
  seen.penalizedThrough = penalizedThrough;
};
