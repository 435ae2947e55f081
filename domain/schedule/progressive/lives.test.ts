import { agreed, paidOut, repaid, START, termsWith } from '../../../tests/support/progressive-loans';
import { dayOf } from '../../calendar';
import { businessDate } from '../../kernel';
import type { LoanFact } from '../replay';
import { payoff, replay } from '.';

const agreement = agreed(1_200_000n, 12);
const terms = termsWith({ rate: { kind: 'fixed', perYear: '0.12' } });
const loan = (facts: readonly LoanFact[], asOf: number, own = terms) =>
  replay(own, agreement, [paidOut(1_200_000n), ...facts], asOf);
const dated = (on: number, id: string) => ({ id, on, knownOn: on });
const fresh = () => loan([], START);
const firstDue = dayOf(businessDate('2026-02-15'));
const secondDue = dayOf(businessDate('2026-03-15'));
const amountOf = ({ principal, interest }: { principal: bigint; interest: bigint }): bigint => principal + interest;

test('an installment paid on its due date changes nothing that is planned', () => {
  const account = loan(
    [repaid(amountOf(fresh().installments[0]?.owed ?? { principal: 0n, interest: 0n }), firstDue, 'b')],
    firstDue,
  );
  expect(account.installments.map(({ owed }) => owed)).toEqual(fresh().installments.map(({ owed }) => owed));
  expect(account.installments[0]?.metOn).toBe(firstDue);
});

test('overdue principal bears interest until it is paid, and the last installment asks for it', () => {
  const late = loan([], secondDue);
  const [first, second] = fresh().installments;
  expect(late.installments[1]?.owed.interest).toBeGreaterThan(second?.owed.interest ?? 0n);
  expect(late.installments.at(-1)?.owed.principal).toBeGreaterThan(fresh().installments.at(-1)?.owed.principal ?? 0n);
  expect(late.overdue.principal).toBe(first?.owed.principal);
});

test('money beyond what is owed is held, and goes back', () => {
  const { principal, interest } = payoff(terms, agreement, [paidOut(1_200_000n)], START + 10);
  const paid = repaid(principal + interest + 5_000n, START + 10, 'b');
  expect(loan([paid], START + 10)).toMatchObject({ status: 'overpaid', overpaid: 5_000n });
  const refund: LoanFact = { ...dated(START + 11, 'c'), kind: 'credit-balance-refund', amount: 5_000n };
  expect(loan([paid, refund], START + 11)).toMatchObject({ status: 'closed', overpaid: 0n });
});

test('a refund of more than is held is owed again in full, and what was held pays for its part', () => {
  const { principal, interest } = payoff(terms, agreement, [paidOut(1_200_000n)], START + 10);
  const paid = repaid(principal + interest + 5_000n, START + 10, 'b');
  const refund: LoanFact = { ...dated(START + 11, 'c'), kind: 'credit-balance-refund', amount: 7_000n };
  const { installments, transactions, outstanding, overpaid } = loan([paid, refund], START + 11);
  expect({ overpaid, outstanding: outstanding.principal }).toEqual({ overpaid: 0n, outstanding: 2_000n });
  const { parts, overpaid: held, lines } = transactions.at(-1) ?? { parts: undefined, overpaid: 0n, lines: [] };
  expect({ principal: parts?.principal, held }).toEqual({ principal: 2_000n, held: 5_000n });
  expect(lines).toMatchObject([{ installment: 1, portion: 'principal', amount: 5_000n }]);
  const owed = installments.reduce((sum, row) => sum + row.owed.principal, 0n);
  expect(owed).toBe(1_200_000n + 7_000n);
});

test('a payment that is taken back is owed again', () => {
  const account = loan(
    [repaid(100_000n, START + 20, 'b'), { ...dated(START + 25, 'c'), kind: 'chargeback', of: 'b', amount: 40_000n }],
    START + 25,
  );
  expect(account.outstanding.principal + (account.transactions[1]?.parts.principal ?? 0n)).toBe(1_240_000n);
});

