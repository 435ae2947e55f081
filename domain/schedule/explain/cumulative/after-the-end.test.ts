import { faultsOf } from '../../../../tests/support/by-hand';
import { CLASSIC, day, disbursed, RECALCULATED, repaid } from '../../cumulative/terms.fixture';
import type { LoanTerms } from '../../loan-terms';
import { explainInstallment } from '..';

test('interest after the end of a plan says what changed the balance, also on the day a period begins', () => {
  const { recalculation } = RECALCULATED;
  const terms: LoanTerms = {
    ...CLASSIC,
    interest: { ...CLASSIC.interest, calculation: 'daily', dayCount: 'act/365f' },
    ...(recalculation !== undefined && {
      recalculation: {
        ...recalculation,
        rest: { frequency: 'per-installment', every: 1 },
        overduePrincipalBearsInterest: true,
      },
    }),
  };
  const agreement = { principal: 50_000n, installments: 1, submittedOn: day('2026-01-15') };
  const facts = [disbursed(50_000n, '2026-01-15'), repaid(800n, '2026-02-16')];
  const explanation = explainInstallment(terms, agreement, facts, day('2026-03-16'), 3);
  if (explanation === undefined) throw new Error('interest falls due after the end');
  expect(faultsOf(explanation)).toEqual([]);
  const segments = explanation.interest.lines.flatMap(({ calculation }) =>
    calculation?.kind === 'interest' ? calculation.segments : [],
  );
  expect(segments.map(({ to, balance, changes }) => [to, balance, changes.map(({ amount }) => amount)])).toEqual([
    ['2026-03-15', '500.00', ['-2.90']],
    ['2026-03-16', '497.10', []],
  ]);
});
