import { knownLoans, plannedLines, toldLines } from '../../tests/support/known-loans';
import { waysOf } from '../../tests/support/known-ways';
import * as cumulative from './cumulative';
import * as progressive from './progressive';

const ENGINES = { progressive, cumulative } as const;

describe('loans whose figures are known come to them again', () => {
  it.each(knownLoans())('$name', ({ terms, agreement, facts, asOf, planned, told }) => {
    const engine = ENGINES[terms.planning];
    const payouts = facts.flatMap((fact) => (fact.kind === 'disbursement' ? [fact] : [])).slice(0, 1);
    expect(plannedLines(terms, engine.plan(terms, agreement, payouts))).toEqual(planned);
    expect(
      toldLines(terms, engine.replay(terms, agreement, facts, asOf), engine.payoff(terms, agreement, facts, asOf)),
    ).toEqual(told);
  });

  it.each(knownLoans())('by the quick ways that they went: $name', (loan) => {
    expect(waysOf(loan)).toEqual(loan.ways);
  });
});
