import { paidOut, repaid, termsWith } from '../../../tests/support/progressive-loans';
import { dayOf } from '../../calendar';
import { businessDate } from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { replay } from '.';

/** Interest ends with the charge-off: of 100.00 at 7 % in six months from 1 January 2024. */

const day = (text: string): number => dayOf(businessDate(text));
const START = day('2024-01-01');
const plain = termsWith({ rate: { kind: 'fixed', perYear: '0.07' }, chargeOff: 'zero-interest' });
const terms: LoanTerms = { ...plain, interest: { ...plain.interest, dayCount: 'nominal-30/360' } };

const lived = (facts: readonly LoanFact[]) => {
  const on = day('2024-01-26');
  const chargeOff: LoanFact = { id: 'e', on, knownOn: on, kind: 'charge-off' };
  const agreed = { principal: 10_000n, installments: 6, submittedOn: START };
  return replay(terms, agreed, [paidOut(10_000n, START), ...facts, chargeOff], on);
};

test('What has run since the running installment was met stays owed, as published (C4204)', () => {
  const { installments, transactions } = lived([repaid(1_701n, day('2024-01-11'), 'b')]);
  // Ten days of 100.00, then fifteen of 83.18: of its 7 % / 12 a month 15 / 31.
  expect(installments.map(({ owed }) => [owed.principal, owed.interest])).toEqual([
    [1_682n, 19n],
    [1_678n, 23n],
    [1_701n, 0n],
    [1_701n, 0n],
    [1_701n, 0n],
    [1_537n, 0n],
  ]);
  expect(transactions.at(-1)).toMatchObject({ kind: 'charge-off', parts: { principal: 8_318n, interest: 23n } });
});

test('and so does what has run since a later one was met', () => {
  const facts = [repaid(1_701n, day('2024-01-11'), 'b'), repaid(1_701n, day('2024-01-21'), 'c')];
  const { transactions } = lived(facts);
  // Of 0.41 in all, the last five days of 66.32 among it, 34 cents were paid.
  expect(transactions.at(-1)).toMatchObject({ kind: 'charge-off', parts: { principal: 6_632n, interest: 7n } });
});

test('what a re-amortization has split over later installments is dropped with their interest, as published (C4512)', () => {
  const [split, on] = [day('2024-03-15'), day('2024-04-15')];
  const facts: readonly LoanFact[] = [
    paidOut(10_000n, START),
    repaid(1_701n, day('2024-02-01'), 'b'),
    { id: 'c', on: split, knownOn: split, kind: 're-amortize', interest: 'split' },
    { id: 'e', on, knownOn: on, kind: 'charge-off' },
  ];
  const { installments } = replay(terms, { principal: 10_000n, installments: 6, submittedOn: START }, facts, on);
  expect(installments.map(({ owed }) => [owed.principal, owed.interest])).toEqual([
    [1_643n, 58n],
    [0n, 0n],
    [2_071n, 61n],
    [2_097n, 35n],
    [2_132n, 0n],
    [2_057n, 0n],
  ]);
});
