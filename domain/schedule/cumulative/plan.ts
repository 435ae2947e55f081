import type { Day } from '../../calendar';
import type { LoanTerms } from '../loan-terms';
import type { LoanAgreement, PlannedDisbursement, PlannedInstallment } from '../replay';
import { amountRulesOf, larger } from './amounts';
import { charge } from './charges';
import { termDemands } from './demands';
import { dueDatesOf } from './due-dates';
import { makePlan, shownPlan } from './make';
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
  const untold: Story = {
    terms,
    agreement,
    tranches,
    variations: NO_VARIATIONS,
    demands: [],
    movements: [],
    today: asOf ?? first,
  };
  const story = { ...untold, demands: termDemands(terms, first, () => dueDatesOf(untold).due(1)) };
  if (story.demands.length === 0) {
    return shownPlan(story, (rows) => planned(rows, tranches)) ?? planned(makePlan(story), tranches);
  }
  const charged = renewed(makePlan(story));
  charge(charged, story, amountRulesOf(terms));
  return planned(charged, tranches);
};

/** Rows with the principal that is left after each. */
const planned = (rows: readonly Row[], tranches: Story['tranches']): PlannedInstallment[] => {
  const after = runningBalance(tranches);
  const installments: PlannedInstallment[] = [];
  for (const row of rows) {
    const { due, from, kind, owed } = row;
    const { fee, interest, penalty, principal } = owed;
    installments.push({
      n: installments.length + 1,
      kind: kind === 'down-payment' ? kind : 'regular',
      from,
      due,
      principal,
      interest,
      fee,
      penalty,
      balance: after(row),
    });
  }
  return installments;
};

/** Principal that somebody owes from a day on. */
type Lent = Pick<Story['tranches'][number], 'on' | 'amount'>;

/** The principal left after each installment; nothing where it was paid before it was lent. */
export const balancesAfter = (rows: readonly Row[], lent: readonly Lent[]): readonly bigint[] =>
  rows.map(runningBalance(lent.toSorted((one, other) => one.on - other.on))).map((balance) => larger(balance, 0n));

/** Asked row by row: what was lent by the due date less what installments asked for. */
const runningBalance = (lent: readonly Lent[]): ((row: Row) => bigint) => {
  let balance = 0n;
  let at = 0;
  return ({ due, owed }) => {
    for (let next = lent[at]; next !== undefined && next.on <= due; next = lent[at]) {
      balance += next.amount;
      at += 1;
    }
    balance -= owed.principal;
    return balance;
  };
};
