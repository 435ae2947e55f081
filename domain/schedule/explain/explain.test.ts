import fc from 'fast-check';
import { type AnyLife, anyLife } from '../../../tests/support/any-life';
import { faultsOf, payoffFaultsOf } from '../../../tests/support/by-hand';
import { START as BEGUN, lives } from '../../../tests/support/cumulative-lives';
import { START } from '../../../tests/support/progressive-loans';
import { businessDate, formatMinor } from '../../kernel';
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

/** What the lives of other laws leave out: rates of an index, multiples, and currencies of 0 and 3 decimals. */
const more = fc
  .record({
    currency: fc.constantFrom<LoanTerms['currency'][]>('CNY', 'JPY', 'KWD'),
    installmentMultiple: fc.constantFrom(undefined, undefined, '1', '5'),
    amountMultiple: fc.constantFrom(undefined, undefined, '1'),
    isFloating: fc.boolean(),
  })
  .map(
    ({ currency, installmentMultiple, amountMultiple, isFloating }) =>
      (terms: LoanTerms): LoanTerms => ({
        ...terms,
        currency,
        rounding: {
          ...terms.rounding,
          ...(installmentMultiple !== undefined && { installmentMultiple }),
          ...(amountMultiple !== undefined && terms.planning === 'progressive' && { amountMultiple }),
        },
        ...(isFloating && { rate: FLOATING }),
      }),
  );
const FLOATING: LoanTerms['rate'] = {
  kind: 'floating',
  index: 'LPR-1Y',
  margin: '0.0315',
  table: [
    { from: businessDate('2022-01-01'), perYear: '0.035' },
    { from: businessDate('2023-03-21'), perYear: '0.0365' },
    { from: businessDate('2026-04-21'), perYear: '0.031' },
  ],
};

describe('whatever happens to a loan, every figure of its schedule', () => {
  test('works out again by hand from its explanation: planned progressively', () => {
    fc.assert(
      fc.property(anyLife, more, fc.integer({ min: 0, max: 400 }), (life, differing, after) => {
        explainsAll({ ...life, terms: differing(life.terms) }, START + after);
      }),
      { numRuns: 60 },
    );
  });

  test('works out again by hand from its explanation: planned period by period', () => {
    fc.assert(
      fc.property(lives, more, ({ chosen, amount: principal, count: installments, facts, asOf }, differing) => {
        const agreement = { principal, installments, submittedOn: BEGUN };
        explainsAll({ terms: differing(chosen), agreement, facts }, BEGUN + asOf);
      }),
      { numRuns: 60 },
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
