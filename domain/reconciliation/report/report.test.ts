import fc from 'fast-check';
import { workbookOf } from '../../../platform/spreadsheet';
import { csv } from '../../../read-api/csv';
import { cny } from '../../../tests/support/example-loan';
import { addDays, type BusinessDate, businessDate, formatMoney, moneyOf, parseMoney } from '../../kernel';
import type { Movement, StatementLine } from '../events';
import { compareStatement } from '../findings';
import { HOUSE_RULES, type RuleSet, ruleSetSchema } from '../matching';
import { type ChannelFacts, channelReport, type ReportedBreak, reportTables } from '.';

const DAY = businessDate('2026-03-02');
const DAYS = [DAY, addDays(DAY, 1), addDays(DAY, 2)] as const;

const [reference] = HOUSE_RULES.rules;
const RULES: RuleSet = ruleSetSchema.parse({
  ...HOUSE_RULES,
  name: 'with-fees',
  rules: [
    ...HOUSE_RULES.rules,
    { ...reference, name: 'fee', amount: { within: 'fee', flat: { amount: '0.50', currency: 'CNY' } } },
  ],
});

const movement = (reference: string, direction: 'in' | 'out', amount: string, valueDate: BusinessDate): Movement => ({
  ...{ reference, stream: 'payout-x', direction, amount: cny(amount), valueDate },
});

const signed = ({ direction, amount }: Pick<Movement, 'direction' | 'amount'>): bigint =>
  direction === 'in' ? parseMoney(amount).minor : -parseMoney(amount).minor;

/** Nights one after the other: what each statement was held against, what came of it, and what they said in all. */
const nights = (movements: readonly Movement[], statements: readonly (readonly StatementLine[])[]) => {
  const heldOn = new Map<Movement, BusinessDate>();
  const fees: { on: BusinessDate; amount: ReturnType<typeof cny> }[] = [];
  const breaks: ReportedBreak[] = [];
  let stated = 0n;
  for (const [night, lines] of statements.entries()) {
    const on = addDays(DAY, night);
    const due = movements.filter((each) => each.valueDate <= on && !heldOn.has(each));
    const { findings } = compareStatement({ businessDate: on, currency: 'CNY', lines, movements: due, rules: RULES });
    for (const each of due) heldOn.set(each, on);
    fees.push({ on, amount: findings.fees });
    breaks.push(...findings.breaks.map((found) => ({ found, openedOn: on })));
    stated += lines.reduce((sum, line) => sum + signed(line), 0n);
  }
  const reported = movements.map((each) => {
    const on = heldOn.get(each);
    return { ...each, ...(on && { heldOn: on }) };
  });
  const facts: ChannelFacts = { channel: 'unionlike', currency: 'CNY', movements: reported, fees, breaks };
  return { facts, stated: formatMoney(moneyOf(stated, 'CNY')) };
};

const line = ({ reference, direction, amount, valueDate }: Movement): StatementLine => ({
  ...{ lineId: `l-${reference}`, reference, direction, amount, bookedOn: valueDate },
});

const MOVEMENTS = [
  movement('e1', 'in', '100.00', DAYS[0]),
  movement('e2', 'out', '30.00', DAYS[0]),
  movement('e3', 'in', '7.00', DAYS[1]),
  movement('e4', 'in', '5.00', DAYS[2]),
];
const [e1, e2, e3] = MOVEMENTS.map(line);

const example = () => {
  if (!e1 || !e2 || !e3) throw new Error('three lines');
  return nights(MOVEMENTS, [
    [
      { ...e1, amount: cny('99.80') },
      { ...e2, amount: cny('30.90') },
    ],
    [e3, { ...e3, lineId: 'again' }],
  ]);
};

test('a report says what was there, what happened, what is there, and what they say is there', () => {
  const { facts, stated } = example();
  const report = channelReport(facts, { from: DAYS[1], through: DAYS[2] });
  expect(report).toMatchObject({
    balance: {
      opening: cny('69.80'),
      activity: { repayments: { items: 2, amount: cny('12.00') }, fees: { amount: cny('0.00') } },
      closing: cny('81.80'),
    },
    settlement: {
      settled: [{ statementOf: DAYS[1], items: 1, amount: cny('7.00') }],
      notYetSettled: { items: 1, amount: cny('5.00') },
      waiting: [{ reference: 'e4', ageInDays: 0 }],
    },
    disputes: {
      open: [
        { type: 'amount', reference: 'e2', difference: cny('0.90'), ageInDays: 2 },
        { type: 'duplicate', reference: 'e3', difference: cny('-7.00'), ageInDays: 1 },
      ],
      unbooked: cny('-6.10'),
    },
    statedByThem: stated,
  });
});

