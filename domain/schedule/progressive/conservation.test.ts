import fc from 'fast-check';
import { type AnyLife, anyLife } from '../../../tests/support/any-life';
import { agreed, START, termsWith } from '../../../tests/support/progressive-loans';
import type { AccountTransaction, LoanAccount, LoanFact, PortionAmounts } from '../replay';
import { replay } from '.';

const PORTIONS = ['principal', 'interest', 'fee', 'penalty'] as const;

/** The account on every day on which something happened, and long after. */
const accountsOf = ({ terms, agreement, facts }: AnyLife): readonly LoanAccount[] => {
  const days = [...new Set(facts.map(({ on }) => on)), START + 400].toSorted((one, other) => one - other);
  return days.map((day) => replay(terms, agreement, facts, day));
};

const always = (law: (account: LoanAccount) => void): void =>
  fc.assert(
    fc.property(anyLife, (life) => {
      for (const account of accountsOf(life)) law(account);
    }),
    { numRuns: 100 },
  );

const sumOf = <T>(items: readonly T[], amountOf: (item: T) => bigint): bigint =>
  items.reduce((sum, item) => sum + amountOf(item), 0n);
const totalOf = (amounts: PortionAmounts): bigint => sumOf(PORTIONS, (portion) => amounts[portion]);

const MOVED_OUT = new Set(['capitalized-income', 'disbursement', 'chargeback', 'credit-balance-refund']);
const MOVES_NONE = new Set([
  'disbursement-charge',
  'charge-off',
  'write-off',
  'termination',
  're-age',
  're-amortize',
  'charge-waiver',
]);
const isCredit = ({ kind, undone }: AccountTransaction): boolean =>
  !undone && !MOVED_OUT.has(kind) && !MOVES_NONE.has(kind);
/** A refund of more than was held is owed again in full: what was held has paid this of it. */
const paidOfRefund = ({ kind, lines }: AccountTransaction): bigint =>
  kind === 'credit-balance-refund' ? sumOf(lines, ({ amount }) => amount) : 0n;
/** Of a loan that was written off nothing is owed any more: what comes in pays none of it. */
const isRecovered = ({ kind, parts, overpaid }: AccountTransaction): boolean =>
  kind === 'recovery' && totalOf(parts) + overpaid === 0n;

describe('whatever happens to a loan', () => {
  test('the principal of its installments is what was lent and put back', () => {
    always(({ installments, transactions }) => {
      const lent = sumOf(transactions, (one) =>
        MOVED_OUT.has(one.kind) ? one.parts.principal + paidOfRefund(one) : 0n,
      );
      expect(sumOf(installments, ({ owed }) => owed.principal)).toBe(lent);
    });
  });

  test('no portion of an installment is paid, waived and given up beyond what it owes, and none is below zero', () => {
    always(({ installments }) => {
      for (const { owed, paid, waived, writtenOff } of installments) {
        for (const portion of PORTIONS) {
          const gone = paid[portion] + waived[portion] + writtenOff[portion];
          expect(owed[portion] - gone).toBeGreaterThanOrEqual(0n);
          expect(paid[portion]).toBeGreaterThanOrEqual(0n);
        }
      }
    });
  });

  test('what installments were paid is what transactions paid, portion by portion', () => {
    always(({ installments, transactions }) => {
      const lines = transactions.flatMap((transaction) => transaction.lines);
      for (const portion of PORTIONS) {
        const allocated = sumOf(lines, (line) => (line.portion === portion ? line.amount : 0n));
        expect(sumOf(installments, ({ paid }) => paid[portion])).toBe(allocated);
      }
    });
  });

  test('money that comes in is divided in full: into installments, or held', () => {
    always(({ installments, transactions, overpaid }) => {
      const credits = transactions.filter((one) => isCredit(one) && !isRecovered(one));
      for (const { amount, parts, overpaid: rest } of credits) expect(totalOf(parts) + rest).toBe(amount);
      const wentBack = sumOf(transactions, (one) => {
        if (one.kind === 'credit-balance-refund') return one.overpaid - paidOfRefund(one);
        return one.kind === 'chargeback' ? one.amount - totalOf(one.parts) : 0n;
      });
      const paid = sumOf(installments, (installment) => totalOf(installment.paid));
      expect(paid + overpaid + wentBack).toBe(sumOf(credits, ({ amount }) => amount));
    });
  });
});

const FROM_DAY_TO_DAY = {
  onAdvancePayment: 'shrink-the-end',
  payoffUntil: 'payoff-date',
  rest: { frequency: 'daily', every: 1 },
  compounding: 'none',
  overduePrincipalBearsInterest: false,
} as const;

