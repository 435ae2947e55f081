/**
 * Writes down anew what the known loans come to: after their figures were changed on purpose, or after loans were
 * added by their terms and facts alone. Only figures that a decimal calculator comes to as well are written.
 *
 *     node --require ./tests/support/typescript.cjs tests/mutation/know-again.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import * as cumulative from '../../domain/schedule/cumulative';
import * as progressive from '../../domain/schedule/progressive';
import { faultsIn } from '../support/known-by-hand';
import { KNOWN_LOANS, type KnownLoan, knownLoans, plannedLines, toldLines } from '../support/known-loans';
import { waysOf } from '../support/known-ways';

const ENGINES = { progressive, cumulative } as const;

const figuresOf = (loan: KnownLoan) => {
  const { terms, agreement, facts, asOf } = loan;
  const { payoff, plan, replay } = ENGINES[terms.planning];
  const payouts = facts.flatMap((fact) => (fact.kind === 'disbursement' ? [fact] : [])).slice(0, 1);
  return {
    planned: plannedLines(terms, plan(terms, agreement, payouts)),
    told: toldLines(terms, replay(terms, agreement, facts, asOf), payoff(terms, agreement, facts, asOf)),
    ways: waysOf(loan),
  };
};

/** A loan that cannot be explained is not known. */
const faultsOf = (loan: KnownLoan): readonly string[] => {
  try {
    return faultsIn(loan);
  } catch (error) {
    return [String(error)];
  }
};

const lines = readFileSync(KNOWN_LOANS, 'utf8')
  .split('\n')
  .filter((line) => line !== '');
const loans = knownLoans();
let isSound = true;
const written = lines.map((line, index) => {
  const loan = loans[index];
  if (loan === undefined) return line;
  const known = JSON.stringify({ ...JSON.parse(line), ...figuresOf(loan) });
  if (known === line) return line;
  const faults = faultsOf(loan);
  isSound &&= faults.length === 0;
  console.log(`${loan.name}: ${faults.length === 0 ? 'known anew' : faults.join(', ')}`);
  return faults.length === 0 ? known : line;
});
writeFileSync(KNOWN_LOANS, `${written.join('\n')}\n`);
process.exitCode = isSound ? 0 : 1;
