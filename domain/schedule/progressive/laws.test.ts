import Decimal from 'decimal.js';
import fc from 'fast-check';
import { agreed, paidOut, repaid, START, termsWith } from '../../../tests/support/progressive-loans';
import type { LoanFact, PlannedInstallment } from '../replay';
import { payoff, plan, replay } from '.';

const rates = fc.integer({ min: 0, max: 3_600 }).map((basisPoints) => (basisPoints / 10_000).toString());
const sum = (rows: readonly PlannedInstallment[], portion: 'principal' | 'interest'): bigint =>
  rows.reduce((total, row) => total + row[portion], 0n);

describe('a plan', () => {
  test('is exact above 2^53 minor units', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 90n }), rates, (principal, perYear) => {
        const terms = termsWith({ rate: { kind: 'fixed', perYear } });
        const rows = plan(terms, agreed(principal, 12), [{ on: START, amount: principal }]);
        expect(sum(rows, 'principal')).toBe(principal);
        let balance = principal;
        for (const row of rows) {
          expect(row.balance).toBe(balance - row.principal);
          const exact = new Decimal(balance.toString())
            .times(perYear)
            .times(row.due - row.from)
            .div(365);
          const tolerance = new Decimal(balance.toString()).times('1e-17').plus(1);
          expect(exact.minus(row.interest.toString()).abs().lte(tolerance)).toBe(true);
          balance = row.balance;
        }
      }),
      { numRuns: 100 },
    );
  });
});

/**
 * The annuity as textbooks have it: the payment whose present value is the loan, each payment discounted by the days
 * that went by. Forty digits, rounded to the minor unit where money changes hands. Shares nothing with the engine.
 */
const textbook = (
  principal: bigint,
  perYear: string,
  lengths: readonly number[],
): { balances: Decimal[]; emi: Decimal } => {
  const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_EVEN });
  const rate = (days: number): Decimal => new Exact(perYear).times(days).div(365);
  let discount = new Exact(1);
  let annuity = new Exact(0);
  for (const days of lengths) {
    discount = discount.div(rate(days).plus(1));
    annuity = annuity.plus(discount);
  }
  const emi = new Exact(principal.toString()).div(annuity).toDecimalPlaces(0);
  let balance = new Exact(principal.toString());
  const balances = lengths.map((days) => {
    balance = balance.minus(emi.minus(balance.times(rate(days)).toDecimalPlaces(0)));
    return balance;
  });
  return { balances, emi };
};

test('a second way of working it out agrees within a minor unit an installment', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 100_000n, max: 1_000_000_000n }),
      rates,
      fc.integer({ min: 2, max: 60 }),
      (principal, perYear, installments) => {
        const terms = termsWith({
          rate: { kind: 'fixed', perYear },
          rounding: { mode: 'HALF_EVEN', smoothing: false },
        });
        const rows = plan(terms, agreed(principal, installments), [{ on: START, amount: principal }]);
        const second = textbook(
          principal,
          perYear,
          rows.map(({ from, due }) => due - from),
        );
        for (const [index, row] of rows.slice(0, -1).entries()) {
          const difference = second.balances[index]?.minus(row.balance.toString()).abs();
          expect(difference?.lte(index + 1)).toBe(true);
          expect(
            second.emi
              .minus((row.principal + row.interest).toString())
              .abs()
              .lte(1),
          ).toBe(true);
        }
      },
    ),
    { numRuns: 200 },
  );
});

const MONEY = 1_200_000n;
const COUNT = 12;

/** Facts of a loan's life after its payout, on days before and after its last due date. */
const lives = fc
  .array(
    fc.record({
      kind: fc.constantFrom(
        'repayment',
        'repayment',
        'repayment',
        'goodwill-credit',
        'fee',
        'penalty',
        'rate',
        'pause',
      ),
      on: fc.integer({ min: START, max: START + 400 }),
      amount: fc.bigInt({ min: 1n, max: 300_000n }),
    }),
    { maxLength: 14 },
  )
  .map((facts) => facts.map((fact, index) => factOf(fact, `fact-${String(index).padStart(2, '0')}`)));

