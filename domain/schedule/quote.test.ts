import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { z } from 'zod';
import { arbitraryLoan } from '../../tests/support/arbitrary-terms';
import { businessDate, moneyOf, parseMoney } from '../kernel';
import {
  figuresOn,
  figuresText,
  type LoanTerms,
  originationFee,
  paidOutOf,
  plainTerms,
  quoteOf,
  quoteSchema,
  termMonthsOf,
} from '.';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const principal = moneyOf(100_000n, 'CNY');
const day = businessDate('2026-01-31');
const terms: LoanTerms = {
  ...plainTerms('CNY', '0.18'),
  charges: [originationFee('0.01')],
  penalty: { ratePerYear: '0.27', graceDays: 3 },
};
const quoted = () => quoteOf(terms, principal, 3, day, sha256);

describe('a quote', () => {
  it('says what it costs in all, with the whole plan', () => {
    expect(quoteSchema.parse(quoted())).toEqual(quoted());
    expect(quoted()).toMatchObject({
      principal: { amount: '1000.00', currency: 'CNY' },
      installments: 3,
      terms,
      schedule: {
        rows: [
          { n: 1, due: '2026-02-28', principal: '328.38', interest: '15.00', fee: '10.00', balance: '671.62' },
          { n: 2, due: '2026-03-31', principal: '333.31', interest: '10.07', fee: '0.00', balance: '338.31' },
          { n: 3, due: '2026-04-30', principal: '338.31', interest: '5.07', fee: '0.00', balance: '0.00' },
        ],
        totals: { principal: '1000.00', interest: '30.14', fee: '10.00', total: '1040.14' },
      },
    });
    expect(Number(quoted().allInRate)).toBeCloseTo(0.2688, 3);
  });

  it('has its terms in the text as JSON, the names of each object in order', () => {
    const several: LoanTerms = { ...terms, charges: [originationFee('0.01'), originationFee('0.002')] };
    const sorted = (_: string, value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
        : value;
    for (const each of [terms, several, { ...terms, chargebackOrder: undefined }] as readonly LoanTerms[]) {
      const lines = figuresText({ ...quoted(), terms: each }).split('\n');
      expect(lines[3]).toBe(`terms ${JSON.stringify(each, sorted)}`);
    }
  });

  it('is sealed by the hash of its figures, whose text is part of every contract and never changes', () => {
    const lines = figuresText(quoted()).split('\n');
    expect(lines.filter((line) => !line.startsWith('terms '))).toEqual([
      'usance-quote-2',
      'principal 1000.00 CNY',
      'installments 3',
      'disbursed 2026-01-31',
      `all-in ${quoted().allInRate}`,
      '1 regular 2026-02-28 328.38 15.00 10.00 353.38 671.62',
      '2 regular 2026-03-31 333.31 10.07 0.00 343.38 338.31',
      '3 regular 2026-04-30 338.31 5.07 0.00 343.38 0.00',
      'total 1000.00 30.14 10.00 1040.14',
      '',
    ]);
    expect(quoted().quoteHash).toBe(sha256(figuresText(quoted())));
  });

  it('is the same however its terms are written down', () => {
    const turned = Object.fromEntries(Object.entries(terms).toReversed()) as LoanTerms;
    expect(quoteOf(turned, principal, 3, day, sha256).quoteHash).toBe(quoted().quoteHash);
  });

  it('repays what is borrowed, of any terms, and is made again from itself (I-13)', () => {
    fc.assert(
      fc.property(arbitraryLoan, ({ terms: of, principal: sum, installments }) => {
        const made = quoteOf(of, sum, installments, day, sha256);
        const minor = (amount: string): bigint => parseMoney({ amount, currency: sum.currency }).minor;
        const { rows, totals } = made.schedule;
        expect(rows.reduce((all, row) => all + minor(row.principal), 0n)).toBe(sum.minor);
        expect(minor(totals.principal)).toBe(sum.minor);
        expect(minor(rows.at(-1)?.balance ?? '')).toBe(0n);
        expect(sha256(figuresText(figuresOn(made, day)))).toBe(made.quoteHash);
      }),
    );
  });

  it.each<[string, (terms: LoanTerms) => LoanTerms]>([
    ['rate', (of) => ({ ...of, rate: { kind: 'fixed', perYear: '0.180001' } })],
    ['fee', (of) => ({ ...of, charges: [originationFee('0.02')] })],
    ['penalty', (of) => ({ ...of, penalty: { ...of.penalty, ratePerYear: '0.28' } })],
    ['grace', (of) => ({ ...of, penalty: { ...of.penalty, graceDays: 4 } })],
    ['rounding', (of) => ({ ...of, rounding: { ...of.rounding, mode: 'UP' } })],
  ])('with another %s has another hash', (_what, change) => {
    expect(quoteOf(change(terms), principal, 3, day, sha256).quoteHash).not.toBe(quoted().quoteHash);
  });

  it('for another sum, number of installments or day has another hash', () => {
    const others = [
      quoteOf(terms, moneyOf(100_001n, 'CNY'), 3, day, sha256),
      quoteOf(terms, principal, 4, day, sha256),
      quoteOf(terms, principal, 3, businessDate('2026-02-01'), sha256),
    ];
    for (const { quoteHash } of others) expect(quoteHash).not.toBe(quoted().quoteHash);
  });

  it('says what is kept back of the payout, and so what reaches the borrower', () => {
    const calculation = { kind: 'flat' as const, amount: '12.50' };
    const charges: LoanTerms['charges'] = [{ name: 'payout', kind: 'fee', time: 'disbursement', calculation }];
    const keeping = quoteOf({ ...terms, charges }, principal, 3, day, sha256);
    expect(keeping.keptBack).toEqual({ amount: '12.50', currency: 'CNY' });
    expect(paidOutOf(keeping)).toEqual({ amount: '987.50', currency: 'CNY' });
    expect(figuresText(keeping).split('\n')[5]).toBe('kept back 12.50');
    const whole = quoteOf(terms, principal, 3, day, sha256);
    expect(whole).not.toHaveProperty('keptBack');
    expect(paidOutOf(whole)).toEqual({ amount: '1000.00', currency: 'CNY' });
    expect(figuresText(whole).split('\n')).toHaveLength(11);
  });

  it('is of some money, in the currency of its terms', () => {
    expect(() => quoteOf(terms, moneyOf(0n, 'CNY'), 3, day, sha256)).toThrow('a loan is of something');
    expect(() => quoteOf(terms, moneyOf(100n, 'JPY'), 3, day, sha256)).toThrow('a principal in JPY under CNY terms');
  });

  it('has one shape in JSON Schema, in and out', () => {
    expect(z.toJSONSchema(quoteSchema, { io: 'output' })).toEqual(z.toJSONSchema(quoteSchema, { io: 'input' }));
  });

  it('counts its months to be compared with others: begun ones whole', () => {
    const every = (count: number, unit: 'days' | 'weeks' | 'months' | 'years') => ({
      ...terms,
      dueDates: { ...terms.dueDates, period: { every: count, unit } },
    });
    expect(termMonthsOf(terms, 12)).toBe(12);
    expect(termMonthsOf(every(1, 'days'), 30)).toBe(1);
    expect(termMonthsOf(every(10, 'days'), 9)).toBe(3);
    expect(termMonthsOf(every(2, 'weeks'), 26)).toBe(12);
    expect(termMonthsOf(every(1, 'years'), 2)).toBe(24);
  });
});
