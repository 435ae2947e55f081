import { accountAfter, emptyAccount, type LoanEvent } from '../loan';
import type { LoanAccount } from '../schedule';
import type { LoggedFact } from './invariant';

/** What every fact of a loan's account carries. */
export type AccountFact = Extract<LoanEvent, { readonly data: { readonly change: object } }>['data'];

const isAccountFact = (data: object): data is AccountFact => 'change' in data && 'journal' in data;

/** What a fact changes of a loan's account; undefined: nothing. */
export const accountFactOf = ({ data }: LoggedFact): AccountFact | undefined =>
  isAccountFact(data) ? data : undefined;

/** The account of every loan, as the facts so far leave it. */
export class LoanAccounts {
  readonly #loans = new Map<string, LoanAccount>();

  take(fact: LoggedFact): void {
    const data = accountFactOf(fact);
    if (data === undefined) return;
    const { currency } = data.outstanding;
    this.#loans.set(fact.stream, accountAfter(this.of(fact.stream), data, currency));
  }

  of(loan: string): LoanAccount {
    return this.#loans.get(loan) ?? emptyAccount;
  }
}
