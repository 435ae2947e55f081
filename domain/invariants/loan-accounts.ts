import { accountAfter, emptyAccount, type LoanEvent } from '../loan';
import type { LoanAccount } from '../schedule';
import type { LoggedFact } from './invariant';

/** What every fact of a loan's account carries. */
export type AccountFact = Extract<LoanEvent, { readonly data: { readonly change: object } }>['data'];

const isAccountFact = (data: object): data is AccountFact => 'change' in data && 'journal' in data;

/** What a fact changes of a loan's account; undefined: nothing. */
export const accountFactOf = ({ data }: LoggedFact): AccountFact | undefined =>
  isAccountFact(data) ? data : undefined;

/** Who decides on another stream has looked at a loan this long before the fact is booked, at most. */
const LOOKED_AT_MS = 60_000;

/** An account that a fact has changed, and when that was booked. */
interface Former {
  readonly account: LoanAccount;
  readonly until: number;
}

/** The account of every loan, as the facts so far leave it. */
export class LoanAccounts {
  readonly #loans = new Map<string, LoanAccount>();
  readonly #former = new Map<string, readonly Former[]>();

  take(fact: LoggedFact): void {
    const data = accountFactOf(fact);
    if (data === undefined) return;
    const { currency } = data.outstanding;
    const account = this.of(fact.stream);
    const until = Date.parse(fact.meta.bookedAt);
    const former = (this.#former.get(fact.stream) ?? []).filter((each) => each.until >= until - LOOKED_AT_MS);
    this.#former.set(fact.stream, [...former, { account, until }]);
    this.#loans.set(fact.stream, accountAfter(account, data, currency));
  }

  /**
   * As whoever decided something that was booked at an instant may have seen it: as it is now, or as it was before what
   * was booked at about the same time.
   */
  seenBy(loan: string, bookedAt: string): readonly LoanAccount[] {
    const since = Date.parse(bookedAt) - LOOKED_AT_MS;
    const former = (this.#former.get(loan) ?? []).filter(({ until }) => until >= since);
    return [this.of(loan), ...former.map(({ account }) => account)];
  }

  of(loan: string): LoanAccount {
    return this.#loans.get(loan) ?? emptyAccount;
  }
}
