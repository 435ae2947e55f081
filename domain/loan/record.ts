import { dayOf } from '../calendar';
import { type BusinessDate, formatMoney, type MoneyText, moneyOf } from '../kernel';
import { accountingOf, type LoanAccount, replayLoan } from '../schedule';
import { type AccountChange, changeBetween, type FactText, type Journal, journalBetween, readFact } from './account';
import { totalOf } from './portions';
import { currencyOf, type LentLoan, loanAgreementOf, termsOf } from './state';

/** What a fact, or the passing of time, leads to: what every event of a loan's account carries. */
export interface Recorded {
  readonly valueDate: BusinessDate;
  readonly change: AccountChange;
  readonly journal: Journal;
  readonly outstanding: MoneyText;
  readonly principalOutstanding: MoneyText;
}

/** A loan's account on a day with these facts, and what leads to it from the account on record. */
export interface Recording {
  readonly after: LoanAccount;
  readonly recorded: Recorded;
}

type Before = Pick<LentLoan, 'agreement' | 'facts' | 'account'>;

/** A fact and the day that it counts for. */
export interface Happened {
  readonly fact: FactText;
  readonly valueDate: BusinessDate;
}

/** Replays a loan with one more fact, as of a day, and says what that changes. No fact: time alone. */
export const recordingOf = (loan: Before, happened: Happened | undefined, asOf: BusinessDate): Recording => {
  const [currency, terms] = [currencyOf(loan), termsOf(loan)];
  const valueDate = happened?.valueDate ?? asOf;
  const fact = happened && readFact(happened.fact, valueDate, currency);
  const facts = fact === undefined ? loan.facts : [...loan.facts, fact];
  const after = replayLoan(terms, loanAgreementOf(loan.agreement), facts, dayOf(asOf));
  const text = (minor: bigint): MoneyText => formatMoney(moneyOf(minor, currency));
  return {
    after,
    recorded: {
      valueDate,
      change: changeBetween(loan.account, after, { on: dayOf(valueDate), fact }, currency),
      journal: journalBetween(loan.account, after, currency, accountingOf(terms)),
      outstanding: text(totalOf(after.outstanding)),
      principalOutstanding: text(after.outstanding.principal),
    },
  };
};
