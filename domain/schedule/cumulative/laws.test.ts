import Decimal from 'decimal.js';
import fc from 'fast-check';
import { lives, START, share, terms } from '../../../tests/support/cumulative-lives';
import type { LoanTerms } from '../loan-terms';
import type { LoanAccount, LoanAgreement, LoanFact } from '../replay';
import { payoff, plan, replay } from '.';
import { CLASSIC } from './terms.fixture';

const installments = fc.integer({ min: 1, max: 24 });
const principal = fc.oneof(
  fc.bigInt(100n, 10_000_000n),
  fc.bigInt(2n ** 53n, 2n ** 70n), // Above what doubles hold.
);

const agreementOf = (amount: bigint, count: number): LoanAgreement => ({
  principal: amount,
  installments: count,
  submittedOn: START,
});

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

describe('every plan', () => {
  it('repays the principal, asks for nothing negative and ends with nothing left', () => {
    fc.assert(
      fc.property(terms, principal, installments, (chosen, amount, count) => {
        const rows = plan(chosen, agreementOf(amount, count), [{ on: START, amount }]);
        expect(sum(rows.map((row) => row.principal))).toBe(amount);
        expect(rows.at(-1)?.balance).toBe(0n);
        for (const row of rows) {
          expect(row.principal >= 0n && row.interest >= 0n && row.balance >= 0n).toBe(true);
          expect(row.from <= row.due).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('repays every tranche', () => {
    const tranches = fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.bigInt(1n, 1_000_000n)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(terms, tranches, installments, (chosen, paidOut, count) => {
        const disbursements = paidOut.map(([after, amount]) => ({ on: START + after, amount }));
        const total = sum(disbursements.map(({ amount }) => amount));
        const rows = plan(chosen, agreementOf(total, count), disbursements);
        expect(sum(rows.map((row) => row.principal))).toBe(total);
        expect(rows.at(-1)?.balance).toBe(0n);
        expect(rows.every((row) => row.principal >= 0n && row.interest >= 0n)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('two ways', () => {
  it('the tight loop and the long way plan the same', () => {
    fc.assert(
      fc.property(terms, fc.bigInt(100n, 10_000_000n), installments, (chosen, amount, count) => {
        const agreement = agreementOf(amount, count);
        const far: LoanFact = { kind: 'rate-change', id: 'far', on: START + 100_000, knownOn: START, perYear: '0.5' };
        const paidOut: LoanFact = { kind: 'disbursement', id: 'a', on: START, knownOn: START, amount };
        const long = replay(chosen, agreement, [paidOut, far], START).installments;
        const short = plan(chosen, agreement, [{ on: START, amount }]);
        expect(long.map(({ balance, due, from, owed }) => ({ balance, due, from, ...owed }))).toEqual(
          short.map(({ kind: _kind, n: _n, ...row }) => row),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('a decimal calculator agrees, to the cent', () => {
    fc.assert(
      fc.property(share, fc.bigInt(10_000n, 10_000_000n), fc.integer({ min: 1, max: 60 }), (rate, amount, count) => {
        const monthly: LoanTerms = {
          ...CLASSIC,
          rounding: { mode: 'HALF_EVEN', smoothing: false },
          rate: { kind: 'fixed', perYear: rate },
          interest: { ...CLASSIC.interest, calculation: 'per-period' },
        };
        const r = new Decimal(rate).div(12);
        const start = new Decimal(amount.toString());
        const emi = r.isZero() ? start.div(count) : start.mul(r).div(new Decimal(1).minus(r.plus(1).pow(-count)));
        const each = emi.toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN);
        let balance = start;
        const rows = plan(monthly, agreementOf(amount, count), [{ on: START, amount }]);
        expect(rows).toHaveLength(count);
        for (const [index, row] of rows.entries()) {
          const interest = balance.mul(r).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN);
          const repaid = index === count - 1 ? balance : each.minus(interest);
          balance = balance.minus(repaid);
          expect([row.interest, row.principal]).toEqual([BigInt(interest.toFixed()), BigInt(repaid.toFixed())]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

const totals = (account: LoanAccount) => {
  const { fee, interest, penalty, principal: owed } = account.outstanding;
  return fee + interest + penalty + owed;
};

describe('every loan', () => {
  it('accounts for all the money: paid on installments or overpaid, and owed or paid', () => {
    fc.assert(
      fc.property(lives, ({ amount, asOf, chosen, count, facts }) => {
        const account = replay(chosen, agreementOf(amount, count), facts, START + asOf);
        const credits = account.transactions.filter(({ kind }) => kind === 'repayment');
        const paid = sum(account.installments.flatMap((row) => Object.values(row.paid)));
        expect(paid + account.overpaid).toBe(sum(credits.map((credit) => credit.amount)));
        for (const credit of credits) {
          const parts = sum(Object.values(credit.parts));
          expect(parts + credit.overpaid).toBe(credit.amount);
          expect(sum(credit.lines.map((line) => line.amount))).toBe(parts);
        }
        expect(sum(account.installments.map((row) => row.owed.principal))).toBe(amount);
        for (const row of account.installments) {
          for (const portion of ['principal', 'interest', 'fee', 'penalty'] as const) {
            expect(row.owed[portion] >= 0n && row.paid[portion] >= 0n).toBe(true);
            expect(row.paid[portion] <= row.owed[portion]).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is the same in whatever order its facts arrived', () => {
    fc.assert(
      fc.property(
        lives.chain((life) =>
          fc.tuple(
            fc.constant(life),
            fc.shuffledSubarray(life.facts, { minLength: life.facts.length, maxLength: life.facts.length }),
          ),
        ),
        ([{ amount, asOf, chosen, count, facts }, shuffled]) => {
          const agreement = agreementOf(amount, count);
          expect(replay(chosen, agreement, shuffled, START + asOf)).toEqual(
            replay(chosen, agreement, facts, START + asOf),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is as it was once everything that came later is undone', () => {
    fc.assert(
      fc.property(lives, ({ amount, asOf, chosen, count, facts }) => {
        const agreement = agreementOf(amount, count);
        const [first, ...later] = facts;
        if (first === undefined) return;
        const undoings = later.map(
          ({ id }): LoanFact => ({ kind: 'undo', id: `undo-${id}`, of: id, on: START + 300, knownOn: START + 300 }),
        );
        const before = replay(chosen, agreement, [first], START + asOf);
        const after = replay(chosen, agreement, [...facts, ...undoings], START + asOf);
        const standing = after.transactions.filter(({ undone }) => !undone);
        expect({ ...after, transactions: standing }).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });

  it('is closed by exactly what its payoff says', () => {
    fc.assert(
      fc.property(lives, ({ amount, asOf, chosen, count, facts }) => {
        const agreement = agreementOf(amount, count);
        const on = START + asOf;
        const known = facts.filter((fact) => fact.on <= on);
        const quote = payoff(chosen, agreement, known, on);
        const due = sum(Object.values(quote));
        const paid: LoanFact = { kind: 'payoff', id: 'z', on, knownOn: on };
        const account = replay(chosen, agreement, [...known, paid], on);
        expect(totals(account)).toBe(0n);
        if (due > 0n) expect(account.status).toBe('closed');
      }),
      { numRuns: 100 },
    );
  });
});
