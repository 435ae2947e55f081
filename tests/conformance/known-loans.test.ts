import { faultsIn } from '../support/known-by-hand';
import { knownLoans } from '../support/known-loans';

describe('each figure that is known of a loan is what a calculator comes to', () => {
  it.each(knownLoans())('$name', (loan) => {
    expect(faultsIn(loan)).toEqual([]);
  });
});
