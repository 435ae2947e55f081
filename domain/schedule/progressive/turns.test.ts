import { agreed, paidOut, repaid, START, termsWith } from '../../../tests/support/progressive-loans';
import { dayOf } from '../../calendar';
import { businessDate } from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import type { AccountInstallment, LoanFact, PortionAmounts } from '../replay';
import { plan, replay } from '.';

const plain = termsWith();
const nominal: LoanTerms['interest'] = { ...plain.interest, dayCount: 'nominal-30/360' };
const day = (text: string): number => dayOf(businessDate(text));
const dated = (on: number, id: string) => ({ id, on, knownOn: on });
const owedIn = (rows: readonly AccountInstallment[]) => rows.map(({ owed }) => [owed.principal, owed.interest]);
const NOTHING: PortionAmounts = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };

/** 10,000.00 over six months at 12 %. */
const loan = (facts: readonly LoanFact[], asOf: number, terms = plain) =>
  replay(terms, agreed(1_000_000n, 6), [paidOut(1_000_000n), ...facts], asOf);

test('grace on principal: interest each period, all principal after it', () => {
  const terms = termsWith({
    rate: { kind: 'fixed', perYear: '0.30' },
    interest: nominal,
    grace: { principal: 7, interest: 0, interestFree: 0 },
  });
  const rows = plan(terms, agreed(10_000n, 8), [{ on: START, amount: 10_000n }]);
  expect(rows.map(({ principal, interest }) => [principal, interest])).toEqual([
    ...Array.from({ length: 7 }, () => [0n, 250n]),
    [10_000n, 250n],
  ]);
});

test('grace on interest puts it off to the next installment, also where each tranche has the full term', () => {
  const terms = termsWith({
    rate: { kind: 'fixed', perYear: '0.36' },
    interest: { ...nominal, method: 'flat' },
    grace: { principal: 0, interest: 1, interestFree: 0 },
  });
  for (const fullTerm of [false, true]) {
    const { installments } = loan([], START, { ...terms, tranches: { several: true, fullTerm } });
    expect(owedIn(installments).map(([, interest]) => interest)).toEqual([0n, 60_000n, ...Array(4).fill(30_000n)]);
  }
});

test('no more is paid down than is paid out, however the share is rounded', () => {
  const terms = termsWith({
    rounding: { ...plain.rounding, mode: 'UP', amountMultiple: '1' },
    downPayment: { share: '0.25', automatic: false },
  });
  const { installments } = replay(terms, agreed(30n, 1), [paidOut(30n)], START);
  expect(owedIn(installments)).toEqual([
    [30n, 0n],
    [0n, 0n],
  ]);
});