test('without an order a chargeback is principal; with one it takes back what the payment had paid', () => {
  const facts: readonly LoanFact[] = [
    repaid(100_000n, firstDue, 'b'),
    { ...dated(firstDue + 1, 'c'), kind: 'chargeback', of: 'b', amount: 100_000n },
  ];
  expect(loan(facts, firstDue + 1).transactions.at(-1)?.parts).toMatchObject({ principal: 100_000n, interest: 0n });
  const ordered = termsWith({ ...terms, chargebackOrder: ['interest', 'principal', 'fee', 'penalty'] });
  const parts = loan(facts, firstDue + 1, ordered).transactions.at(-1)?.parts;
  expect(parts?.interest).toBe(loan(facts, firstDue + 1, ordered).transactions[1]?.parts.interest);
  expect(amountOf(parts ?? { principal: 0n, interest: 0n })).toBe(100_000n);
});

test('a termination makes all that is left due at once, with interest to the day', () => {
  const on = firstDue + 7;
  const account = loan([{ ...dated(on, 'b'), kind: 'termination' }], on);
  expect(account.installments.at(-1)?.due).toBe(on);
  expect(account.outstanding.principal).toBe(1_200_000n);
  expect(account.outstanding.interest).toBe(payoff(terms, agreement, [paidOut(1_200_000n)], on).interest);
});

test('a charge-off with zero interest leaves principal alone to be paid after its day', () => {
  const own = termsWith({ ...terms, chargeOff: 'zero-interest' });
  const account = loan([{ ...dated(firstDue, 'b'), kind: 'charge-off' }], firstDue, own);
  expect(account.status).toBe('charged-off');
  expect(account.installments.slice(2).every(({ owed }) => owed.interest === 0n)).toBe(true);
  expect(account.installments.reduce((sum, { owed }) => sum + owed.principal, 0n)).toBe(1_200_000n);
});

test('a write-off leaves nothing owed; what comes in later is a recovery', () => {
  const account = loan(
    [
      { ...dated(secondDue, 'b'), kind: 'write-off' },
      { ...dated(secondDue + 9, 'c'), kind: 'credit', credit: 'recovery', amount: 7_000n },
    ],
    secondDue + 9,
  );
  expect(account).toMatchObject({ status: 'written-off', overpaid: 0n });
  expect(amountOf(account.outstanding)).toBe(0n);
});

test('a re-aging replaces what is left by new installments that repay all of it', () => {
  for (const interest of ['default', 'equal-of-payable', 'equal-of-full'] as const) {
    const on = secondDue + 3;
    const startsOn = interest === 'default' ? on : on + 20;
    const account = loan(
      [
        {
          ...dated(on, 'b'),
          kind: 're-age',
          period: { every: 1, unit: 'months' },
          startsOn,
          installments: 6,
          interest,
        },
      ],
      on,
    );
    expect(account.installments.slice(-6).reduce((sum, { owed }) => sum + owed.principal, 0n)).toBe(1_200_000n);
  }
});

test('a re-amortisation spreads what is overdue over the installments still to come', () => {
  for (const interest of ['default', 'split'] as const) {
    const account = loan([{ ...dated(secondDue + 3, 'b'), kind: 're-amortize', interest }], secondDue + 3);
    expect(account.installments.slice(0, 2).every(({ owed }) => amountOf(owed) === 0n)).toBe(true);
    expect(account.installments.reduce((sum, { owed }) => sum + owed.principal, 0n)).toBe(1_200_000n);
  }
});

test('a merchant refund gives back the interest of what was refunded', () => {
  const refund: LoanFact = {
    ...dated(START + 30, 'b'),
    kind: 'credit',
    credit: 'merchant-refund',
    amount: 1_200_000n,
    refundsInterest: true,
  };
  const account = loan([refund], START + 30);
  expect(account.transactions.map(({ kind }) => kind)).toEqual(['disbursement', 'merchant-refund', 'interest-refund']);
  expect(account.status).toBe('closed');
});
