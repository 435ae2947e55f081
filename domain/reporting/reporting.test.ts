import { businessDate, type MoneyText } from '../kernel';
import { Ageing, Income, type LoanCourse, monthsFrom, Provisions, provisionRatesOn, RollRates, Vintages } from '.';
import { categoryOf, PROVISION_RATES } from './provision';

type MonthOf = LoanCourse['months'][number];

const NONE = { interest: '0.00', fee: '0.00', penalty: '0.00', recovery: '0.00' };
const month = (of: Partial<MonthOf> & Pick<MonthOf, 'month'>): MonthOf => ({
  ...{ bucket: 'current', principal: '0.00', lent: '0.00', lost: '0.00', booked: NONE, paid: NONE },
  ...of,
});
const course = (id: string, ...months: readonly MonthOf[]): LoanCourse => ({
  ...{ id: `loan-${id}`, productId: 'product-cash', currency: 'CNY' as const, months },
});
const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/** Lent in January: one pays, one falls behind and is given up in April, with something coming in for it in May. */
const GOOD = course(
  'good',
  month({ month: '2026-01', lent: '100.00', principal: '100.00' }),
  month({
    month: '2026-02',
    principal: '60.00',
    booked: { ...NONE, interest: '1.00' },
    paid: { ...NONE, interest: '0.90' },
  }),
  month({ month: '2026-04', principal: '0.00' }),
);
const BAD = course(
  'bad',
  month({ month: '2026-01', lent: '200.00', principal: '200.00' }),
  month({ month: '2026-02', principal: '200.00', bucket: '1-30', pastDueSince: businessDate('2026-02-15') }),
  month({ month: '2026-03', principal: '200.00', bucket: '31-60', pastDueSince: businessDate('2026-02-15') }),
  month({ month: '2026-04', principal: '0.00', lost: '200.00', bucket: '61-90' }),
  month({ month: '2026-05', booked: { ...NONE, recovery: '20.00' }, paid: { ...NONE, recovery: '20.00' } }),
);

describe('reports on the courses of loans', () => {
  test('age what was receivable at the end of a month, with months between in which nothing happened', () => {
    const ageing = new Ageing('2026-03');
    for (const each of [GOOD, BAD]) ageing.add(each);
    const rows = ageing.rows().filter(({ loans }) => loans > 0);
    expect(rows.map(({ bucket, principal, share }) => [bucket, principal.amount, share])).toEqual([
      ['current', '60.00', 2_307],
      ['31-60', '200.00', 7_692],
    ]);
  });

  test('roll each bucket into others, into paid and into lost', () => {
    const rolls = new RollRates(monthsFrom('2026-02', '2026-05'));
    for (const each of [GOOD, BAD]) rolls.add(each);
    expect(
      rolls.rows().map((row) => `${row.month} ${row.from} > ${row.to} ${row.principal.amount} ${row.rate}`),
    ).toEqual([
      '2026-02 current > current 100.00 3333',
      '2026-02 current > 1-30 200.00 6666',
      '2026-03 current > current 60.00 10000',
      '2026-03 1-30 > 31-60 200.00 10000',
      '2026-04 current > paid 60.00 10000',
      '2026-04 31-60 > lost 200.00 10000',
    ]);
  });

  test('follow a vintage month by month', () => {
    const vintages = new Vintages('2026-05');
    for (const each of [GOOD, BAD]) vintages.add(each);
    const rows = vintages.rows();
    expect(rows.map(({ monthsOnBook, outstanding }) => [monthsOnBook, outstanding.amount])).toEqual([
      [0, '300.00'],
      [1, '260.00'],
      [2, '260.00'],
      [3, '0.00'],
      [4, '0.00'],
    ]);
    expect(rows[2]).toMatchObject({ loans: 2, lent: cny('300.00'), past30: cny('200.00'), past30Rate: 6_666 });
    expect(rows[4]).toMatchObject({ lost: cny('200.00'), recovered: cny('20.00'), lossRate: 6_666 });
  });

  test('tell income as booked and as paid, with what registers have booked', () => {
    const income = new Income('2026-02', '2026-05');
    for (const each of [GOOD, BAD]) income.add(each);
    income.register({ productId: 'product-cash', currency: 'CNY', month: '2026-02', minor: 250n });
    income.register({ productId: 'product-cash', currency: 'CNY', month: '2026-06', minor: 250n });
    expect(income.rows()).toEqual([
      expect.objectContaining({ month: '2026-02', earning: 'interest', booked: cny('3.50'), paid: cny('0.90') }),
      expect.objectContaining({ month: '2026-05', earning: 'recovery', booked: cny('20.00'), paid: cny('20.00') }),
    ]);
  });
});

describe('provision', () => {
  const rates = PROVISION_RATES[0];
  if (rates === undefined) throw new Error('there are no rates');

  test.each([
    [0, 'normal'],
    [1, 'special-mention'],
    [90, 'special-mention'],
    [91, 'substandard'],
    [270, 'substandard'],
    [271, 'doubtful'],
    [360, 'doubtful'],
    [361, 'loss'],
  ])('takes a loan %d days past due for %s', (days, category) => {
    expect(categoryOf(rates, days)).toBe(category);
  });

  test('is principal times the rate of its category, rounded up', () => {
    const provisions = new Provisions({ month: '2026-03', rates });
    for (const each of [GOOD, BAD]) provisions.add(each);
    provisions.add(course('small', month({ month: '2026-01', lent: '0.01', principal: '0.01' })));
    const rows = provisions.rows().filter(({ loans }) => loans > 0);
    expect(rows.map(({ category, principal, provision }) => [category, principal.amount, provision.amount])).toEqual([
      ['normal', '60.01', '0.61'],
      ['special-mention', '200.00', '4.00'],
    ]);
  });

  test('goes by the version that was in force', () => {
    const next = { ...rates, version: 'next', from: businessDate('2027-01-01') };
    expect(provisionRatesOn(businessDate('2026-12-31'), [next, rates])?.version).toBe(rates.version);
    expect(provisionRatesOn(businessDate('2027-01-01'), [rates, next])?.version).toBe('next');
    expect(provisionRatesOn(businessDate('2001-12-31'))).toBeUndefined();
  });
});
