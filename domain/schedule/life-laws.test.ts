import fc from 'fast-check';
import { type AnyLife, anyLife } from '../../tests/support/any-life';
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

const standing = (account: LoanAccount): LoanAccount => ({
  ...account,
  transactions: account.transactions.filter(({ undone }) => !undone),
});

describe.each(PLANNINGS)('whatever happens to a loan that is planned the %s way, under whatever terms', (planning) => {
  test('it is the same in whatever order its facts arrive', () => {
    const shuffled = anyLife.chain((life) =>
      fc.tuple(fc.constant(life), fc.shuffledSubarray([...life.facts], { minLength: life.facts.length })),
    );
    fc.assert(
      fc.property(shuffled, ([life, arrived]) => {
        const { terms, agreement, facts } = livedIn(life, planning);
        const order = arrived.filter((fact) => facts.includes(fact));
        const asOf = end(facts);
        expect(standing(replayLoan(terms, agreement, order, asOf))).toEqual(
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
});
