import fc from 'fast-check';
import { anyLife } from '../../../../tests/support/any-life';
import { agreed, paidOut, repaid, START, termsWith } from '../../../../tests/support/progressive-loans';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAccount, LoanFact } from '../../replay';
import { accountOf } from './account';
import { livedThrough, type Witness } from './replay';
import { takesTurn } from './turn';

const PRINCIPAL = 1_000_000n;
const FIRST_DUE = START + 31;
const INSTALLMENT = 172_486n;
const plain = termsWith();
const dated = (on: number) => ({ id: `x${on}`, on, knownOn: on });
const named = (strategy: Extract<LoanTerms['allocation'], { kind: 'named' }>['strategy']): LoanTerms['allocation'] => ({
  kind: 'named',
  strategy,
});

/** Whether money takes its turn in a loan of 10,000.00 over six months at 12 %, after what has happened to it. */
const takes = (amount: bigint, on: number, before: readonly LoanFact[] = [], terms: LoanTerms = plain): boolean => {
  const life = livedThrough(terms, agreed(PRINCIPAL, 6), [paidOut(PRINCIPAL), ...before], on);
  return life !== undefined && takesTurn(life, repaid(amount, on, 'z'));
};

describe('money takes its turn', () => {
  test('between the due dates of an open installment, as long as it leaves that open', () => {
    expect(takes(100n, START + 10)).toBe(true);
    expect(takes(INSTALLMENT - 1n, START + 10)).toBe(true);
    expect(takes(INSTALLMENT, START + 10)).toBe(false);
    expect(takes(100n, START)).toBe(false);
    expect(takes(100n, FIRST_DUE)).toBe(false);
  });

  test('once the running installment is paid up, in the next', () => {
    const first = repaid(INSTALLMENT, START + 3, 'b');
    expect(takes(INSTALLMENT - 1n, START + 10, [first])).toBe(true);
    expect(takes(INSTALLMENT, START + 10, [first])).toBe(false);
  });

  test('not while anything is overdue, nor after anything but payments happened to the installment', () => {
    expect(takes(100n, FIRST_DUE + 10)).toBe(false);
    expect(takes(100n, START + 10, [{ ...dated(START + 5), kind: 're-amortize', interest: 'default' }])).toBe(true);
    expect(takes(100n, START + 10, [{ ...dated(START + 5), kind: 'termination' }])).toBe(false);
    const paid = repaid(50_000n, START + 2, 'b');
    expect(takes(100n, START + 10, [paid, { ...dated(START + 5), kind: 'chargeback', of: 'b', amount: 10n }])).toBe(
      false,
    );
  });

  test('not near the end, which early payments shorten', () => {
    const most = [1, 2, 3, 4].map((n) => repaid(INSTALLMENT, START + n, `b${n}`));
    expect(takes(100n, START + 10, most.slice(0, 3))).toBe(true);
    expect(takes(100n, START + 10, most)).toBe(false);
  });

  test('only where the next installment takes money in advance, and the plan stays as it is', () => {
    const { recalculation } = plain;
    if (recalculation === undefined) throw new Error('plain terms recalculate');
    const changed = (more: Partial<typeof recalculation>): LoanTerms => ({
      ...plain,
      recalculation: { ...recalculation, ...more },
    });
    expect(takes(100n, START + 10, [], changed({ onAdvancePayment: 'lower-the-installment' }))).toBe(false);
    expect(takes(100n, START + 10, [], changed({ onAdvancePayment: 'fewer-installments' }))).toBe(true);
    const ahead = [repaid(INSTALLMENT, START + 3, 'b')];
    expect(takes(100n, START + 10, ahead, changed({ onAdvancePayment: 'fewer-installments' }))).toBe(false);
    const perInstallment = { frequency: 'per-installment', every: 1 } as const;
    expect(takes(100n, START + 10, [], changed({ rest: perInstallment, payoffUntil: 'rest-date' }))).toBe(false);
    const { recalculation: _, ...fixed } = plain;
    expect(takes(100n, START + 10, [], fixed)).toBe(false);
    expect(takes(100n, START + 10, [], { ...plain, amortization: { kind: 'equal-principal' } })).toBe(false);
    expect(takes(100n, START + 10, [], { ...plain, interest: { ...plain.interest, method: 'flat' } })).toBe(false);
  });
});

/** Who looks on has every installment worked out after each payment. */
const onlooker: Witness = { begun: () => {}, happened: () => {} };

const accountWith = (
  terms: LoanTerms,
  principal: bigint,
  installments: number,
  facts: readonly LoanFact[],
  witness?: Witness,
): LoanAccount => {
  const asOf = Math.max(...facts.map(({ on }) => on)) + 30;
  const life = livedThrough(terms, agreed(principal, installments), facts, asOf, witness);
  if (life === undefined) throw new Error('it was paid out');
  return accountOf(life, facts, asOf);
};

test('a loan paid in many small parts is the same whether or not somebody looks on', () => {
  const loans = fc.record({
    life: anyLife,
    principal: fc.bigInt({ min: 50_000n, max: 500_000_000n }),
    installments: fc.integer({ min: 3, max: 24 }),
    perYear: fc.constantFrom('0.043', '0.12', '0.2399', '0.36'),
    allocation: fc.constantFrom(named('penalties-fees-interest-principal'), named('principal-interest-penalties-fees')),
    onAdvancePayment: fc.constantFrom('shrink-the-end' as const, 'fewer-installments' as const),
    happensMore: fc.boolean(),
    payments: fc.array(fc.record({ after: fc.integer({ min: 0, max: 12 }), hundredths: fc.bigInt(1n, 60n) }), {
      minLength: 5,
      maxLength: 60,
    }),
  });
  fc.assert(
    fc.property(loans, ({ life, principal, installments, perYear, allocation, onAdvancePayment, ...rest }) => {
      const terms: LoanTerms = {
        ...plain,
        ...(plain.recalculation && { recalculation: { ...plain.recalculation, onAdvancePayment } }),
        rounding: life.terms.rounding,
        interest: { ...life.terms.interest, method: 'declining-balance' },
        penalty: life.terms.penalty,
        charges: life.terms.charges,
        rate: { kind: 'fixed', perYear },
        allocation,
      };
      const { happensMore, payments } = rest;
      let day = START;
      const paid = payments.map(({ after, hundredths }, index): LoanFact => {
        day += after;
        return repaid((principal * hundredths) / BigInt(installments * 100) + 1n, day, `p${index}`);
      });
      const more = happensMore ? life.facts.slice(1) : [];
      const facts = [paidOut(principal), ...more, ...paid];
      expect(accountWith(terms, principal, installments, facts)).toEqual(
        accountWith(terms, principal, installments, facts, onlooker),
      );
    }),
    { numRuns: 200 },
  );
});
