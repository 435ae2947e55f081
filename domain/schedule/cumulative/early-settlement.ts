import type { Day } from '../../calendar';
import { formatMinor } from '../../kernel';
import type { LoanFact, PortionAmounts } from '../replay';
import { amountRulesOf } from './amounts';
import { chargeAmount } from './charges';
import { makePlan } from './make';
import { payoffOf } from './payoff';
import { sumOf } from './row';
import type { Demand, Story } from './story';

/** What the terms charge when a loan is paid off before its end: on what closes the loan. */
export const earlySettlement = (story: Story, on: Day, owed?: PortionAmounts): readonly Demand[] => {
  const { terms } = story;
  const charges = terms.charges.filter(
    ({ name, time }) => time === 'early-settlement' && story.demands.every(({ id }) => id !== name),
  );
  if (charges.length === 0) return [];
  const { principal, interest } = owed ?? payoffOf(story, on);
  const end = makePlan(story).at(-1)?.due ?? on;
  if (on >= end || principal === 0n) return [];
  const bases = { principal, interest, outstanding: principal, installment: { principal, interest } };
  return charges.map(({ calculation, kind, name }) => {
    const { amount } = chargeAmount(calculation, bases, story, amountRulesOf(terms));
    return {
      id: name,
      portion: kind,
      calculation: { kind: 'flat', amount: formatMinor(amount, terms.currency) },
      since: on,
      dueOn: on,
    };
  });
};

/**
 * The same for fact after fact: for payoffs, and for repayments of what closes the loan. Few are large enough to be
 * looked at: what was lent less all that came in since is surely owed.
 */
export const settledEarlyIn = (story: Story): ((fact: LoanFact) => readonly Demand[]) => {
  if (story.terms.charges.every(({ time }) => time !== 'early-settlement')) return () => [];
  let surelyOwed = 0n;
  const charged = (fact: LoanFact): readonly Demand[] => {
    const told: Story = { ...story, movements: [...story.movements] };
    if (fact.kind === 'payoff') return earlySettlement(told, fact.on);
    if (fact.kind !== 'credit' || fact.credit !== 'repayment' || fact.amount < surelyOwed) return [];
    const owed = payoffOf(told, fact.on);
    surelyOwed = owed.principal;
    return fact.amount < sumOf(owed) ? [] : earlySettlement(told, fact.on, owed);
  };
  return (fact) => {
    const demands = charged(fact);
    if (ENDS.has(fact.kind)) surelyOwed = 0n;
    else if ('amount' in fact) surelyOwed += fact.kind === 'disbursement' ? fact.amount : -fact.amount;
    return demands;
  };
};

const ENDS: ReadonlySet<LoanFact['kind']> = new Set<LoanFact['kind']>(['payoff', 'settlement', 'write-off']);
