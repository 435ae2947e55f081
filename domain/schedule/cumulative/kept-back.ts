import type { Day } from '../../calendar';
import type { LoanFact } from '../replay';
import { amountRulesOf } from './amounts';
import { chargeAmount } from './charges';
import type { Row } from './row';
import type { Story } from './story';

/** A charge that was paid out of a payout: it is on no installment. */
export interface KeptBack {
  readonly id: string;
  /** The payout. */
  readonly fact: string;
  readonly portion: 'fee' | 'penalty';
  readonly dueOn: Day | undefined;
  readonly amount: bigint;
}

/** The charges that are due with a payout: with the first one, or with each tranche on its own amount. */
export const keptBack = (
  story: Story,
  rows: readonly Row[],
  { amount, id: fact, on }: Extract<LoanFact, { kind: 'disbursement' }>,
): readonly KeptBack[] => {
  const charges = story.terms.charges.filter(({ time }) => time === 'tranche' || time === 'disbursement');
  if (charges.length === 0) return [];
  const number = 1 + story.tranches.findIndex(({ id }) => id === fact);
  const interest = rows.reduce((sum, { owed }) => sum + owed.interest, 0n);
  const bases = { principal: amount, interest, outstanding: amount, installment: rows[0]?.owed };
  return charges.flatMap(({ name, kind, time, calculation }): readonly KeptBack[] => {
    if (time === 'disbursement' && number > 1) return [];
    const isTranche = time === 'tranche';
    return [
      {
        id: isTranche ? `${name} ${number}` : name,
        fact,
        portion: kind,
        dueOn: isTranche ? on : undefined,
        amount: chargeAmount(calculation, bases, story, amountRulesOf(story.terms)).amount,
      },
    ];
  });
};