test('grace that is granted later puts principal off and adds as many installments', () => {
  const grace: LoanFact = { ...dated(START + 40, 'b'), kind: 'grace', from: START + 40, principal: 2, interest: 0 };
  const { installments } = loan([grace], START);
  expect(installments).toHaveLength(8);
  expect(installments.map(({ owed }) => owed.principal === 0n)).toEqual([
    false,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(installments.every(({ owed }) => owed.interest > 0n)).toBe(true);
});

test('a due date that rolls into the next month makes a whole nominal month', () => {
  const terms = termsWith({ interest: nominal, dueDates: { ...plain.dueDates, monthEnd: 'first-day-of-next-month' } });
  const on = day('2025-01-31');
  const rows = plan(terms, { principal: 1_000_000n, installments: 3, submittedOn: on }, [{ on, amount: 1_000_000n }]);
  expect(rows.map(({ due, principal, interest }) => [due, principal, interest])).toEqual([
    [day('2025-03-01'), 330_022n, 10_000n],
    [day('2025-03-31'), 333_322n, 6_700n],
    [day('2025-05-01'), 336_656n, 3_367n],
  ]);
});

describe('a plan that ends on a due date', () => {
  const on = day('2024-03-01');
  const from = day('2024-01-01');
  const end = (fact: LoanFact): readonly AccountInstallment[] =>
    replay(
      termsWith({ rate: { kind: 'fixed', perYear: '0.07' }, interest: nominal, chargeOff: 'accelerate-maturity' }),
      { principal: 10_000n, installments: 6, submittedOn: from },
      [paidOut(10_000n, from), repaid(1_701n, day('2024-02-01'), 'b'), fact],
      on,
    ).installments;

  test('has no further installment, whatever ends it', () => {
    for (const kind of ['termination', 'charge-off'] as const) {
      const rows = end({ ...dated(on, 'c'), kind });
      expect(owedIn(rows)).toEqual([
        [1_643n, 58n],
        [8_357n, 49n],
      ]);
      expect(rows.at(-1)?.due).toBe(on);
    }
  });
});

test('money that is held goes back before a chargeback is owed again', () => {
  const { recalculation: _, ...terms } = termsWith({ rate: { kind: 'fixed', perYear: '0' } });
  const taken = (on: number, id: string): LoanFact => ({ ...dated(on, id), kind: 'chargeback', of: 'b', amount: 700n });
  const facts = [repaid(1_001_000n, START + 31, 'b'), taken(START + 300, 'c'), taken(START + 301, 'd')];
  const { transactions, overpaid, outstanding } = loan(facts, START + 301, terms);
  expect(transactions.slice(2).map(({ parts, overpaid: used }) => [parts.principal, used])).toEqual([
    [0n, 700n],
    [400n, 300n],
  ]);
  expect(overpaid).toBe(0n);
  expect(outstanding).toEqual({ ...NOTHING, principal: 400n });
});

test('with equal smaller installments, all that are left share what a payment in advance leaves', () => {
  const paying = (onAdvancePayment: 'shrink-the-end' | 'lower-the-installment') =>
    loan([repaid(500_000n, START + 10, 'b')], START + 10, {
      ...plain,
      ...(plain.recalculation && { recalculation: { ...plain.recalculation, onAdvancePayment } }),
    }).installments.filter(({ paid }) => paid.principal === 0n);
  const amounts = (rows: readonly AccountInstallment[]) => rows.map(({ owed }) => owed.principal + owed.interest);
  const lowered = amounts(paying('lower-the-installment'));
  const shrunk = amounts(paying('shrink-the-end'));
  expect(lowered[0]).toBeLessThan(shrunk[0] ?? 0n);
  expect(lowered.at(-1)).toBeGreaterThan(shrunk.at(-1) ?? 0n);
});

test('with fewer installments, those that are left stay as they were, and the last are paid already', () => {
  const terms = {
    ...plain,
    ...(plain.recalculation && {
      recalculation: { ...plain.recalculation, onAdvancePayment: 'fewer-installments' as const },
    }),
  };
  const planned = loan([], START, terms).installments;
  const [first] = planned;
  const due = (first?.owed.principal ?? 0n) + (first?.owed.interest ?? 0n);
  const after = (amount: bigint) => loan([repaid(amount, START + 10, 'b')], START + 10, terms).installments;
  // Less than an installment pays the one whose period it is; what is over shortens the loan.
  expect(
    after(due / 2n)
      .filter(({ paid }) => paid.principal > 0n)
      .map(({ n }) => n),
  ).toEqual([1]);
  const rows = after(due + 400_000n);
  const open = rows.filter(({ metOn }) => metOn === undefined);
  expect(rows[0]?.metOn).toBe(START + 10);
  expect(open.map(({ n }) => n)).toEqual(open.map((_, index) => index + 2));
  expect(open.length).toBeLessThan(planned.length - 2);
  for (const { n, owed } of open.slice(0, -1)) {
    const before = planned[n - 1]?.owed;
    expect(owed.principal + owed.interest).toBe((before?.principal ?? 0n) + (before?.interest ?? 0n));
  }
});

test('an installment that is overdue is charged once, on what it owes when its days of grace are over', () => {
  const terms = termsWith({
    charges: [
      {
        name: 'late',
        kind: 'penalty',
        time: 'overdue-installment',
        calculation: { kind: 'share', of: 'installment', share: '0.1' },
        graceDays: 3,
      },
    ],
  });
  const firstDue = loan([], START).installments[0]?.due ?? START;
  const partly = repaid(100_000n, firstDue + 2, 'b');
  expect(loan([partly], firstDue + 3, terms).charges).toEqual([]);
  const { installments, charges } = loan([partly], firstDue + 4, terms);
  const [first] = installments;
  const left = (first?.owed.principal ?? 0n) + (first?.owed.interest ?? 0n) - 100_000n;
  expect(charges).toMatchObject([{ fact: 'late', amount: (left + 5n) / 10n, paid: 0n }]);
  expect(loan([partly], firstDue + 20, terms).charges).toEqual(charges);
});

test('money paid in advance of a plan that is re-aged stays with the day it ended on', () => {
  const reAge: LoanFact = {
    ...dated(START + 20, 'c'),
    kind: 're-age',
    period: { every: 1, unit: 'months' },
    startsOn: START + 40,
    installments: 3,
    interest: 'default',
  };
  const { installments, outstanding, transactions } = loan([repaid(300_000n, START + 10, 'b'), reAge], START + 20);
  const paid = installments.reduce((sum, row) => sum + row.paid.principal + row.paid.interest, 0n);
  expect(paid).toBe(300_000n);
  expect(outstanding.principal).toBe(1_000_000n - (transactions[1]?.parts.principal ?? 0n));
  const lines = transactions.flatMap((transaction) => transaction.lines);
  expect(lines.every(({ installment }) => installment > 0)).toBe(true);
});

test('the installments of a re-aging are due from the agreed date on, also where a month before it is shorter', () => {
  const [on, startsOn] = [day('2026-03-29'), day('2026-03-29')];
  const reAge: LoanFact = {
    ...dated(on, 'c'),
    ...{ kind: 're-age', period: { every: 1, unit: 'months' }, startsOn, installments: 2, interest: 'default' },
  };
  const { installments } = loan([reAge], on, { ...plain, rate: { kind: 'fixed', perYear: '0.1' } });
  expect(installments.slice(-2).map(({ due }) => due)).toEqual([on, day('2026-04-29')]);
  const owed = installments.reduce((sum, row) => sum + row.owed.principal, 0n);
  expect(owed).toBe(1_000_000n);
});

test('further installments bring none back that a re-aging in equal parts has replaced', () => {
  const reAge: LoanFact = {
    ...dated(START + 62, 'c'),
    ...{ kind: 're-age', period: { every: 1, unit: 'months' }, startsOn: START + 91, installments: 5 },
    interest: 'equal-of-full',
  };
  const more: LoanFact = { ...dated(START + 62, 'd'), kind: 'extra-installments', from: START + 63, count: 2 };
  const terms: LoanTerms = { ...plain, rate: { kind: 'fixed', perYear: '0' } };
  const as = ({ installments }: ReturnType<typeof loan>) =>
    installments.map(({ kind, from, due }) => [kind, from, due]);
  expect(as(loan([reAge, more], START + 63, terms))).toEqual(as(loan([reAge], START + 63, terms)));
});

test('re-amortizing a plan that has run out changes nothing', () => {
  const on = START + 300;
  for (const terms of [plain, { ...plain, rate: { kind: 'fixed', perYear: '0' } } satisfies LoanTerms]) {
    const facts: readonly LoanFact[] = [{ ...dated(on, 'b'), kind: 're-amortize', interest: 'default' }];
    expect(owedIn(loan(facts, on, terms).installments)).toEqual(owedIn(loan([], on, terms).installments));
  }
});

test('splitting what is overdue where nothing is leaves the plan as it is, with what was paid early', () => {
  const on = START + 45;
  const early = repaid(300_000n, START + 10, 'b');
  const split: LoanFact = { ...dated(on, 'c'), kind: 're-amortize', interest: 'split' };
  expect(owedIn(loan([early, split], on).installments)).toEqual(owedIn(loan([early], on).installments));
});

test('a plan that ends on a due date asks for no interest that was split over the installments after it', () => {
  const split: LoanFact = { ...dated(START + 70, 'b'), kind: 're-amortize', interest: 'split' };
  const on = loan([split], START + 70).installments[2]?.due ?? START;
  const due = loan([split], on).installments.filter((row) => row.due <= on);
  const ended = loan([split, { ...dated(on, 'c'), kind: 'termination' }], on);
  expect(due).toHaveLength(3);
  expect(ended.outstanding).toMatchObject({
    principal: 1_000_000n,
    interest: due.reduce((sum, { owed }) => sum + owed.interest, 0n),
  });
});

test('all interest of a bullet waits for its end, also where the terms put off the first of it and the end moves', () => {
  const bullet = termsWith({ amortization: { kind: 'bullet' }, grace: { principal: 0, interest: 1, interestFree: 0 } });
  const more: LoanFact = { ...dated(START + 59, 'b'), kind: 'extra-installments', from: START + 60, count: 1 };
  const { installments } = replay(bullet, agreed(1_000_000n, 3), [paidOut(1_000_000n), more], START + 60);
  expect(owedIn(installments)).toEqual([
    [0n, 0n],
    [0n, 0n],
    [0n, 0n],
    [1_000_000n, BigInt(Math.round((1_000_000 * 0.12 * 120) / 365))],
  ]);
});
