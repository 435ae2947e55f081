import fc from 'fast-check';
import { anyLife } from '../../../../tests/support/any-life';
import { knownLoans } from '../../../../tests/support/known-loans';
import { nearIn } from '../../../../tests/support/known-ways';
import { dueAmountsFar, dueAmountsNear } from './due-amounts';
import type { Model } from './model';

const progressive = knownLoans().filter(({ terms }) => terms.planning === 'progressive');

test.each(progressive)('what a period alone says is due of it is what the whole plan says: $name', (loan) => {
  const [near, far]: [unknown[], unknown[]] = [[], []];
  nearIn(loan, ({ model, index, day, due, across }) => {
    near.push({ index, day, ...due });
    far.push({ index, day, ...dueAmountsFar(model, index, day, false) });
    if (across === undefined) return;
    near.push({ index, day, ...across });
    far.push({ index, day, ...dueAmountsFar(model, index, day, true) });
  });
  expect(near).toEqual(far);
});

test('so it does in any life', () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const asOf = Math.max(...life.facts.map(({ on }) => on));
      nearIn({ ...life, asOf }, ({ model, index, day, due, across }) => {
        expect(due).toEqual(dueAmountsFar(model, index, day, false));
        if (across !== undefined) expect(across).toEqual(dueAmountsFar(model, index, day, true));
      });
    }),
    { numRuns: 200 },
  );
});

/** From a day up to a period nothing was put back, and no installment is led by its principal. */
const isPlainFrom = ({ periods }: Model, day: number, index: number): boolean =>
  periods
    .slice(0, index + 1)
    .filter(({ due }) => due >= day)
    .every(
      ({ credited, creditedMoved, plannedPrincipal }) =>
        credited === 0n && creditedMoved === 0n && plannedPrincipal === undefined,
    );

const some = progressive.filter((_, index) => index % 3 === 0);

test.each(some)('where nothing was put back, it says so without a copy of anything: $name', (loan) => {
  let copies = 0;
  nearIn(loan, ({ model, index, day }) => {
    if (!isPlainFrom(model, day, index)) return;
    const counting: Model = {
      ...model,
      get notes() {
        copies += 1;
        return undefined;
      },
    };
    dueAmountsNear(counting, index, day);
  });
  expect(copies).toBe(0);
});