test('what a correction has booked is activity of the day on which it was', () => {
  const { facts, stated } = example();
  const breaks = [...facts.breaks].map(
    (each): ReportedBreak => ({ ...each, owner: 'li.na', end: { on: DAYS[2], by: 'claim-from-channel' } }),
  );
  const report = channelReport({ ...facts, breaks }, { from: DAYS[2], through: DAYS[2] });
  expect(report.balance.activity.corrections).toEqual({ items: 2, amount: cny('6.10') });
  expect(report.disputes).toEqual({ open: [], unbooked: cny('0.00') });
  expect(report.statedByThem).toEqual(stated);
  expect(channelReport({ ...facts, breaks }, { from: DAYS[1], through: DAYS[1] }).disputes.open).toMatchObject([
    { owner: 'li.na' },
    { owner: 'li.na' },
  ]);
});

test('whatever the statements said, closing less what waits and what is in dispute is what they said', () => {
  const minor = fc.constantFrom(100n, 150n, 200n, 260n);
  const direction = fc.constantFrom('in' as const, 'out' as const);
  const day = fc.constantFrom(...DAYS);
  const name = fc.constantFrom('e1', 'e2', 'e3', 'e4', 'e5');
  const text = (amount: bigint): string => formatMoney(moneyOf(amount, 'CNY')).amount;
  const ours = fc.uniqueArray(
    fc.tuple(name, direction, minor, day).map(([r, d, m, on]) => movement(r, d, text(m), on)),
    { selector: ({ reference: own }) => own },
  );
  const theirs = fc.array(
    fc.tuple(name, direction, minor, day).map(([r, d, m, on]) => line(movement(r, d, text(m), on))),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(ours, fc.tuple(theirs, theirs, theirs), (movements, statements) => {
      const { facts, stated } = nights(movements, statements);
      const report = channelReport(facts, { from: DAY, through: DAYS[2] });
      expect(report.statedByThem).toEqual(stated);
      expect(report.balance.opening).toEqual(cny('0.00'));
    }),
  );
});

test('each block is a table, for comma-separated values and for a workbook', async () => {
  const tables = reportTables(channelReport(example().facts, { from: DAYS[0], through: DAYS[2] }));
  const texts = tables.map(
    ({ name, columns, rows }) =>
      `${name}\n${csv(
        columns.map(({ title }) => title),
        rows,
      )}`,
  );
  expect(texts.join('\n').replaceAll('\r', '')).toMatchInlineSnapshot(`
"Balance
date,entry,items,amount,currency
2026-03-02,opening,,0.00,CNY
2026-03-04,repayments,3,112.00,CNY
2026-03-04,payouts,1,-30.00,CNY
2026-03-04,fees,2,-0.20,CNY
2026-03-04,corrections,0,0.00,CNY
2026-03-04,closing,,81.80,CNY
2026-03-04,not yet settled,1,5.00,CNY
2026-03-04,breaks not booked,2,-6.10,CNY
2026-03-04,stated by them,,82.90,CNY

Settled
statement of,items,amount,currency
2026-03-02,2,70.00,CNY
2026-03-03,1,7.00,CNY

Not yet settled
reference,stream,direction,amount,currency,value date,age in days
e4,payout-x,in,5.00,CNY,2026-03-04,0

Breaks
break,type,reference,difference,currency,priority,suggestion,opened on,age in days,owner
amount-e2,amount,e2,0.90,CNY,P2,claim-from-channel,2026-03-02,2,
duplicate-e3,duplicate,e3,-7.00,CNY,P2,return-double-payment,2026-03-03,1,
"
`);
  const pieces: Uint8Array[] = [];
  for await (const piece of workbookOf(tables)) pieces.push(piece);
  expect(Buffer.concat(pieces).subarray(0, 2).toString()).toBe('PK');
});
