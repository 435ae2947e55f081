import { z } from 'zod';
import { countedDays, type DayCount, dayOf, yearFraction } from '../../domain/calendar';
import { businessDate } from '../../domain/kernel';
import { type Case, type CaseReader, type Content, compared, firstFailed, type Verdict } from './case';
import { dateSchema, fractionOf, fractionSchema, isSame, textOf } from './figures';

const vectorSchema = z.looseObject({
  id: z.string(),
  convention: z.string(),
  start: dateSchema,
  end: dateSchema,
  params: z
    .looseObject({
      endIsTermination: z.boolean().optional(),
      frequencyPerYear: z.int().positive().optional(),
      nominalPeriods: z.array(z.tuple([dateSchema, dateSchema])).optional(),
    })
    .default({}),
  expected: fractionSchema,
  expectedDays: z.int().optional(),
});
type Vector = z.infer<typeof vectorSchema>;

const fileSchema = z.looseObject({ vectors: z.array(vectorSchema) });

const CONVENTIONS: Readonly<Record<string, DayCount>> = {
  '30/360 BOND': '30/360-bond',
  '30/360 ISDA': '30/360-bond',
  '30/360 US': '30/360-us',
  '30U/360': '30/360-us',
  '30E/360': '30e/360',
  '30E/360 ISDA': '30e/360-isda',
  'ACT/360': 'act/360',
  'ACT/364': 'act/364',
  'ACT/365F': 'act/365f',
  'ACT/ACT ISDA': 'act/act-isda',
  'ACT/ACT ICMA': 'act/act-icma',
};

const day = (text: string): number => dayOf(businessDate(text));

const judge = ({ convention, start, end, params, expected, expectedDays }: Vector): Verdict => {
  const dayCount = CONVENTIONS[convention];
  if (dayCount === undefined) return { kind: 'unselected', missing: [`dayCount=${convention}`] };
  const { endIsTermination, frequencyPerYear, nominalPeriods } = params;
  const context = {
    ...(endIsTermination !== undefined && { endIsTermination }),
    ...(nominalPeriods !== undefined &&
      frequencyPerYear !== undefined && {
        nominal: {
          perYear: frequencyPerYear,
          periods: nominalPeriods.map(([from, to]) => ({ from: day(from), to: day(to) })),
        },
      }),
  };
  const [from, to] = [day(start), day(end)];
  const fraction = yearFraction(dayCount, from, to, context);
  return firstFailed([
    compared('expected', expected, isSame(fraction, fractionOf(expected)) ? expected : textOf(fraction)),
    compared('expectedDays', expectedDays, expectedDays && countedDays(dayCount, from, to, context)),
  ]);
};

const isVectorOfDayCounts = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'convention' in value;

/** Day-count conventions: exact fractions of a year, and the days that are counted. */
export const dayCounts: CaseReader = {
  kind: 'day counts',
  recognises: ({ vectors }: Content) => Array.isArray(vectors) && vectors.some(isVectorOfDayCounts),
  read: (content) =>
    fileSchema.parse(content).vectors.map(
      (vector): Case => ({
        id: vector.id,
        tier: 'daycount',
        knobs: [`dayCount=${vector.convention}`],
        judge: () => judge(vector),
      }),
    ),
};
