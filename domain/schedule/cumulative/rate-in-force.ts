import { type Day, dayOf } from '../../calendar';
import { parseRate, type RateText } from '../../kernel';
import type { Story } from './story';
import type { Walk } from './walk';

/** The rate in force on a day: a floating one follows its table by the day, until a rate is agreed for the loan. */
export const rateOn = ({ isRepriced, ratePerYear, story }: Walk, day: Day): RateText => {
  const { rate } = story.terms;
  return rate.kind === 'fixed' || isRepriced ? ratePerYear : tableRate(rate, day);
};

/** The rate that a loan begins with. */
export const firstRate = ({ terms }: Story, start: Day): RateText =>
  terms.rate.kind === 'fixed' ? terms.rate.perYear : tableRate(terms.rate, start);

type Floating = Extract<Story['terms']['rate'], { kind: 'floating' }>;

const tableRate = ({ margin, table }: Floating, on: Day): RateText => {
  let found = table[0]?.perYear ?? '0';
  for (const { from, perYear } of table) if (dayOf(from) <= on) found = perYear;
  return sumOfRates(found, margin);
};

/** Two rates added, exactly. */
const sumOfRates = (a: RateText, b: RateText): RateText => {
  const [x, y] = [parseRate(a), parseRate(b)];
  const places = Math.max(a.split('.')[1]?.length ?? 0, b.split('.')[1]?.length ?? 0);
  const scale = 10n ** BigInt(places);
  const sum = (x.numerator * scale) / x.denominator + (y.numerator * scale) / y.denominator;
  return places === 0 ? `${sum}` : `${sum / scale}.${(sum % scale).toString().padStart(places, '0')}`;
};
