import { parseRate, type RateText } from '../../../kernel';
import { type Carried, carried } from '../../cumulative/carried';
import type { CountedPart } from '../../cumulative/part';
import type { Decimal } from '../../progressive/model/precision';
import type { YearShareText } from '../calculation';
import type { Pen } from '../pen';

/** A carried number as a decimal. */
export const decimal = ({ digits, scale }: Carried): Decimal => ({ digits, scale });

/** How days became a factor: the share of a year, and the rate of a unit where days are counted in units. */
export const countedShown = (
  counted: CountedPart,
  perYear: RateText,
  pen: Pen,
): { readonly share: YearShareText; readonly unit?: string } => {
  const { numerator, denominator } = counted.part;
  if (counted.kind === 'years') return { share: { terms: [{ days: numerator, yearDays: denominator }] } };
  return {
    unit: pen.number(decimal(unitRate(perYear, counted.perYear))),
    share: {
      terms: [{ days: numerator, yearDays: Number(counted.perYear) }],
      ...(denominator !== 1 && { part: 1, of: denominator }),
    },
  };
};

const unitRate = (perYear: RateText, unitsAYear: bigint): Carried => {
  const { numerator, denominator } = parseRate(perYear);
  return carried(numerator, denominator * unitsAYear);
};
