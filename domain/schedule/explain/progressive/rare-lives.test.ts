import { faultsOf } from '../../../../tests/support/by-hand';
import { agreed, paidOut, repaid, START, termsWith } from '../../../../tests/support/progressive-loans';
import { dayOf } from '../../../calendar';
import { businessDate } from '../../../kernel';
import type { LoanTerms } from '../../loan-terms';
import type { LoanFact } from '../../replay';
import { replayLoan } from '../../replay-loan';
import { explainInstallment, type InstallmentExplanation } from '..';

const dated = (on: number, id: string) => ({ id, on: START + on, knownOn: START + on });

/** All installments of a loan, each of which works out by hand to what the account says. */
const explained = (terms: LoanTerms, count: number, facts: readonly LoanFact[], on: number, lent = 50_000n) => {
  const life = [terms, agreed(lent, count), [paidOut(lent), ...facts], START + on] as const;
  return replayLoan(...life).installments.map(({ n }): InstallmentExplanation => {
    const explanation = explainInstallment(...life, n);
    if (explanation === undefined) throw new Error(`no installment ${n}`);
    expect(faultsOf(explanation)).toEqual([]);
    return explanation;
  });
};
const linesOf = ({ lines }: InstallmentExplanation['interest']): readonly string[] =>
  lines.map(({ does, why, amount }) => `${does} ${why} ${amount}`);

test('grace on interest that terms give installments to come changes none that was planned before', () => {
  const { recalculation: _, ...plain } = termsWith();
  const terms: LoanTerms = {
    ...plain,
    interest: { ...plain.interest, method: 'flat' },
    grace: { principal: 0, interest: 1, interestFree: 0 },
  };
  const more: LoanFact = { ...dated(31, 'more'), kind: 'extra-installments', from: START + 32, count: 1 };
  // 500.00 × 12 % × 31 ÷ 365.
  expect(explained(terms, 1, [more], 31)[0]?.interest.amount).toBe('5.10');
});

test('a penalty is shown by the days it was charged for, though more were overdue since in days of grace', () => {
  const terms = termsWith({ rate: { kind: 'fixed', perYear: '0' }, penalty: { ratePerYear: '0.365', graceDays: 3 } });
  const facts: readonly LoanFact[] = [
    { ...dated(32, 'back'), kind: 'chargeback', of: 'none', amount: 10_000n },
    repaid(100n, START + 42, 'paid'),
    {
      ...dated(251, 'late'),
      kind: 'charge',
      charge: 'fee',
      calculation: { kind: 'flat', amount: '1.00' },
      dueOn: START + 279,
    },
  ];
  // The additional installment is due with the charge, from day 279 on: 100.00 were overdue for ten days before that.
  expect(explained(terms, 1, facts, 282).map(({ penalty }) => linesOf(penalty))).toEqual([
    [expect.stringContaining('add penalty-interest')],
    ['add penalty-interest 1.00'],
  ]);
  expect(explained(terms, 1, facts, 283).at(-1)?.penalty.amount).toBe('1.40');
});

test('installments of several payouts add up until they are planned anew', () => {
  const terms = termsWith({ rate: { kind: 'fixed', perYear: '0' }, tranches: { several: true, fullTerm: true } });
  const facts: readonly LoanFact[] = [
    { ...dated(0, 'more'), kind: 'disbursement', amount: 20_000n },
    { ...dated(1, 'longer'), kind: 'extra-installments', from: START + 59, count: 1 },
  ];
  const told = (facts: readonly LoanFact[]) =>
    explained(terms, 2, facts, 0).map(({ installment }) => installment && linesOf(installment));
  expect(told(facts.slice(0, 1))[0]).toEqual(['add equal-installment 250.00', 'add equal-installment 100.00']);
  expect(told(facts)[2]).toEqual(['add equal-installment 175.00']);
});

test('the share that smoothing moves is shown of each payout, unless it goes to a multiple by itself', () => {
  const facts: readonly LoanFact[] = [{ ...dated(0, 'more'), kind: 'disbursement', amount: 10_001n }];
  const told = (installmentMultiple?: string) => {
    const terms = termsWith({
      rate: { kind: 'fixed', perYear: '0' },
      rounding: { mode: 'UP', smoothing: true, ...(installmentMultiple !== undefined && { installmentMultiple }) },
      tranches: { several: true, fullTerm: true },
    });
    const [first] = explained(terms, 10, facts, 0, 10_001n);
    return first?.installment?.lines.map(
      ({ does, why, amount, calculation }) => `${does} ${why} ${amount} ${calculation?.kind ?? ''}`,
    );
  };
  const payout = ['add equal-installment 10.01 equal-installment', 'subtract smoothing 0.01 even-share'];
  expect(told()).toEqual([...payout, ...payout]);
  expect(told('0.01')).toEqual([...payout, payout[0], 'subtract smoothing 0.01 ']);
});

test('nothing bears interest after a re-aging in equal parts, whatever the index was fixed at before', () => {
  const rate: LoanTerms['rate'] = {
    kind: 'floating',
    index: 'LPR-1Y',
    margin: '0.03',
    table: [
      { from: businessDate('2022-01-01'), perYear: '0.035' },
      { from: businessDate('2026-04-21'), perYear: '0.031' },
    ],
  };
  const facts: readonly LoanFact[] = [
    {
      ...dated(14, 'anew'),
      kind: 're-age',
      period: { every: 1, unit: 'months' },
      startsOn: dayOf(businessDate('2026-02-21')),
      installments: 4,
      interest: 'equal-of-full',
    },
    { ...dated(128, 'cheaper'), kind: 'rate-change', perYear: '0.00' },
  ];
  const { installments } = replayLoan(
    termsWith({ rate }),
    agreed(50_000n, 1),
    [paidOut(50_000n), ...facts],
    START + 14,
  );
  expect(installments.slice(1).map(({ owed }) => owed.interest)).toEqual([69n, 69n, 69n, 69n]);
  const told = explained(termsWith({ rate }), 1, facts, 14).slice(1);
  expect(told.map(({ interest }) => linesOf(interest))).toEqual(
    told.map(() => ['add days-interest 0.00', 'add spread-interest 0.69']),
  );
});
