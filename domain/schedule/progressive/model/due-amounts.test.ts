import { knownLoans } from '../../../../tests/support/known-loans';
import { livedThrough, type Witness } from '../life/replay';
import type { Model } from './model';
import { dueAmountsFar, dueAmountsNear } from './pay';

/** The day itself, and the end of the running period: until when interest may be counted. */
const daysOf = ({ periods }: Model, on: number): readonly number[] => {
  const running = periods.find(({ from, due }) => from < on && on <= due);
  return running === undefined ? [on] : [on, running.due];
};

const progressive = knownLoans().filter(
  ({ terms }) => terms.planning === 'progressive' && terms.recalculation !== undefined,
);

/** What is due of each installment on each day, where its own period and those before it say so. */
const nearIn = (model: Model, on: number): number => {
  let taken = 0;
  for (const index of model.periods.keys()) {
    for (const day of daysOf(model, on)) {
      const near = dueAmountsNear(model, index, day);
      if (near === undefined) continue;
      taken += 1;
      expect({ index, day, ...near }).toEqual({ index, day, ...dueAmountsFar(model, index, day, false) });
    }
  }
  return taken;
};

test.each(progressive)('what a period alone says is due of it is what the whole plan says: $name', (loan) => {
  const { terms, agreement, facts, asOf } = loan;
  const witness: Witness = {
    begun: () => undefined,
    happened: ({ model }, fact) => void nearIn(model, fact?.on ?? asOf),
  };
  livedThrough(terms, agreement, facts, asOf, witness);
});
