/**
 * Writes down anew what the known loans come to: after their figures were changed on purpose, or after loans were
 * added by their terms and facts alone. Only figures that a decimal calculator comes to as well are written: each of
 * every installment, and of the payoff, is worked out again by hand from its explanation.
 *
 *     node --require ./tests/support/typescript.cjs tests/mutation/know-again.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { formatMinor } from '../../domain/kernel';
import * as cumulative from '../../domain/schedule/cumulative';
import { explainInstallment, explainPayoff } from '../../domain/schedule/explain';
import * as progressive from '../../domain/schedule/progressive';
import { faultsOf, payoffFaultsOf } from '../support/by-hand';
import { KNOWN_LOANS, type KnownLoan, knownLoans, plannedLines, toldLines } from '../support/known-loans';

const ENGINES = { progressive, cumulative } as const;

const figuresOf = ({ terms, agreement, facts, asOf }: KnownLoan) => {
  const engine = ENGINES[terms.planning];
  const payouts = facts.flatMap((fact) => (fact.kind === 'disbursement' ? [fact] : [])).slice(0, 1);
  const account = engine.replay(terms, agreement, facts, asOf);
  return {
    planned: plannedLines(terms, engine.plan(terms, agreement, payouts)),
    told: toldLines(terms, account, engine.payoff(terms, agreement, facts, asOf)),
    account,
  };
};

/** What a calculator does not come to. */
const faultsIn = ({ terms, agreement, facts, asOf }: KnownLoan): readonly string[] => {
  const { account } = figuresOf({ name: '', terms, agreement, facts, asOf, planned: [], told: [] });
  const text = (minor: bigint): string => formatMinor(minor, terms.currency);
  const faults = account.installments.flatMap(({ n, owed }) => {
    const explanation = explainInstallment(terms, agreement, facts, asOf, n);
    if (explanation === undefined) return [`no explanation of ${n}`];
    const { principal, interest, fee, penalty } = explanation;
    const isSame = [principal, interest, fee, penalty].every(
      ({ amount }, at) => amount === [owed.principal, owed.interest, owed.fee, owed.penalty].map(text)[at],
    );
    return isSame ? faultsOf(explanation) : [`${n} is another in its explanation`];
  });
  const payoff = explainPayoff(terms, agreement, facts, asOf);
  return payoff === undefined ? faults : [...faults, ...payoffFaultsOf(payoff, terms.planning)];
};

const lines = readFileSync(KNOWN_LOANS, 'utf8')
  .split('\n')
  .filter((line) => line !== '');
const loans = knownLoans();
let isSound = true;
const written = lines.map((line, index) => {
  const loan = loans[index];
  if (loan === undefined) return line;
  const { planned, told } = figuresOf(loan);
  const known = JSON.stringify({ ...JSON.parse(line), planned, told });
  if (known === line) return line;
  const faults = faultsIn(loan);
  isSound &&= faults.length === 0;
  console.log(`${loan.name}: ${faults.length === 0 ? 'other figures than were known' : faults.join(', ')}`);
  return faults.length === 0 ? known : line;
});
writeFileSync(KNOWN_LOANS, `${written.join('\n')}\n`);
process.exitCode = isSound ? 0 : 1;
