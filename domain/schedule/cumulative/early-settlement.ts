import type { Day } from '../../calendar';
import { formatMinor } from '../../kernel';
import { amountRulesOf } from './amounts';
import { chargeAmount } from './charges';
import { makePlan } from './make';
import { payoffOf } from './payoff';
import { sumOf } from './row';
import type { Demand, Story } from './story';

/**
 * What the terms charge when a loan is paid off before its end: on what closes the loan. `paid`: what comes in; only
 * what closes the loan is charged for. Absent: a payoff.
 */
export const earlySettlement = (story: Story, on: Day, paid?: bigint): readonly Demand[] => {
  const { terms } = story;
  const charges = terms.charges.filter(
    ({ name, time }) => time === 'early-settlement' && story.demands.every(({ id }) => id !== name),
  );
  if (charges.length === 0) return [];
  const owed = payoffOf(story, on);
  const { principal, interest } = owed;
  const end = makePlan(story).at(-1)?.due ?? on;
  if (on >= end || principal === 0n || (paid !== undefined && paid < sumOf(owed))) return [];
  const bases = { principal, interest, outstanding: principal, installment: owed };
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
