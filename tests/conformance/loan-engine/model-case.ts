import type { Day } from '../../../domain/calendar';
import type { LoanFact } from '../../../domain/schedule/replay';
import type { ModelRow, ModelStep } from './case-steps';
import type { CaseTerms } from './case-terms';
import { type Difference, firstOf, rowDifference } from './difference';
import type { Engine } from './engine';
import { day, figureOf, minorOf, withDecimals, yearlyRateOf } from './figures';
import { agreementOf, decimalsOf, loanTermsOf } from './terms-of-case';

/**
 * Runs a case of the low-level installment model. A payment of interest and one of principal in the same period on the
 * same day are one repayment to us: what it pays of each must come out as stated. Early payments are felt at once.
 */
export const runModelCase = (engine: Engine, terms: CaseTerms, steps: readonly ModelStep[]): Difference | undefined => {
  const decimals = decimalsOf(terms);
  const loanTerms = loanTermsOf({ ...terms, multiDisburse: true, interestRecalculation: FELT_AT_ONCE });
  const start = startOf(terms, steps);
  const agreement = agreementOf(terms, terms.principal ?? disbursedIn(steps), start);
  let facts: readonly LoanFact[] = [];
  let today: Day = start;
  for (const [index, step] of steps.entries()) {
    if (step.op !== 'expectModel') {
      const fact = factOf(step, index, decimals);
      today = Math.max(today, fact.knownOn);
      facts = withFact(facts, fact);
      continue;
    }
    const account = engine.replay(loanTerms, agreement, facts, today);
    const rows = account.installments.map(({ n, owed, balance }) => ({
      n,
      installment: figureOf(owed.principal + owed.interest, decimals),
      interest: figureOf(owed.interest, decimals),
      principal: figureOf(owed.principal, decimals),
      balance: figureOf(balance, decimals),
    }));
    const at = `step ${index + 1} expectModel`;
    const difference =
      datesDifference(terms, account.installments) ??
      firstOf(step.rows, (row) =>
        rowDifference(`${at}: row ${row.n}`, normalised(row, decimals), rows.find(({ n }) => n === row.n) ?? {}),
      ) ??
      rowDifference(`${at}: number of periods`, { periods: step.rows.length }, { periods: rows.length });
    if (difference !== undefined) return difference;
  }
  return undefined;
};

const FELT_AT_ONCE: NonNullable<CaseTerms['interestRecalculation']> = {
  preClosure: 'TILL_PRE_CLOSE_DATE',
  onAdvancePayment: 'ADJUST_LAST_UNPAID_PERIOD',
  compounding: 'NONE',
  restFrequency: 'DAILY',
  restInterval: 1,
};

const startOf = (terms: CaseTerms, steps: readonly ModelStep[]): Day => {
  const from = terms.periods?.[0]?.from;
  if (from !== undefined) return day(from);
  const first = steps.find((step) => step.op === 'disburse');
  if (first === undefined) throw new Error('a model case disburses something');
  return day(first.date);
};

const disbursedIn = (steps: readonly ModelStep[]): string =>
  steps.find((step) => step.op === 'disburse')?.amount ?? '0';

const datesDifference = (
  { periods }: CaseTerms,
  installments: readonly { readonly n: number; readonly from: Day; readonly due: Day }[],
): Difference | undefined =>
  firstOf(periods ?? [], (period) => {
    const row = installments.find(({ n }) => n === period.n);
    return rowDifference(
      `period ${period.n}`,
      { from: day(period.from), due: day(period.due) },
      { from: row?.from, due: row?.due },
    );
  });

const normalised = (row: ModelRow, decimals: number): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      typeof value === 'string' ? withDecimals(value, decimals) : value,
    ]),
  );

type Operation = Exclude<ModelStep, { op: 'expectModel' }>;

const factOf = (step: Operation, index: number, decimals: number): LoanFact => {
  const id = `fact-${index + 1}`;
  switch (step.op) {
    case 'disburse': {
      const on = day(step.date);
      return { kind: 'disbursement', id, on, knownOn: on, amount: minorOf(step.amount, decimals) };
    }
    case 'payPrincipal':
    case 'payInterest': {
      const on = day(step.date);
      return { kind: 'credit', credit: 'repayment', id, on, knownOn: on, amount: minorOf(step.amount, decimals) };
    }
    case 'changeRate': {
      const on = day(step.date);
      return { kind: 'rate-change', id, on, knownOn: on, perYear: yearlyRateOf(step.newAnnualRatePercent, 'YEAR') };
    }
    case 'pauseInterest': {
      const on = day(step.from);
      return { kind: 'interest-pause', id, on, knownOn: on, through: day(step.to) };
    }
  }
};

/** Adds a fact; money that comes in on the same day as the money before it is one payment with it. */
const withFact = (facts: readonly LoanFact[], fact: LoanFact): readonly LoanFact[] => {
  const last = facts.at(-1);
  if (last?.kind !== 'credit' || fact.kind !== 'credit' || last.on !== fact.on) return [...facts, fact];
  return [...facts.slice(0, -1), { ...last, amount: last.amount + fact.amount }];
};
