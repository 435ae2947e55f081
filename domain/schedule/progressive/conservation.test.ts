import fc from 'fast-check';
import { type AnyLife, anyLife } from '../../../tests/support/any-life';
import { START } from '../../../tests/support/progressive-loans';
import type { AccountTransaction, LoanAccount, PortionAmounts } from '../replay';
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
/** Of a loan that was written off nothing is owed any more: what comes in pays none of it. */
const isRecovered = ({ kind, parts, overpaid }: AccountTransaction): boolean =>
  kind === 'recovery' && totalOf(parts) + overpaid === 0n;

describe('whatever happens to a loan', () => {
  test('the principal of its installments is what was lent and put back', () => {
    always(({ installments, transactions }) => {
      const lent = sumOf(transactions, ({ kind, parts }) => (MOVED_OUT.has(kind) ? parts.principal : 0n));
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
      const wentBack = sumOf(transactions, ({ kind, overpaid: held }) =>
        kind === 'credit-balance-refund' ? held : 0n,
      );
      const paid = sumOf(installments, (installment) => totalOf(installment.paid));
      expect(paid + overpaid + wentBack).toBe(sumOf(credits, ({ amount }) => amount));
    });
  });
});
