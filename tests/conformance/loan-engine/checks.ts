import { dateOf } from '../../../domain/calendar';
import { unreachable } from '../../../domain/kernel';
import type { AccountCharge, LoanFact, PortionAmounts } from '../../../domain/schedule/replay';
import { type ChargeRow, STATUSES, type Step } from './case-steps';
import { type Difference, firstOf, nearest, rowDifference } from './difference';
import type { ShownPosting } from './engine';
import { figureOf, withDecimals } from './figures';
import { compareJournal } from './journal';
import type { LoanLife } from './loan-life';
import { compareSchedule, shownAccount, shownPlan } from './schedule-rows';
import { isSameType } from './transaction-labels';
import { compareTransactions, shownTransactions } from './transaction-rows';

export type Check = Extract<Step, { op: `expect${string}` }>;
type StepOf<Op extends Step['op']> = Extract<Step, { op: Op }>;

/** Holds a case's loan against what the step says of it. */
export const checkStep = (life: LoanLife, step: Check, index: number): Difference | undefined => {
  const at = `step ${index + 1} ${step.op}`;
  switch (step.op) {
    case 'expectSchedule':
      return compareSchedule(at, step, scheduleOf(life));
    case 'expectTransactions': {
      const rows = shownTransactions(life.transactions(), life.decimals);
      return compareTransactions(at, step.rows, step.ignoring ?? [], rows, life.decimals);
    }
    case 'expectJournal':
      return journalDifference(at, step, life);
    case 'expectCharges':
      return compareCharges(at, step, life);
    case 'expectStatus':
      return compareStatus(at, step, life);
    case 'expectAmount': {
      const amount = withDecimals(step.amount, life.decimals);
      return rowDifference(at, { [step.measure]: amount }, { [step.measure]: measured(life, step.measure) });
    }
    case 'expectAllObligationsMet':
      return obligationsMet(at, life);
    case 'expectClosedZero':
      return closedWithNothing(at, life);
    default:
      return unreachable(step);
  }
};

const scheduleOf = (life: LoanLife) => {
  if (life.standing('disbursement').length > 0) {
    const areBeside = life.terms.scheduleType === 'PROGRESSIVE';
    return shownAccount(life.account(), life.agreement.expectedTranches ?? [], areBeside, life.decimals);
  }
  if (life.isCharged) return shownAccount(life.foreseen(), [], false, life.decimals);
  const { disbursements, plan } = life.expected();
  return shownPlan(plan, disbursements, life.decimals);
};

const journalDifference = (at: string, step: StepOf<'expectJournal'>, life: LoanLife): Difference | undefined => {
  const { type, date } = step.transaction;
  const postings = life
    .transactions()
    .filter(({ transaction, label }) => dateOf(transaction.on) === date && isSameType(label, type))
    .flatMap((one) => {
      const booked = life.postings(one);
      return one.reverted ? [...booked, ...booked.map(reversed)] : booked;
    });
  return compareJournal(`${at}: ${type} of ${date}`, step.entries, postings, life.decimals);
};

const reversed = (posting: ShownPosting): ShownPosting => ({
  ...posting,
  side: posting.side === 'debit' ? 'credit' : 'debit',
});

const totalOf = ({ principal, interest, fee, penalty }: PortionAmounts): bigint => principal + interest + fee + penalty;

const measured = (life: LoanLife, measure: StepOf<'expectAmount'>['measure']): string => {
  const account = life.account();
  const money = (minor: bigint): string => figureOf(minor, life.decimals);
  switch (measure) {
    case 'totalOutstanding':
      return money(totalOf(account.outstanding));
    case 'totalOverpaid':
      return money(account.overpaid);
    case 'totalOverdue':
      return money(totalOf(account.overdue));
    case 'principalOutstanding':
      return money(account.outstanding.principal);
    default:
      return unreachable(measure);
  }
};

