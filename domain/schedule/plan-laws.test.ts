import Decimal from 'decimal.js';
import fc from 'fast-check';
import { type AgreedLoan, agreedLoans } from '../../tests/support/any-loan';
import { type Day, dateOf } from '../calendar';
import { currencySchema, minorDigits } from '../kernel';
import * as cumulative from './cumulative';
import { type LoanTerms, loanTermsSchema } from './loan-terms';
import * as progressive from './progressive';
import { modelledPlan } from './progressive/plan';
import type { LoanFact, PlannedInstallment } from './replay';

const ENGINES = { progressive, cumulative } as const;
const PLANNINGS = ['progressive', 'cumulative'] as const satisfies readonly LoanTerms['planning'][];

const planned = ({ terms, agreement, payout }: AgreedLoan, planning: LoanTerms['planning']) =>
  ENGINES[planning].plan({ ...terms, planning }, agreement, [payout]);

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

const always = (law: (loan: AgreedLoan) => void, numRuns = 400): void =>
  fc.assert(fc.property(agreedLoans, law), { numRuns });

test('the terms that the laws are held for are terms that a product can have', () => {
  always(({ terms }) => expect(loanTermsSchema.safeParse(terms).error).toBeUndefined(), 200);
  expect(currencySchema.options.map(minorDigits)).toEqual(expect.arrayContaining([0, 2, 3]));
});

describe.each(PLANNINGS)('a %s plan, whatever the terms', (planning) => {
  test('repays all of the principal, asks for nothing below zero, and leaves nothing', () => {
    always((loan) => {
      const rows = planned(loan, planning);
      expect(sum(rows.map(({ principal }) => principal))).toBe(loan.payout.amount);
      for (const { principal, interest, balance } of rows) {
        expect(principal >= 0n && interest >= 0n && balance >= 0n).toBe(true);
      }
      expect(rows.at(-1)?.balance).toBe(0n);
    });
  });

  test('is what the loan is once the money is paid out', () => {
    always((loan) => {
      const { terms, agreement, payout } = loan;
      const paidOut: LoanFact = { kind: 'disbursement', id: 'a', knownOn: payout.on, ...payout };
      const { installments } = ENGINES[planning].replay({ ...terms, planning }, agreement, [paidOut], payout.on);
      expect(installments.map(({ due, owed, balance }) => ({ due, owed, balance }))).toEqual(
        planned(loan, planning).map(({ due, principal, interest, fee, penalty, balance }) => ({
          due,
          owed: { principal, interest, fee, penalty },
          balance,
        })),
      );
    });
  });

  test('asks for the interest that its own balance bears, to a minor unit', () => {
    always((loan) => {
      const { terms, agreement, payout } = loan;
      const isSimple =
        terms.interest.method === 'declining-balance' &&
        terms.interest.calculation === 'daily' &&
        terms.grace.interest + terms.grace.interestFree === 0 &&
        terms.amortization.kind !== 'bullet' &&
        terms.rate.kind === 'fixed' &&
        yearOf(terms) !== undefined &&
        agreement.firstDueOn === undefined;
      if (!isSimple) return;
      let balance = payout.amount;
      let carried = new Decimal(0);
      for (const row of planned(loan, planning)) {
        if (row.kind === 'regular') {
          carried = carried.plus(borneBy(terms, balance, row)).minus(row.interest.toString());
          // What finds no room in an installment waits for the next: it is never asked for twice, and never lost.
          expect(carried.gte(-tolerance(terms, row.n))).toBe(true);
        }
        balance -= row.principal;
      }
      expect(carried.abs().lte(tolerance(terms, agreement.installments + 1))).toBe(true);
    });
  });
});

test('a plan is the same in doubles and on the model that facts are replayed on', () => {
  always((loan) => {
    const { terms, agreement, payout } = loan;
    expect(planned(loan, 'progressive')).toEqual(modelledPlan(terms, agreement, [payout], payout.on));
  }, 600);
});

/** Days over a year of so many days, where that is all there is to a day count. */
const yearOf = ({ interest: { dayCount, yearLength } }: LoanTerms): ((day: Day) => number) | undefined => {
  switch (dayCount) {
    case 'act/360':
      return () => 360;
    case 'act/364':
      return () => 364;
    case 'act/365f':
      return () => 365;
    case 'act/act-isda':
      return yearLength === 'calendar' ? yearLengthOn : undefined;
    default:
      return undefined;
  }
};

const yearLengthOn = (day: Day): number => {
  const year = Number(dateOf(day).slice(0, 4));
  return new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1 ? 366 : 365;
};

/** Simple interest, one day after the other, in forty digits: it shares nothing with the engines. */
const borneBy = (terms: LoanTerms, balance: bigint, { from, due }: PlannedInstallment): Decimal => {
  const Exact = Decimal.clone({ precision: 40 });
  const perYear = terms.rate.kind === 'fixed' ? terms.rate.perYear : '0';
  const shift = terms.interest.yearSplit === '31-december' ? 1 : 0;
  let share = new Exact(0);
  for (let day = from; day < due; day += 1) share = share.plus(new Exact(1).div(yearOf(terms)?.(day + shift) ?? 365));
  return share.times(perYear).times(balance.toString());
};

/** One rounding an installment: half a unit to the nearest, a whole one up or down. */
const tolerance = ({ rounding: { amountMultiple }, currency }: LoanTerms, installments: number): number =>
  installments * (amountMultiple === undefined ? 1 : Number(amountMultiple) * 10 ** minorDigits(currency));