const factOf = ({ kind, on, amount }: { kind: string; on: number; amount: bigint }, id: string): LoanFact => {
  const dated = { id, on, knownOn: on };
  const decimal = `${amount / 100n}.${(amount % 100n).toString().padStart(2, '0')}`;
  switch (kind) {
    case 'fee':
    case 'penalty':
      return { ...dated, kind: 'charge', charge: kind, calculation: { kind: 'flat', amount: decimal }, dueOn: on };
    case 'rate':
      return { ...dated, kind: 'rate-change', perYear: `0.${(amount % 30n).toString().padStart(2, '0')}` };
    case 'pause':
      return { ...dated, kind: 'interest-pause', through: on + Number(amount % 40n) };
    case 'goodwill-credit':
      return { ...dated, kind: 'credit', credit: 'goodwill-credit', amount };
    default:
      return repaid(amount, on, id);
  }
};

const asOf = START + 420;
const agreement = agreed(MONEY, COUNT);

describe('a life, whatever happens in it', () => {
  test('loses no money: what came in is divided in full, and what is owed adds up', () => {
    fc.assert(
      fc.property(lives, (facts) => {
        const account = replay(termsWith(), agreement, [paidOut(MONEY), ...facts], asOf);
        for (const { kind, amount, parts, overpaid } of account.transactions) {
          if (kind === 'disbursement') continue;
          expect(parts.principal + parts.interest + parts.fee + parts.penalty + overpaid).toBe(amount);
        }
        const owed = account.installments.reduce((total, installment) => total + installment.owed.principal, 0n);
        expect(owed).toBe(MONEY);
        for (const { owed: due, paid } of account.installments) {
          for (const portion of ['principal', 'interest', 'fee', 'penalty'] as const) {
            expect(paid[portion]).toBeGreaterThanOrEqual(0n);
            expect(due[portion]).toBeGreaterThanOrEqual(paid[portion]);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('is the same in whatever order its facts arrive', () => {
    const shuffled = lives.chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts.keys()], { minLength: facts.length })),
    );
    fc.assert(
      fc.property(shuffled, ([facts, order]) => {
        const arrived = order.flatMap((index) => facts[index] ?? []);
        const straight = replay(termsWith(), agreement, [paidOut(MONEY), ...facts], asOf);
        expect(replay(termsWith(), agreement, [...arrived, paidOut(MONEY)], asOf)).toEqual(straight);
      }),
      { numRuns: 100 },
    );
  });

  test('is as it was when everything is undone', () => {
    fc.assert(
      fc.property(lives, (facts) => {
        const undone = facts.map(
          ({ id }): LoanFact => ({ kind: 'undo', id: `undo-${id}`, on: asOf, knownOn: asOf, of: id }),
        );
        const account = replay(termsWith(), agreement, [paidOut(MONEY), ...facts, ...undone], asOf);
        const transactions = account.transactions.filter((transaction) => !transaction.undone);
        expect({ ...account, transactions }).toEqual(replay(termsWith(), agreement, [paidOut(MONEY)], asOf));
      }),
      { numRuns: 100 },
    );
  });

  test('is closed by what the payoff quote says', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 0, max: 400 }), (facts, after) => {
        const on = START + after;
        const known = [paidOut(MONEY), ...facts.filter((fact) => fact.on <= on)];
        const { principal, interest, fee, penalty } = payoff(termsWith(), agreement, known, on);
        const account = replay(
          termsWith(),
          agreement,
          [...known, repaid(principal + interest + fee + penalty, on, 'z-payoff')],
          on,
        );
        expect(account.outstanding).toEqual({ principal: 0n, interest: 0n, fee: 0n, penalty: 0n });
      }),
      { numRuns: 150 },
    );
  });
});
