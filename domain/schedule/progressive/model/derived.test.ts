import { knownLoans } from '../../../../tests/support/known-loans';
import { nearestDouble } from '../../doubles';
import { livedThrough, type Witness } from '../life/replay';
import { carry } from './carry';
import { measure } from './interest';
import { askedIn, copyOf, type Model, paidIn, recount } from './model';

/** All that follows from what a model was told, worked out from nothing. */
const fromNothing = (model: Model): Model => {
  const copy = copyOf(model);
  for (const period of copy.periods) {
    if (period.parts.some(({ balance }) => balance > 0n)) measure(copy, period);
    for (const part of period.parts) {
      part.balance = -1n;
      part.base = Number.NaN;
    }
  }
  const [first] = copy.periods;
  const [opening] = first?.parts ?? [];
  if (opening !== undefined) opening.balance = model.periods[0]?.parts[0]?.balance ?? 0n;
  if (opening !== undefined) opening.base = nearestDouble(opening.balance);
  carry(copy);
  recount(copy);
  return copy;
};

const derivedIn = ({ periods, sums }: Model) => ({
  sums,
  periods: periods.map(({ parts, counted, credited, carriedIn, interest, dueInterest, duePrincipal, emi }) => ({
    ...{ counted, credited, carriedIn, interest, dueInterest, duePrincipal, emi },
    parts: parts.map(({ balance, base, factor, installmentFactor }) => ({ balance, base, factor, installmentFactor })),
  })),
});

const some = knownLoans()
  .filter(({ terms }) => terms.planning === 'progressive' && terms.interest.method !== 'flat')
  .filter((_, index) => index % 3 === 0);

test.each(some)('what follows from other figures is as if it were worked out anew, after every fact: $name', (loan) => {
  const { terms, agreement, facts, asOf } = loan;
  const witness: Witness = {
    begun: () => undefined,
    happened: ({ model }) => {
      expect(derivedIn(model)).toEqual(derivedIn(fromNothing(model)));
      for (const period of model.periods) {
        expect(askedIn(period) <= model.largestAsked).toBe(true);
        expect(period.counted.short).toBe(paidIn(period) > askedIn(period) ? 1 : 0);
      }
    },
  };
  livedThrough(terms, agreement, facts, asOf, witness);
});
