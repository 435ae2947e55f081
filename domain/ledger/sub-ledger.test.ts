import fc from 'fast-check';
import { issuedOn } from '../../tests/support/decider-specification';
import { badStep, type LifePlan, lifePlan, type Moment, playLife } from '../../tests/support/loan-lives';
import { accrualDecider } from '../accrual';
import { accrualId, type BusinessDate, formatMoney, isRefusal, moneyOf, parseMoney, productId } from '../kernel';
import { accruedOn, accruingLoanOn, BOOK_ROLES, type LoanState, loanDecider } from '../loan';
import { booksOf } from '../loan/account/books';
import { accountingOf } from '../schedule';
import type { AccountCode } from './accounts';
import { addPostings, heldIn, noBalances } from './balances';
import { ACCOUNT_OF, entryFor, type Recorded } from './posting-rules';

/**
 * The general ledger of several random lives, with a register of the interest that they earn, against the loans
 * themselves: after every single event each account holds what the loans come to, on either basis.
 */
const REGISTER = accrualId(productId('cash'), 'CNY');

class Books {
  readonly #loans: LoanState[];
  #balances = noBalances;
  #register = accrualDecider.initial;
  #events = 0;

  constructor(count: number) {
    this.#loans = Array.from({ length: count }, () => loanDecider.initial);
  }

  take(loan: number, { events }: Moment): void {
    for (const event of events) {
      this.#loans[loan] = loanDecider.evolve(this.#loans[loan] ?? loanDecider.initial, event);
      this.#post(`loan-${loan}`, event);
      this.#agree(event.type);
    }
  }

  /** Registers a business date, in the words in which the close of a day does. */
  accrue(valueDate: BusinessDate): void {
    const sums = { accrued: 0n, suspended: 0n };
    for (const state of this.#loans) {
      const loan = accruingLoanOn(state, valueDate);
      const earned = loan === undefined ? 0n : accruedOn(loan, valueDate);
      sums.accrued += earned;
      if (loan?.suspended) sums.suspended += earned;
    }
    const text = (minor: bigint) => formatMoney(moneyOf(minor, 'CNY'));
    const about = { accrualId: REGISTER, productId: productId('cash'), currency: 'CNY', valueDate } as const;
    const accrued = { accrued: text(sums.accrued), suspended: text(sums.suspended) };
    const nothing = { accrued: text(0n), suspended: text(0n) };
    const data = { ...about, loans: this.#loans.length, accrued, restated: nothing, through: '' };
    const outcome = accrualDecider.decide({ ...issuedOn(valueDate), type: 'AccrueInterest', data }, this.#register);
    if (isRefusal(outcome)) throw new Error(outcome.detail);
    for (const event of outcome) {
      this.#register = accrualDecider.evolve(this.#register, event);
      this.#post(REGISTER, event);
      this.#agree(event.type);
      expect(this.#held('1105')).toBe(sums.accrued);
    }
  }

  #post(stream: string, event: Pick<Recorded, 'type' | 'data'>): void {
    this.#events += 1;
    const entry = entryFor({ ...event, id: `event-${this.#events}`, stream });
    if (entry) this.#balances = addPostings(this.#balances, entry.postings);
  }

  #held(account: AccountCode): bigint {
    return heldIn(this.#balances, account, 'CNY');
  }

  #registered(account: AccountCode): bigint {
    if (this.#register.status === 'none') return 0n;
    const { accrued, suspended } = this.#register.accrued;
    const [earned, held] = [parseMoney(accrued).minor, parseMoney(suspended).minor];
    const balances: Partial<Record<AccountCode, bigint>> = { '1105': earned, '2201': -held, '4001': held - earned };
    return balances[account] ?? 0n;
  }

  #agree(after: string): void {
    const loans = this.#loans.flatMap((state) =>
      state.status === 'lent' ? [booksOf(state.account, accountingOf(state.agreement.contract.terms))] : [],
    );
    for (const role of BOOK_ROLES) {
      const account = ACCOUNT_OF[role];
      const is = this.#held(account) - this.#registered(account);
      expect({ after, role, is }).toEqual({ after, role, is: loans.reduce((sum, books) => sum + books[role], 0n) });
    }
  }
}

const plans = fc.array(fc.tuple(lifePlan, fc.array(badStep, { maxLength: 12 })), { minLength: 1, maxLength: 3 });
const accounting = fc.record({
  basis: fc.constantFrom('accrual', 'cash'),
  suspendAfterDays: fc.constantFrom(0, 10, 45, 90),
});

describe('The general ledger', () => {
  test('says after every event what the loans come to, on either basis', () => {
    fc.assert(
      fc.property(plans, accounting, (lives, kept) => {
        const moments = lives.flatMap(([plan, steps], loan) => {
          const terms = { ...plan.terms, accounting: kept };
          const life: LifePlan = { ...plan, terms, steps: [...plan.steps, ...steps] };
          return playLife(life).moments.map((moment) => ({ loan, moment }));
        });
        moments.sort((a, b) => (a.moment.on < b.moment.on ? -1 : Number(a.moment.on > b.moment.on)));
        const books = new Books(lives.length);
        for (const [index, { loan, moment }] of moments.entries()) {
          books.take(loan, moment);
          if (moments[index + 1]?.moment.on !== moment.on) books.accrue(moment.on);
        }
      }),
      { numRuns: 40 },
    );
  });
});
