import fc from 'fast-check';
import { type AnyLife, anyLife } from '../../../tests/support/any-life';
import { faultsOf, payoffFaultsOf } from '../../../tests/support/by-hand';
import { START as BEGUN, lives } from '../../../tests/support/cumulative-lives';
import { START } from '../../../tests/support/progressive-loans';
import { formatMinor } from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import { payoffOf, replayLoan } from '../replay-loan';
import { explainInstallment, explainPayoff, installmentExplanationSchema, payoffExplanationSchema } from '.';

/** Every installment of a loan on a day, explained: each works out by hand, and to what the account says. */
const explainsAll = ({ terms, agreement, facts }: AnyLife, asOf: number): void => {
  const { installments } = replayLoan(terms, agreement, facts, asOf);
  for (const { n, owed, balance } of installments) {
    const explanation = explainInstallment(terms, agreement, facts, asOf, n);
    if (explanation === undefined) throw new Error(`no explanation of ${n}`);
    expect(installmentExplanationSchema.parse(explanation)).toEqual(explanation);
    expect(faultsOf(explanation)).toEqual([]);
    const { principal, interest, fee, penalty, balance: left } = explanation;
    const text = (minor: bigint): string => formatMinor(minor, terms.currency);
    expect([principal.amount, interest.amount, fee.amount, penalty.amount, left.amount]).toEqual(
      [owed.principal, owed.interest, owed.fee, owed.penalty, balance].map(text),
    );
  }
};

describe('whatever happens to a loan, every figure of its schedule', () => {
  test('works out again by hand from its explanation: planned progressively', () => {
    fc.assert(
      fc.property(anyLife, fc.integer({ min: 0, max: 400 }), (life, after) => {
        explainsAll(life, START + after);
      }),
      { numRuns: 100 },
    );
  });

  test('works out again by hand from its explanation: planned period by period', () => {
    fc.assert(
      fc.property(lives, ({ chosen: terms, amount: principal, count: installments, facts, asOf }) => {
        explainsAll({ terms, agreement: { principal, installments, submittedOn: BEGUN }, facts }, BEGUN + asOf);
      }),
      { numRuns: 100 },
    );
  });
});

/** What is charged for an early end. */
const EARLY_END: LoanTerms['charges'][number] = {
  name: 'early end',
  kind: 'fee',
  time: 'early-settlement',
  calculation: { kind: 'share', of: 'outstanding-principal', share: '0.02' },
};
const withEarlyEnd = (terms: LoanTerms): LoanTerms => ({ ...terms, charges: [...terms.charges, EARLY_END] });

/** A payoff on a day, explained: it works out by hand, and to what is asked for. */
const explainsPayoff = ({ terms, agreement, facts }: AnyLife, on: number): void => {
  const explanation = explainPayoff(terms, agreement, facts, on);
  if (explanation === undefined) throw new Error('something is lent');
  expect(payoffExplanationSchema.parse(explanation)).toEqual(explanation);
  expect(payoffFaultsOf(explanation, terms.planning)).toEqual([]);
  const asked = payoffOf(terms, agreement, facts, on);
  for (const portion of ['principal', 'interest', 'fee', 'penalty'] as const) {
    expect(explanation[portion].amount).toBe(formatMinor(asked[portion], terms.currency));
  }
};

describe('whatever happens to a loan, what closes it', () => {
  test('works out again by hand from its explanation: planned progressively', () => {
    fc.assert(
      fc.property(anyLife, fc.integer({ min: 0, max: 400 }), (life, after) =>
        explainsPayoff({ ...life, terms: withEarlyEnd(life.terms) }, START + after),
      ),
      { numRuns: 150 },
    );
  });

  test('works out again by hand from its explanation: planned period by period', () => {
    fc.assert(
      fc.property(lives, ({ chosen, amount: principal, count: installments, facts, asOf }) =>
        explainsPayoff(
          { terms: withEarlyEnd(chosen), agreement: { principal, installments, submittedOn: BEGUN }, facts },
          BEGUN + asOf,
        ),
      ),
      { numRuns: 150 },
    );
  });
});