const statusOf = (life: LoanLife): string => {
  if (!life.isApproved) return 'submitted';
  return life.standing('disbursement').length === 0 ? 'approved' : life.account().status;
};

const compareStatus = (at: string, step: StepOf<'expectStatus'>, life: LoanLife): Difference | undefined => {
  const allowed: readonly string[] = STATUSES[step.status];
  const got = statusOf(life);
  return allowed.includes(got) ? undefined : { at, expected: step.status, got };
};

const obligationsMet = (at: string, life: LoanLife): Difference | undefined => {
  const open = life.account().installments.filter(({ metOn }) => metOn === undefined);
  return open.length === 0
    ? undefined
    : { at, expected: 'every installment met', got: `open: ${open.map(({ n }) => n).join(', ')}` };
};

const closedWithNothing = (at: string, life: LoanLife): Difference | undefined => {
  const account = life.account();
  return (
    rowDifference(
      at,
      { status: 'closed', outstanding: figureOf(0n, life.decimals) },
      { status: account.status, outstanding: figureOf(totalOf(account.outstanding), life.decimals) },
    ) ?? obligationsMet(at, life)
  );
};

type ChargeFact = Extract<LoanFact, { kind: 'charge' }>;

const CALCULATIONS: Readonly<Record<string, string>> = {
  principal: '% Amount',
  interest: '% Interest',
  'principal-and-interest': '% Loan Amount + Interest',
};

const calculationNameOf = (fact: ChargeFact | undefined): string | undefined => {
  if (fact === undefined) return undefined;
  return fact.calculation.kind === 'flat' ? 'Flat' : CALCULATIONS[fact.calculation.of];
};

/** A charge's name is a label; what counts is how many there are, and of each its kind, its due day and its figures. */
const compareCharges = (at: string, { rows }: StepOf<'expectCharges'>, life: LoanLife): Difference | undefined => {
  const byId = new Map(life.standing('charge').map((fact) => [fact.id, fact]));
  const left = chargesOf(life).map((charge) => shownCharge(charge, byId.get(charge.fact), life.decimals));
  return (
    rowDifference(`${at}: number of charges`, { count: rows.length }, { count: left.length }) ??
    firstOf(rows, (row) => {
      const wanted = comparableCharge(row, life.decimals);
      const closest = nearest(wanted, left);
      if (closest === undefined) return { at: `${at}: ${row.name}`, expected: wanted, got: 'no charge' };
      left.splice(left.indexOf(closest), 1);
      return rowDifference(`${at}: ${row.name}`, wanted, closest);
    })
  );
};

/** Charges that are paid out of a payout to come are not paid yet. */
const chargesOf = (life: LoanLife): readonly AccountCharge[] =>
  life.standing('disbursement').length > 0
    ? life.account().charges
    : life.foreseen().charges.map((charge) => ({ ...charge, paid: 0n, outstanding: charge.amount - charge.waived }));

const shownCharge = (charge: AccountCharge, fact: ChargeFact | undefined, decimals: number) => ({
  isPenalty: charge.kind === 'penalty',
  due: figureOf(charge.amount, decimals),
  ...(charge.dueOn !== undefined && { dueAsOf: dateOf(charge.dueOn) }),
  calc: calculationNameOf(fact),
  paid: figureOf(charge.paid, decimals),
  waived: figureOf(charge.waived, decimals),
  outstanding: figureOf(charge.outstanding, decimals),
});

const comparableCharge = ({ isPenalty, due, dueAsOf, paid, waived, outstanding }: ChargeRow, decimals: number) => ({
  isPenalty,
  due: withDecimals(due, decimals),
  dueAsOf: dueAsOf ?? undefined,
  ...(paid !== undefined && { paid: withDecimals(paid, decimals) }),
  ...(waived !== undefined && { waived: withDecimals(waived, decimals) }),
  ...(outstanding !== undefined && { outstanding: withDecimals(outstanding, decimals) }),
});
