import type { Day } from '../../calendar';
import type { LoanTerms } from '../loan-terms';
import type { LoanAgreement, PlannedDisbursement, PlannedInstallment } from '../replay';
import { amountRulesOf } from './amounts';
import { charge } from './charges';
import { termDemands } from './demands';
import { makePlan } from './make';
import { type Row, renewed } from './row';
import { NO_VARIATIONS, type Story } from './story';

/**
 * The installments of a loan before anything is paid. Planned one period after the other, each from the balance it
 * starts with. Amounts in minor units.
 * @throws InvariantError when the disbursements are not in the order of their days.
 */
export const plan = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  disbursements: readonly PlannedDisbursement[],
  asOf?: Day,
): readonly PlannedInstallment[] => {
  const tranches = disbursements
    .map(({ amount, installment, on }, index) => ({ id: `${index + 1}`, on, amount, installment }))
    .sort((a, b) => a.on - b.on);
  const first = tranches[0]?.on ?? agreement.submittedOn;
  const story: Story = {
    terms,
    agreement,
    tranches,
    variations: NO_VARIATIONS,
    demands: termDemands(terms, first),
    movements: [],
    today: asOf ?? first,
  };
  const rows = makePlan(story);
  if (story.demands.length === 0) return planned(rows, tranches);
  const charged = renewed(rows);
  charge(charged, story, amountRulesOf(terms));
  return planned(charged, tranches);
};

/** Rows with the principal that is left after each: what was paid out by then less what they asked for. */
const planned = (rows: readonly Row[], tranches: Story['tranches']): readonly PlannedInstallment[] => {
  const balances = balancesAfter(rows, tranches);
  return rows.map(({ due, from, kind, owed }, index) => ({
    n: index + 1,
    kind: kind === 'down-payment' ? 'down-payment' : 'regular',
    from,
    due,
    principal: owed.principal,
    interest: owed.interest,
    fee: owed.fee,
    penalty: owed.penalty,
    balance: balances[index] ?? 0n,
  }));
};

/** The principal left after each installment. */
export const balancesAfter = (rows: readonly Row[], tranches: Story['tranches']): readonly bigint[] => {
  let balance = 0n;
  let at = 0;
  return rows.map((row) => {
    for (let tranche = tranches[at]; tranche !== undefined && tranche.on <= row.due; tranche = tranches[at]) {
      balance += tranche.amount;
      at += 1;
    }
    balance -= row.owed.principal;
    return balance;
  });
};
