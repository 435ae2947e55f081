import { dueDays } from '../../../domain/calendar';
import { unreachable } from '../../../domain/kernel';
import type { ModelRow, ModelStep } from './case-steps';
import type { CaseTerms } from './case-terms';
import { type Difference, firstOf, rowDifference } from './difference';
import type { Engine, InstallmentModel, ModelPeriod } from './engine';
import { day, figureOf, minorOf, withDecimals, yearlyRateOf } from './figures';
import { MissingKnob } from './missing-knob';
import { decimalsOf, loanTermsOf, periodOf } from './terms-of-case';

/**
 * Runs a case of the low-level installment model: money goes into the periods that the case names, and is felt at once.
 * @throws MissingKnob where the engine shows no model.
 */
export const runModelCase = (engine: Engine, terms: CaseTerms, steps: readonly ModelStep[]): Difference | undefined => {
  if (engine.model === undefined) throw new MissingKnob('op=expectModel');
  const decimals = decimalsOf(terms);
  const loanTerms = loanTermsOf({
    ...terms,
    // The source's models count broken periods by their days, unless one says that it does not.
    allowPartialPeriodInterest: terms.allowPartialPeriodInterest ?? true,
    multiDisburse: true,
    interestRecalculation: FELT_AT_ONCE,
  });
  const model = engine.model(loanTerms, periodsOf(terms, steps), terms.numberOfRepayments);
  for (const [index, step] of steps.entries()) {
    if (step.op === 'expectModel') {
      const difference = modelDifference(`step ${index + 1} expectModel`, step.rows, model, decimals);
      if (difference !== undefined) return difference;
    } else {
      perform(model, step, decimals);
    }
  }
  return undefined;
};

const FELT_AT_ONCE: NonNullable<CaseTerms['interestRecalculation']> = {
  preClosure: 'TILL_PRE_CLOSE_DATE',
  onAdvancePayment: 'ADJUST_LAST_UNPAID_PERIOD',
  compounding: 'NONE',
  restFrequency: 'DAILY',
  restInterval: 1,
  // The model knows no today: what was not paid is not late.
  noInterestOnPastDuePrincipal: true,
};

/** The periods of the case, or those that its terms make from the first payout on. */
const periodsOf = (terms: CaseTerms, steps: readonly ModelStep[]): readonly ModelPeriod[] => {
  if (terms.periods !== undefined) return terms.periods.map(({ from, due }) => ({ from: day(from), due: day(due) }));
  const first = steps.find((step) => step.op === 'disburse');
  if (first === undefined) throw new Error('a model case disburses something');
  const dates = dueDays({
    seed: day(first.date),
    count: terms.numberOfRepayments,
    rhythm: { kind: 'every', ...periodOf(terms.repayEvery) },
    monthEnd: 'clip',
  });
  return dates.map((due, index) => ({ from: dates[index - 1] ?? day(first.date), due }));
};

const perform = (
  model: InstallmentModel,
  step: Exclude<ModelStep, { readonly op: 'expectModel' }>,
  decimals: number,
): void => {
  switch (step.op) {
    case 'disburse':
      model.disburse(day(step.date), minorOf(step.amount, decimals));
      return;
    case 'payPrincipal':
      model.payPrincipal(day(step.periodDue), day(step.date), minorOf(step.amount, decimals));
      return;
    case 'payInterest':
      model.payInterest(day(step.periodDue), day(step.date), minorOf(step.amount, decimals));
      return;
    case 'creditPrincipal':
      model.creditPrincipal(day(step.date), minorOf(step.amount, decimals));
      return;
    case 'creditInterest':
      model.creditInterest(day(step.date), minorOf(step.amount, decimals));
      return;
    case 'pauseInterest':
      model.pauseInterest(day(step.from), day(step.to));
      return;
    case 'changeRate':
      model.changeRate(day(step.date), yearlyRateOf(step.newAnnualRatePercent, 'YEAR'));
      return;
    default:
      unreachable(step);
  }
};

const modelDifference = (
  at: string,
  expected: readonly ModelRow[],
  model: InstallmentModel,
  decimals: number,
): Difference | undefined => {
  const rows = model.rows().map(({ n, ...amounts }) => ({
    n,
    ...Object.fromEntries(Object.entries(amounts).map(([field, minor]) => [field, figureOf(minor, decimals)])),
  }));
  return (
    firstOf(expected, (row) =>
      rowDifference(`${at}: row ${row.n}`, normalised(row, decimals), rows.find(({ n }) => n === row.n) ?? {}),
    ) ?? rowDifference(`${at}: number of periods`, { periods: largestIn(expected) }, { periods: rows.length })
  );
};

const largestIn = (rows: readonly ModelRow[]): number => Math.max(0, ...rows.map(({ n }) => n));

const normalised = (row: ModelRow, decimals: number): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      typeof value === 'string' ? withDecimals(value, decimals) : value,
    ]),
  );
