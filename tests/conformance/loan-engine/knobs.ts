import type { z } from 'zod';
import { modelStepSchema, stepSchema } from './case-steps';
import { caseTermsSchema } from './case-terms';

/**
 * Knobs whose values are not those of a term of the same name. Every other knob stands for a term, whose own schema
 * says which values are known.
 */
const KNOBS: Readonly<Record<string, RegExp>> = {
  scheduleType: /^(PROGRESSIVE|CUMULATIVE)$/,
  interest: /^(DECLINING_BALANCE|FLAT|ZERO)$/,
  dayCount: /^(30|ACT)\/(360|364|365|ACT)$/,
  repayEvery: /^\d+(DAYS|WEEKS|MONTHS|YEARS)$/,
  downPayment: /^(MANUAL|AUTO)$/,
  repaymentStartDate: /^(SUBMITTED_ON|DISBURSEMENT_DATE)$/,
  interestRecalculation: /^$/,
  'recalc.preClosure': /^(TILL_PRE_CLOSE_DATE|TILL_REST_FREQUENCY_DATE)$/,
  'recalc.onAdvancePayment':
    /^(ADJUST_LAST_UNPAID_PERIOD|REDUCE_EMI_AMOUNT|REDUCE_NUMBER_OF_INSTALLMENTS|RESCHEDULE_NEXT_REPAYMENTS)$/,
  'recalc.restFrequency': /^(DAILY|SAME_AS_REPAYMENT|WEEKLY|MONTHLY)$/,
  'recalc.compounding': /^NONE$/,
  'recalc.noInterestOnPastDuePrincipal': /^$/,
  allocation: /^[A-Z_]+$/,
  'allocation.processing': /^(HORIZONTAL|VERTICAL)$/,
  noInterestOnPastDuePrincipal: /^/,
  fixedPrincipalPercent: /^/,
  fixedInstallmentAmount: /^/,
  balloon: /^/,
  bullet: /^/,
  periods: /^/,
  weekly: /^annual\/52$/,
  classicActualYear: /^365$/,
  projected: /^/,
  journal: /^$/,
};

const TERMS = Object.keys(caseTermsSchema.shape);

/** A knob may stand for an operation or a check: its step says what of it is known. */
const STEPS: ReadonlySet<string> = new Set(
  [...stepSchema.options, ...modelStepSchema.options].flatMap(({ shape }) => [...shape.op.values]),
);

const splitKnob = (knob: string): readonly [name: string, value: string] => {
  const match = /^([^=:]+)(?:[=:]\s*(.*))?$/.exec(knob.trim());
  return [match?.[1] ?? knob, match?.[2] ?? ''];
};

/** Rules of the allocation and the recalculation are terms too, each with a schema of its own. */
const RULES = /^(allocation|recalc)\./;

/** A knob that begins with a term's name, or that a term's name begins with, is that term's. */
const isTerm = (name: string): boolean =>
  RULES.test(name) || (name.length >= 5 && TERMS.some((term) => term.startsWith(name) || name.startsWith(term)));

const isSupported = (knob: string): boolean => {
  const [name, value] = splitKnob(knob);
  const known = KNOBS[name];
  return known === undefined ? isTerm(name) || STEPS.has(name) : known.test(value);
};

/** The knobs of a case that this house has not. */
export const missingOf = (knobs: readonly string[]): readonly string[] => knobs.filter((knob) => !isSupported(knob));

/** What a schema does not know, as knobs: the unknown field, or the field with the value that is not known of it. */
export const unknownIn = (prefix: string, value: unknown, error: z.ZodError): readonly string[] => [
  ...new Set(error.issues.flatMap((issue) => knobsOf(prefix, value, issue))),
];

const knobsOf = (prefix: string, value: unknown, issue: z.core.$ZodIssue): readonly string[] => {
  const path = issue.path.filter((part) => typeof part === 'string');
  const name = [prefix, ...path].join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${name}.${key}`);
  if (path.length === 1 && path[0] === 'op') return [prefix];
  const at = valueAt(value, issue.path);
  return [typeof at === 'object' ? name : `${name}=${String(at)}`];
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown => {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<PropertyKey, unknown>>)[part];
  }
  return at;
};
