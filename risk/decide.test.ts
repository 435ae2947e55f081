import fc from 'fast-check';
import { conclude } from './decide';
import type { Features } from './features';
import { firstCreditPolicy, readPolicy } from './policy';

const sound: Features = {
  age: 35,
  region: '31',
  identityVerified: true,
  blacklisted: false,
  checkingStatus: '200-and-more',
  creditHistory: 'all-paid-here',
  savings: '500-to-1000',
  existingCredits: '1',
  otherInstallmentPlans: 'none',
  employment: '4-to-7-years',
  housing: 'rent',
  purpose: 'used-car',
  termMonths: 12,
  amount: 3000,
  installmentShare: '0.2000',
};

const decide = (changes: Partial<Features>) => conclude({ ...sound, ...changes }, firstCreditPolicy);

describe('the first decision', () => {
  test('approves a sound applicant, with score, policy and trace on record', () => {
    const { outcome, reasons, score, policy, trace } = decide({});
    expect(outcome).toBe('approve');
    expect(reasons).toEqual([]);
    expect(score).toBeGreaterThanOrEqual(560);
    expect(policy).toEqual({ name: 'first-credit', version: 1, hash: firstCreditPolicy.hash });
    expect(trace.map(({ rule }) => rule)).toContain('score:creditHistory');
  });

  test.each([
    [17, 'reject'],
    [18, 'approve'],
    [60, 'approve'],
    [61, 'reject'],
  ] as const)('at the age of %i: %s', (age, outcome) => {
    expect(decide({ age }).outcome).toBe(outcome);
  });

  test.each([
    [{ identityVerified: false }, 'IDENTITY_NOT_VERIFIED'],
    [{ blacklisted: true }, 'BLACKLISTED'],
    [{ installmentShare: '0.5001' }, 'INSTALLMENT_ABOVE_MEANS'],
    [{ installmentShare: null }, 'INSTALLMENT_ABOVE_MEANS'],
  ] as const)('rejects %j before any score', (changes, reason) => {
    const { outcome, reasons, score } = decide(changes);
    expect({ outcome, reasons, score }).toEqual({ outcome: 'reject', reasons: [reason], score: undefined });
  });

  test('an installment of exactly the share allowed is within means', () => {
    expect(decide({ installmentShare: '0.5000' }).outcome).toBe('approve');
  });

  test('a silent bureau is a person’s case, never an approval', () => {
    const { outcome, reasons } = decide({
      creditHistory: null,
      checkingStatus: null,
      blacklisted: null,
      savings: null,
    });
    expect({ outcome, reasons }).toEqual({ outcome: 'refer', reasons: ['BUREAU_UNAVAILABLE'] });
  });

  test('a poor applicant is told the costliest reasons, at most four', () => {
    const { outcome, reasons } = decide({
      checkingStatus: 'none',
      creditHistory: 'critical',
      savings: 'unknown-or-none',
      employment: 'unemployed',
      termMonths: 60,
      amount: 15000,
    });
    expect(outcome).toBe('reject');
    expect(reasons).toEqual(['CHECKING_ACCOUNT_WEAK', 'CREDIT_HISTORY_POOR', 'DURATION_LONG', 'AMOUNT_HIGH']);
  });

  test('any features lead to a decision, the same one every time, and no “no” is without a reason', () => {
    const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values);
    const anyFeatures = fc.record({
      age: fc.option(fc.integer({ min: 0, max: 120 })),
      region: pick('11', '31', '65'),
      identityVerified: fc.boolean(),
      blacklisted: fc.option(fc.boolean()),
      checkingStatus: fc.option(pick('none', 'negative', 'below-200', '200-and-more')),
      creditHistory: fc.option(pick('delayed', 'critical', 'none-or-paid', 'paid-duly', 'all-paid-here')),
      savings: fc.option(pick('unknown-or-none', 'below-100', '100-to-500', '500-to-1000', '1000-and-more')),
      existingCredits: fc.option(pick('1', '2-3', '4-5', '6-and-more')),
      otherInstallmentPlans: pick('bank', 'stores', 'none'),
      employment: pick('unemployed', 'under-1-year', '1-to-4-years', '4-to-7-years', '7-years-and-more'),
      housing: pick('free', 'rent', 'own'),
      purpose: fc.string(),
      termMonths: fc.integer({ min: 1, max: 120 }),
      amount: fc.integer({ min: 0, max: 1_000_000 }),
      installmentShare: fc.option(pick('0.0000', '0.4999', '0.5000', '0.5001', '3.0000')),
    }) satisfies fc.Arbitrary<Features>;
    fc.assert(
      fc.property(anyFeatures, (features) => {
        const first = conclude(features, firstCreditPolicy);
        expect(conclude(features, firstCreditPolicy)).toEqual(first);
        if (first.outcome !== 'approve') expect(first.reasons.length).toBeGreaterThan(0);
        if (first.outcome === 'approve') expect(features.identityVerified && features.blacklisted !== true).toBe(true);
      }),
    );
  });

  test('a policy is its content: one changed point is another policy', () => {
    const { document } = firstCreditPolicy;
    const changed = { ...document, scorecard: { ...document.scorecard, base: document.scorecard.base + 1 } };
    expect(readPolicy(changed).hash).not.toBe(firstCreditPolicy.hash);
    expect(readPolicy(structuredClone(document)).hash).toBe(firstCreditPolicy.hash);
  });
});
