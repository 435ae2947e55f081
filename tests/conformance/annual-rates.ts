import { z } from 'zod';
import {
  type AnnualRate,
  actuarialRate,
  type CashFlow,
  compoundIrr,
  effectiveRate,
  simpleIrr,
  type YearsFlow,
} from '../../domain/schedule/apr';
import { type Case, compared, firstFailed, type Verdict } from './case';
import { decimalSchema, type Fraction, fractionOf, fractionSchema, plus, unitsOf } from './figures';
import { type Flow, flowSchema } from './rate-flow';
import { judgeDates } from './unit-periods';

export const rateVectorSchema = z.looseObject({
  id: z.string(),
  method: z.string(),
  unitPeriod: z.looseObject({ length: z.string().optional(), perYear: fractionSchema }).optional(),
  flows: z.array(flowSchema),
  expected: z.looseObject({
    aprPercent: decimalSchema,
    decimals: z.int().min(0).max(10),
    tolerancePercent: decimalSchema.optional(),
  }),
});
type RateVector = z.infer<typeof rateVectorSchema>;

/** Amounts may have more decimals than money has; what counts is that all are on one scale. */
const AMOUNT_PLACES = 6;
/** Decimals beyond those stated, where a tolerance is given. */
const FINER = 2;

const cashOf = ({ dir, amount }: Flow): bigint =>
  dir === 'advance' ? unitsOf(amount, AMOUNT_PLACES) : -unitsOf(amount, AMOUNT_PLACES);

const inPeriods = (flows: readonly Flow[]): readonly CashFlow[] =>
  flows.flatMap((flow) =>
    Array.from({ length: flow.count }, (_, index) => ({
      cash: cashOf(flow),
      whole: (flow.t ?? 0) + index,
      part: fractionOf(flow.f ?? '0'),
    })),
  );

const inYears = (flows: readonly Flow[]): readonly YearsFlow[] =>
  flows.flatMap((flow) => {
    const step = fractionOf(flow.stepYears ?? '0');
    const at = (index: number): Fraction =>
      index === 0
        ? fractionOf(flow.tYears ?? '0')
        : plus(fractionOf(flow.tYears ?? '0'), { ...step, numerator: step.numerator * index });
    return Array.from({ length: flow.count }, (_, index) => ({ cash: cashOf(flow), years: at(index) }));
  });

type Method = (vector: RateVector, decimals: number) => AnnualRate;

const perYearOf = ({ unitPeriod }: RateVector): Fraction => fractionOf(unitPeriod?.perYear ?? '12');

const METHODS: Readonly<Record<string, Method>> = {
  REGZ_ACTUARIAL: (vector, decimals) => actuarialRate(inPeriods(vector.flows), perYearOf(vector), decimals),
  EU_EFFECTIVE_ANNUAL: (vector, decimals) => effectiveRate(inYears(vector.flows), decimals),
  IRR_SIMPLE: (vector, decimals) => simpleIrr(inPeriods(vector.flows), perYearOf(vector).numerator, decimals),
  IRR_COMPOUND: (vector, decimals) => compoundIrr(inPeriods(vector.flows), perYearOf(vector).numerator, decimals),
};

/** A rate with two more decimals, as a percentage; what is no rate says why. */
export const percentOf = (answer: AnnualRate): string => {
  if (answer.kind === 'none') return answer.why;
  const [whole = '0', part = ''] = answer.rate.split('.');
  const digits = `${whole}${part.slice(0, 2)}`.replace(/^(-?)0+(?=\d)/, '$1');
  return part.length > 2 ? `${digits}.${part.slice(2)}` : digits;
};

const isWithin = (tolerance: string, a: string, b: string): boolean => {
  const places = 10;
  const distance = unitsOf(a, places) - unitsOf(b, places);
  return (distance < 0n ? -distance : distance) <= unitsOf(tolerance, places);
};

const judge = (vector: RateVector): Verdict => {
  const method = METHODS[vector.method];
  if (method === undefined) return { kind: 'unselected', missing: [`method=${vector.method}`] };
  const { aprPercent, decimals, tolerancePercent } = vector.expected;
  const fine = tolerancePercent === undefined ? decimals : Math.min(decimals + FINER, 10);
  const answer = method(vector, fine + 2);
  const got = percentOf(answer);
  const isExpected =
    tolerancePercent === undefined || answer.kind === 'none'
      ? got === aprPercent
      : isWithin(tolerancePercent, got, aprPercent);
  return firstFailed([
    compared('aprPercent', aprPercent, isExpected ? aprPercent : got),
    ...(vector.method === 'REGZ_ACTUARIAL' ? [judgeDates(vector.flows, vector.unitPeriod?.length)] : []),
  ]);
};

export const rateCase = (vector: RateVector): Case => ({
  id: vector.id,
  tier: 'apr',
  knobs: [`method=${vector.method}`],
  judge: () => judge(vector),
});
