import type { Day } from '../../../domain/calendar';
import type { AccountInstallment, LoanAccount, LoanAgreement, LoanFact } from '../../../domain/schedule/replay';
import type { ModelRow, ModelStep } from './case-steps';
import type { CaseBucket, CaseTerms } from './case-terms';
import { type Difference, firstOf, rowDifference } from './difference';
import type { Engine } from './engine';
import { day, figureOf, minorOf, withDecimals, yearlyRateOf } from './figures';
import { MissingKnob } from './missing-knob';
import { agreementOf, decimalsOf, loanTermsOf } from './terms-of-case';

/**
 * Runs a case of the low-level installment model. A payment of interest and one of principal in the same period on the
 * same day are one repayment to us: what it pays of each must come out as stated. Early payments are felt at once.
 * @throws MissingKnob where the model does what no loan can.
 */
export const runModelCase = (engine: Engine, terms: CaseTerms, steps: readonly ModelStep[]): Difference | undefined => {
  const decimals = decimalsOf(terms);
  const loanTerms = loanTermsOf({
    ...terms,
    multiDisburse: true,
    repaymentStartDateType: 'SUBMITTED_ON_DATE',
    interestRecalculation: FELT_AT_ONCE,
    paymentAllocation: INTO_THE_PERIOD_MEANT,
  });
  const start = startOf(terms, steps);
  const agreement: LoanAgreement = {
    ...agreementOf(terms, terms.principal ?? disbursedIn(steps), start),
    ...firstDueOf(terms),
    submittedOn: start,
  };
  let facts: readonly LoanFact[] = [];
  const accountOn = (): LoanAccount =>
    engine.replay(loanTerms, agreement, facts, Math.max(start, ...facts.map(({ knownOn }) => knownOn)));
  for (const [index, step] of steps.entries()) {
    if (step.op === 'expectModel') {
      const difference = modelDifference(`step ${index + 1} expectModel`, step.rows, terms, accountOn());
      if (difference !== undefined) return difference;
    } else if (isPayment(step)) {
      facts = withPayment(facts, step, steps[index - 1], paymentOf(step, index, accountOn(), decimals));
    } else {
      facts = [...facts, factOf(step, index, decimals)];
    }
  }
  return undefined;
};

const modelDifference = (
  at: string,
  expected: readonly ModelRow[],
  terms: CaseTerms,
  account: LoanAccount,
): Difference | undefined => {
  const decimals = decimalsOf(terms);
  const rows = account.installments.map((row) => ({
    n: row.n,
    installment: figureOf(row.owed.principal + row.owed.interest, decimals),
    interest: figureOf(row.owed.interest, decimals),
    principal: figureOf(row.owed.principal, decimals),
    balance: figureOf(row.balance - paidAhead(account, row), decimals),
  }));
  requireSameDates(terms, account.installments);
  return (
    firstOf(expected, (row) =>
      rowDifference(`${at}: row ${row.n}`, normalised(row, decimals), rows.find(({ n }) => n === row.n) ?? {}),
    ) ?? rowDifference(`${at}: number of periods`, { periods: terms.numberOfRepayments }, { periods: rows.length })
  );
};

/** Principal of later installments that was paid by an installment's due date: the model's balance is without it. */
const paidAhead = ({ transactions }: LoanAccount, { n, due }: AccountInstallment): bigint =>
  transactions
    .filter(({ on, undone }) => on <= due && !undone)
    .flatMap(({ lines }) => lines)
    .filter(({ installment, portion }) => installment > n && portion === 'principal')
    .reduce((sum, { amount }) => sum + amount, 0n);

const FELT_AT_ONCE: NonNullable<CaseTerms['interestRecalculation']> = {
  preClosure: 'TILL_PRE_CLOSE_DATE',
  onAdvancePayment: 'ADJUST_LAST_UNPAID_PERIOD',
  compounding: 'NONE',
  restFrequency: 'DAILY',
  restInterval: 1,
  // The model knows no today: what was not paid is not late.
  noInterestOnPastDuePrincipal: true,
};

const ORDER = (['PAST_DUE', 'DUE', 'IN_ADVANCE'] as const).flatMap((state) =>
  (['PENALTY', 'FEE', 'PRINCIPAL', 'INTEREST'] as const).map((portion): CaseBucket => `${state}_${portion}`),
);

/** Money goes to the period that is open; what a case pays into the last one is a goodwill credit to us. */
const INTO_THE_PERIOD_MEANT: NonNullable<CaseTerms['paymentAllocation']> = [
  { transactionType: 'DEFAULT', futureInstallmentAllocationRule: 'NEXT_INSTALLMENT', order: ORDER },
  { transactionType: 'GOODWILL_CREDIT', futureInstallmentAllocationRule: 'LAST_INSTALLMENT', order: ORDER },
];

const firstDueOf = ({ periods }: CaseTerms): { readonly firstDueOn?: Day } => {
  const due = periods?.[0]?.due;
  return due === undefined ? {} : { firstDueOn: day(due) };
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

/** Periods that no rhythm makes cannot be asked of the engine. */
const requireSameDates = (
  { periods }: CaseTerms,
  installments: readonly { readonly n: number; readonly from: Day; readonly due: Day }[],
): void => {
  for (const { n, from, due } of periods ?? []) {
    const row = installments.find((installment) => installment.n === n);
    if (row?.from !== day(from) || row.due !== day(due)) throw new MissingKnob('terms.periods=irregular');
  }
};

const normalised = (row: ModelRow, decimals: number): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      typeof value === 'string' ? withDecimals(value, decimals) : value,
    ]),
  );

type Payment = Extract<ModelStep, { op: 'payPrincipal' | 'payInterest' }>;
type Change = Exclude<ModelStep, Payment | { op: 'expectModel' }>;

const isPayment = (step: ModelStep): step is Payment => step.op === 'payPrincipal' || step.op === 'payInterest';

const paymentOf = (step: Payment, index: number, { installments }: LoanAccount, decimals: number): LoanFact => {
  const on = day(step.date);
  const open = installments.find(({ metOn }) => metOn === undefined);
  const isIntoOpen = open?.due === day(step.periodDue);
  const isIntoLast = !isIntoOpen && installments.at(-1)?.due === day(step.periodDue);
  // A loan's money finds its installment by rules: it cannot be put into any other.
  if (!isIntoOpen && !isIntoLast) throw new MissingKnob('model.paymentIntoAnyPeriod');
  return {
    kind: 'credit',
    credit: isIntoLast ? 'goodwill-credit' : 'repayment',
    id: idOf(index),
    on,
    knownOn: on,
    amount: minorOf(step.amount, decimals),
  };
};

/** What is paid into one period on one day is one payment. */
const withPayment = (
  facts: readonly LoanFact[],
  step: Payment,
  before: ModelStep | undefined,
  fact: LoanFact,
): readonly LoanFact[] => {
  const last = facts.at(-1);
  const isSame =
    before !== undefined && isPayment(before) && before.periodDue === step.periodDue && before.date === step.date;
  if (!isSame || last?.kind !== 'credit' || fact.kind !== 'credit') return [...facts, fact];
  return [...facts.slice(0, -1), { ...last, amount: last.amount + fact.amount }];
};

const idOf = (index: number): string => `fact-${String(index + 1).padStart(3, '0')}`;

const factOf = (step: Change, index: number, decimals: number): LoanFact => {
  const id = idOf(index);
  switch (step.op) {
    case 'disburse': {
      const on = day(step.date);
      return { kind: 'disbursement', id, on, knownOn: on, amount: minorOf(step.amount, decimals) };
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