test('what is put back after interest was moved to the installments is owed once', () => {
  // Interest that is split over the installments is asked for beside the principal that was put back with one of them.
  const terms = termsWith({
    recalculation: { ...FROM_DAY_TO_DAY, payoffUntil: 'rest-date', overduePrincipalBearsInterest: true },
    chargebackOrder: ['fee', 'interest', 'principal', 'penalty'],
  });
  const credit = (id: string, day: number, amount: bigint, kind: 'repayment' | 'goodwill-credit' = 'repayment') =>
    ({ kind: 'credit', credit: kind, id, on: START + day, knownOn: START + day, amount }) as const;
  const facts: readonly LoanFact[] = [
    { kind: 'disbursement', id: 'a', on: START, knownOn: START, amount: 120_000n },
    credit('b', 17, 14_000n),
    { kind: 're-amortize', id: 'c', on: START + 34, knownOn: START + 34, interest: 'split' },
    credit('d', 50, 14_000n),
    credit('e', 61, 108_000n, 'goodwill-credit'),
    { kind: 'chargeback', id: 'f', on: START + 64, knownOn: START + 64, of: 'b', amount: 4_000n },
  ];
  const account = replay(terms, agreed(120_000n, 6), facts, START + 64);
  const taken = account.transactions.find(({ kind }) => kind === 'chargeback')?.parts;
  expect(taken).toMatchObject({ principal: 4_000n - (taken?.interest ?? 0n), fee: 0n, penalty: 0n });
  const owed = sumOf(account.installments, ({ owed }) => owed.principal);
  expect(owed).toBe(120_000n + (taken?.principal ?? 0n));
  expect(account.outstanding.principal).toBe(0n);
});

test('no more principal is paid than was lent, though a loan that was re-aged asks for interest in the meantime', () => {
  const order = (['past-due', 'due', 'in-advance'] as const).flatMap((state) =>
    (['penalty', 'principal', 'fee', 'interest'] as const).map((portion) => ({ state, portion })),
  );
  const terms = termsWith({
    rate: { kind: 'fixed', perYear: '0.2399' },
    rounding: { mode: 'HALF_EVEN', smoothing: false },
    allocation: { kind: 'by-order', processing: 'vertical', orders: [{ order, inAdvance: 'last-installment' }] },
    recalculation: FROM_DAY_TO_DAY,
  });
  const at = (day: number) => ({ on: START + day, knownOn: START + day });
  const facts: readonly LoanFact[] = [
    { kind: 'disbursement', id: 'a', ...at(0), amount: 221n },
    { kind: 'credit', credit: 'repayment', id: 'b', ...at(31), amount: 30n },
    {
      ...{ kind: 're-age', id: 'c', ...at(31), startsOn: START + 35, installments: 5 },
      ...{ period: { every: 1, unit: 'months' }, interest: 'equal-of-payable' },
    },
    { kind: 'credit', credit: 'repayment', id: 'd', ...at(35), amount: 206n },
    { kind: 'chargeback', id: 'e', ...at(36), of: 'b', amount: 1n },
  ];
  const { installments, outstanding, overpaid } = replay(terms, agreed(221n, 1), facts, START + 36);
  expect(sumOf(installments, ({ paid }) => paid.principal)).toBe(222n);
  expect([totalOf(outstanding), overpaid]).toEqual([0n, 0n]);
});

test('time changes nothing of a loan of which nothing is owed, whatever its plan would still ask for', () => {
  const terms = termsWith({
    rate: { kind: 'fixed', perYear: '0' },
    rounding: { mode: 'UP', smoothing: false },
    amortization: { kind: 'bullet' },
  });
  const at = (day: number) => ({ on: START + day, knownOn: START + day });
  const facts: readonly LoanFact[] = [
    { kind: 'disbursement', id: 'a', ...at(0), amount: 100n },
    { kind: 'payoff', id: 'b', ...at(0) },
    { kind: 'chargeback', id: 'c', ...at(90), of: 'd', amount: 1n },
    { kind: 'credit', credit: 'repayment', id: 'd', ...at(91), amount: 1n },
    { kind: 'rate-change', id: 'e', ...at(91), perYear: '0.01' },
  ];
  const metOn = (day: number) =>
    replay(terms, agreed(100n, 5), facts, START + day).installments.map((installment) => installment.metOn);
  expect(metOn(122)).toEqual(metOn(91));
});
