import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { replay } from '.';
import { CLASSIC, day, disbursed } from './terms.fixture';

/** 1,000.00 at no interest (or 1 % a month, flat) in months from 1 January 2023. */
export const FREE: LoanTerms = {
  ...CLASSIC,
  rate: { kind: 'fixed', perYear: '0' },
  interest: { ...CLASSIC.interest, calculation: 'per-period' },
};
export const FLAT: LoanTerms = { ...FREE, rate: CLASSIC.rate, interest: { ...FREE.interest, method: 'flat' } };

export const paidOut = disbursed(100_000n, '2023-01-01');
export const loan = (terms: LoanTerms, count: number, asOf: string, ...facts: readonly LoanFact[]) =>
  replay(
    terms,
    { principal: 100_000n, installments: count, submittedOn: day('2023-01-01') },
    [paidOut, ...facts],
    day(asOf),
  );

export const dated = (id: string, on: string) => ({ id, on: day(on), knownOn: day(on) });
export const fee = (
  on: string,
  dueOn: string | undefined,
  amount: string,
  charge: 'fee' | 'penalty' = 'fee',
): LoanFact => ({
  kind: 'charge',
  charge,
  calculation: { kind: 'flat', amount },
  ...dated(`${charge}-${dueOn ?? 'each'}`, on),
  ...(dueOn !== undefined && { dueOn: day(dueOn) }),
});
