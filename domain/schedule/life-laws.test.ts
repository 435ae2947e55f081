import fc from 'fast-check';
import { type AnyLife, anyLife } from '../../tests/support/any-life';
import { sampleOf } from '../../tests/support/known-sample';
import { otherArrivals } from '../../tests/support/other-arrival';
import type { LoanTerms } from './loan-terms';
import type { LoanAccount, LoanFact } from './replay';
import { replayLoan } from './replay-loan';

/** What a loan planned period by period knows nothing of: its commands are refused. */
const BEYOND_PERIODS: ReadonlySet<LoanFact['kind']> = new Set<LoanFact['kind']>([
  're-age',
  're-amortize',
  'termination',
  'capitalized-income',
]);

const PLANNINGS = ['progressive', 'cumulative'] as const satisfies readonly LoanTerms['planning'][];

/** The life as a loan of that planning can have it. */
const livedIn = ({ terms, agreement, facts }: AnyLife, planning: LoanTerms['planning']): AnyLife =>
  planning === 'progressive'
    ? { terms, agreement, facts }
    : {
        terms: { ...terms, planning, tranches: { ...terms.tranches, fullTerm: false } },
        agreement,
        facts: facts.filter(({ kind }) => !BEYOND_PERIODS.has(kind)),
      };

/** Long after everything. */
const end = (facts: readonly LoanFact[]): number => Math.max(...facts.map(({ on }) => on)) + 200;

/** The account on every day on which something happened, and long after. */
const accountsOf = ({ terms, agreement, facts }: AnyLife): readonly LoanAccount[] =>
  [...new Set(facts.map(({ on }) => on)), end(facts)].map((on) => replayLoan(terms, agreement, facts, on));

const standing = (account: LoanAccount): LoanAccount => ({
  ...account,
  transactions: account.transactions.filter(({ undone }) => !undone),
});

describe.each(PLANNINGS)('whatever happens to a loan that is planned the %s way, under whatever terms', (planning) => {
  test('it is the same in whatever order its facts arrive', () => {
    const arrivals = anyLife
      .map((life) => livedIn(life, planning))
      .chain((life) => fc.tuple(fc.constant(life), otherArrivals(life.facts)));
    fc.assert(
      fc.property(arrivals, ([{ terms, agreement, facts }, other]) => {
        const asOf = end(facts);
        expect(other.byOldIds(standing(replayLoan(terms, agreement, other.facts, asOf)))).toEqual(
          standing(replayLoan(terms, agreement, facts, asOf)),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('it is as it was once everything is taken back', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const { terms, agreement, facts } = livedIn(life, planning);
        const [payout, ...later] = facts.filter(({ kind }) => kind !== 'undo');
        if (payout === undefined) return;
        const asOf = end(facts);
        const undos = later.map(
          ({ id }): LoanFact => ({ kind: 'undo', id: `${id}~`, of: id, on: asOf, knownOn: asOf }),
        );
        expect(standing(replayLoan(terms, agreement, [payout, ...later, ...undos], asOf))).toEqual(
          standing(replayLoan(terms, agreement, [payout], asOf)),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('no money is held for a borrower who owes, and no balance is below zero', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        for (const { installments, outstanding, overpaid, transactions } of accountsOf(livedIn(life, planning))) {
          const { principal, interest, fee, penalty } = outstanding;
          expect(overpaid === 0n || principal + interest + fee + penalty === 0n).toBe(true);
          expect(installments.every(({ balance }) => balance >= 0n)).toBe(true);
          expect(transactions.every(({ balance }) => balance >= 0n)).toBe(true);
          expect(installments.at(-1)?.balance).toBe(0n);
        }
      }),
      { numRuns: 150, ...sampleOf(planning) },
    );
  });

  test('time alone changes no day on which an installment was met', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const { terms, agreement, facts } = livedIn(life, planning);
        const [soon, late] = [end(facts) - 199, end(facts)].map((on) => replayLoan(terms, agreement, facts, on));
        for (const [index, { metOn, due }] of (soon?.installments ?? []).entries()) {
          const later = late?.installments[index];
          if (metOn === undefined || later?.metOn === undefined || later.due !== due) continue;
          expect(later.metOn).toBe(metOn);
        }
      }),
      { numRuns: 150, ...sampleOf(planning) },
    );
  });
});
