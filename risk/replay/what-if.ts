import type { Decision, Grant } from '../../domain/application';
import { type Currency, formatMoney, type MoneyText, moneyOf, parseMoney } from '../../domain/kernel';
import { decide } from '../decision';
import type { CompiledPolicy } from '../policy';
import { type Recorded, repeatable } from './recorded';

/** How a loan that was made has gone so far. */
export interface LoanCourse {
  /** Charged off, written off, or overdue beyond what is taken for bad. */
  readonly bad: boolean;
}

type Outcome = Decision['outcome'];

interface Side {
  readonly approved: number;
  readonly rejected: number;
  readonly referred: number;
  readonly granted: MoneyText;
  readonly expectedLoss: MoneyText;
  /** Mean of what prices add to the product's rate, basis points, over approvals. */
  readonly meanAdds: number;
}

/** Loans behind some decisions, and how they went. */
interface Loans {
  readonly decisions: number;
  readonly loans: number;
  readonly bad: number;
}

export interface WhatIfReport {
  readonly policy: { readonly hash: string; readonly version: number };
  readonly decisions: number;
  readonly notRepeatable: number;
  readonly recorded: Side;
  readonly instead: Side;
  /** How many went from each outcome on record to each outcome instead: "approve>reject". */
  readonly moves: Readonly<Record<`${Outcome}>${Outcome}`, number>>;
  /** Who would be lent to now and was not; who was, and would not be. */
  readonly swapIn: Loans;
  readonly swapOut: Loans;
  /** Who is lent to either way. */
  readonly kept: Loans;
}

class Tally {
  readonly #counts = { approve: 0, reject: 0, refer: 0 };
  #granted = 0n;
  #loss = 0n;
  #adds = 0;

  add(outcome: Outcome, grant: Grant | undefined, expectedLoss: MoneyText | undefined): void {
    this.#counts[outcome] += 1;
    if (outcome !== 'approve' || grant === undefined) return;
    this.#granted += parseMoney(grant.principal).minor;
    this.#loss += expectedLoss ? parseMoney(expectedLoss).minor : 0n;
    this.#adds += grant.adds;
  }

  side(currency: Currency): Side {
    const { approve, reject, refer } = this.#counts;
    return {
      approved: approve,
      rejected: reject,
      referred: refer,
      granted: formatMoney(moneyOf(this.#granted, currency)),
      expectedLoss: formatMoney(moneyOf(this.#loss, currency)),
      meanAdds: approve === 0 ? 0 : Math.round(this.#adds / approve),
    };
  }
}

class LoanTally {
  #decisions = 0;
  #loans = 0;
  #bad = 0;

  add(course: LoanCourse | undefined): void {
    this.#decisions += 1;
    if (course === undefined) return;
    this.#loans += 1;
    if (course.bad) this.#bad += 1;
  }

  loans(): Loans {
    return { decisions: this.#decisions, loans: this.#loans, bad: this.#bad };
  }
}

const noMoves = (): Record<`${Outcome}>${Outcome}`, number> => ({
  'approve>approve': 0,
  'approve>reject': 0,
  'approve>refer': 0,
  'reject>approve': 0,
  'reject>reject': 0,
  'reject>refer': 0,
  'refer>approve': 0,
  'refer>reject': 0,
  'refer>refer': 0,
});

/**
 * Decides recorded applications again by another policy, on the features as they were: what would have been approved,
 * at what price and expected loss, whom it would have swapped in and out, and how the loans among them really went.
 */
export const whatIf = async (
  recorded: AsyncIterable<Recorded>,
  policy: CompiledPolicy,
  courseOf: (applicationId: string) => LoanCourse | undefined,
  currency: Currency,
): Promise<WhatIfReport> => {
  let [decisions, notRepeatable] = [0, 0];
  const [before, after] = [new Tally(), new Tally()];
  const [swapIn, swapOut, kept] = [new LoanTally(), new LoanTally(), new LoanTally()];
  const moves = noMoves();
  const setOf = (was: boolean, would: boolean): LoanTally | undefined => {
    if (was) return would ? kept : swapOut;
    return would ? swapIn : undefined;
  };
  for await (const each of recorded) {
    decisions += 1;
    const again = repeatable(each);
    if (again === undefined || again.given.asked.principal.currency !== currency) {
      notRepeatable += 1;
      continue;
    }
    const { basis, decision, given } = again;
    const instead = await decide(given, policy, { recalled: basis.model });
    before.add(decision.outcome, basis.grant, basis.expectedLoss);
    after.add(instead.outcome, instead.basis.grant, instead.basis.expectedLoss);
    moves[`${decision.outcome}>${instead.outcome}`] += 1;
    const [was, would] = [decision.outcome === 'approve', instead.outcome === 'approve'];
    setOf(was, would)?.add(courseOf(each.applicationId));
  }
  return {
    policy: { hash: policy.hash, version: policy.version },
    decisions,
    notRepeatable,
    recorded: before.side(currency),
    instead: after.side(currency),
    moves,
    swapIn: swapIn.loans(),
    swapOut: swapOut.loans(),
    kept: kept.loans(),
  };
};
