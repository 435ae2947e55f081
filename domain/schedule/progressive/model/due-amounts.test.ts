import { knownLoans } from '../../../../tests/support/known-loans';
import { nearIn } from '../../../../tests/support/known-ways';
import { dueAmountsFar } from './pay';

const progressive = knownLoans().filter(({ terms }) => terms.planning === 'progressive');

test.each(progressive)('what a period alone says is due of it is what the whole plan says: $name', (loan) => {
  nearIn(loan, ({ model, index, day, due }) => {
    expect({ index, day, ...due }).toEqual({ index, day, ...dueAmountsFar(model, index, day, false) });
  });
});
