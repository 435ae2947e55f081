import { z } from 'zod';
import { businessDate } from '../../domain/kernel';
import { legalCapOn } from '../../domain/product';
import { effectiveRate, TIME_BASES, yearsBetween } from '../../domain/schedule/apr';
import { percentOf, rateCase, rateVectorSchema } from './annual-rates';
import { type Case, type CaseReader, type Content, compared, firstFailed, type Verdict } from './case';
import { dateSchema, decimalSchema, isSame, sumOf, textOf, unitsOf } from './figures';

const intervalSchema = z.looseObject({
  id: z.string(),
  start: dateSchema,
  end: dateSchema,
  basis: z.string(),
  /** A sum of fractions, "1/12 + 3/365". */
  expectedYears: z.string().regex(/^\d+(\/[1-9]\d*)?( \+ \d+(\/[1-9]\d*)?)*$/),
  derivedAprPercent_1000_to_1100: decimalSchema.optional(),
});
type Interval = z.infer<typeof intervalSchema>;

const rateCapSchema = z.looseObject({
  id: z.string(),
  contractFormed: dateSchema,
  regime: z.string(),
  enforceablePercent: decimalSchema.optional(),
  voidAbovePercent: decimalSchema.optional(),
  lpr1yPercent: decimalSchema.optional(),
  capPercent: decimalSchema.optional(),
});
type RateCap = z.infer<typeof rateCapSchema>;

const fileSchema = z.looseObject({
  vectors: z.array(rateVectorSchema).default([]),
  timeIntervals: z.array(intervalSchema).default([]),
  rateCaps: z.array(rateCapSchema).default([]),
});

const isBasis = (text: string): text is (typeof TIME_BASES)[number] => (TIME_BASES as readonly string[]).includes(text);

const judgeInterval = ({ start, end, basis, expectedYears, ...stated }: Interval): Verdict => {
  if (!isBasis(basis)) return { kind: 'unselected', missing: [`basis=${basis}`] };
  const years = yearsBetween(basis, businessDate(start), businessDate(end));
  const expectedRate = stated.derivedAprPercent_1000_to_1100;
  const got = isSame(years, sumOf(expectedYears)) ? expectedYears : textOf(years);
  return firstFailed([
    compared('expectedYears', expectedYears, got),
    ...(expectedRate === undefined ? [] : [compared('derivedAprPercent', expectedRate, rateOver(years, expectedRate))]),
  ]);
};

/** The rate of 1,000 paid back with 1,100 after so many years, to the decimals that are stated. */
const rateOver = (years: ReturnType<typeof yearsBetween>, stated: string): string => {
  const decimals = stated.split('.')[1]?.length ?? 0;
  const flows = [
    { cash: 1_000n, years: { numerator: 0, denominator: 1 } },
    { cash: -1_100n, years },
  ];
  return percentOf(effectiveRate(flows, decimals + 2));
};

const REGIMES = ['PRIVATE_LENDING_24_36', 'PRIVATE_LENDING_4X_LPR_1Y'];

const judgeRateCap = ({ contractFormed, regime, ...stated }: RateCap): Verdict => {
  if (!REGIMES.includes(regime)) return { kind: 'unselected', missing: [`regime=${regime}`] };
  const lending = { jurisdiction: 'CN', licence: 'private-lender', product: 'personal-loan' } as const;
  const cap = legalCapOn(lending, businessDate(contractFormed));
  const same = (at: string, percent: string | undefined, rate: string | undefined): Verdict => {
    if (percent === undefined) return { kind: 'passed' };
    // A rate of 0.154 is 15.4 %: the same digits two places on.
    const isSameRate = rate !== undefined && unitsOf(percent, 10) === unitsOf(rate, 12);
    return compared(at, percent, isSameRate ? percent : rate);
  };
  return firstFailed([
    compared('regime', regime, cap.method.kind === 'fixed' ? REGIMES[0] : REGIMES[1]),
    same('enforceablePercent', stated.enforceablePercent, cap.rate),
    same('voidAbovePercent', stated.voidAbovePercent, cap.voidAbove),
    same('lpr1yPercent', stated.lpr1yPercent, cap.oneYearLpr),
    same('capPercent', stated.capPercent, cap.rate),
  ]);
};

const isRateVector = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'method' in value && 'flows' in value;

const hasAny = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

/** Annual rates, the intervals of time that they stand on, and the legal caps that they are held against. */
export const annualRates: CaseReader = {
  kind: 'annual rates',
  recognises: ({ vectors, timeIntervals, rateCaps }: Content) =>
    (Array.isArray(vectors) && vectors.some(isRateVector)) || hasAny(timeIntervals) || hasAny(rateCaps),
  read: (content) => {
    const { vectors, timeIntervals, rateCaps } = fileSchema.parse(content);
    return [
      ...vectors.map(rateCase),
      ...timeIntervals.map(
        (one): Case => ({ id: one.id, tier: 'apr', knobs: [`basis=${one.basis}`], judge: () => judgeInterval(one) }),
      ),
      ...rateCaps.map(
        (one): Case => ({ id: one.id, tier: 'apr', knobs: [`regime=${one.regime}`], judge: () => judgeRateCap(one) }),
      ),
    ];
  },
};
