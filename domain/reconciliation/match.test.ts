import fc from 'fast-check';
import { businessDate, formatMoney, type Money, type MoneyText, moneyOf, parseMoney } from '../kernel';
import { type Break, breakSchema, type Matching, type Movement, match, type StatementLine } from '.';

const DAY = businessDate('2026-03-01');
const cny = (minor: bigint): MoneyText => formatMoney(moneyOf(minor, 'CNY'));
const net = ({ in: came, out: went }: { readonly in: Money; readonly out: Money }): bigint => came.minor - went.minor;

const minor = fc.bigInt({ min: 1n, max: 10_000_000n });
const direction = fc.constantFrom('in' as const, 'out' as const);

/** A movement on both sides, and what the statement got wrong about it. */
const FAULTS = [
  'none',
  'missing-there',
  'missing-here',
  'amount',
  'direction',
  'duplicate',
  'corrected-amount',
  'corrected-duplicate',
] as const;
type Fault = (typeof FAULTS)[number];

interface Item {
  readonly fault: Fault;
  readonly direction: 'in' | 'out';
  readonly amount: bigint;
  readonly by: bigint;
}

const items = fc.array(
  fc.record({
    fault: fc.oneof({ weight: 3, arbitrary: fc.constant('none' as const) }, fc.constantFrom(...FAULTS)),
    direction,
    amount: minor,
    by: minor,
  }),
  { maxLength: 40 },
);

const opposite = { in: 'out', out: 'in' } as const;

/** Both sides of an item: what we have, what they show, and the break that there must be. */
const sides = ({ fault, direction, amount, by }: Item, index: number) => {
  const reference = `e${index}`;
  const movement: Movement = { reference, stream: 'payout-x', direction, amount: cny(amount), valueDate: DAY };
  const line: StatementLine = { lineId: `l${index}`, reference, direction, amount: cny(amount), bookedOn: DAY };
  const again = { ...line, lineId: `${line.lineId}-2` };
  const back = (corrects: StatementLine, minor: bigint): StatementLine => ({
    ...line,
    lineId: `${line.lineId}-c`,
    direction: opposite[direction],
    amount: cny(minor),
    corrects: corrects.lineId,
  });
  const wrong = { ...line, amount: cny(amount + by) };
  const planted = (type: Break['type']) => [`${type} ${reference}`];
  switch (fault) {
    case 'none':
      return { ours: [movement], theirs: [line], breaks: [] };
    case 'missing-there':
      return { ours: [movement], theirs: [], breaks: planted('missing-there') };
    case 'missing-here':
      return { ours: [], theirs: [line], breaks: planted('missing-here') };
    case 'amount':
      return { ours: [movement], theirs: [wrong], breaks: planted('amount') };
    case 'direction':
      return {
        ours: [movement],
        theirs: [{ ...line, direction: opposite[direction] }],
        breaks: planted('direction'),
      };
    case 'duplicate':
      return { ours: [movement], theirs: [line, again], breaks: planted('duplicate') };
    case 'corrected-amount':
      return { ours: [movement], theirs: [wrong, back(wrong, by)], breaks: [] };
    case 'corrected-duplicate':
      return { ours: [movement], theirs: [line, again, back(again, amount)], breaks: [] };
  }
};

/** Every item is in one pair or one break, and Σ differences is the difference of the totals. */
const explainsEverything = ({ breaks, ours, theirs }: Matching): void => {
  const explained = breaks.reduce((sum, { difference }) => sum + parseMoney(difference).minor, 0n);
  expect(explained).toBe(net(ours) - net(theirs));
};

test('of planted differences all are found and only those, in any order of lines', () => {
  fc.assert(
    fc.property(items, fc.boolean(), (planted, reversed) => {
      const all = planted.map(sides);
      const lines = all.flatMap(({ theirs }): StatementLine[] => theirs);
      const movements = all.flatMap(({ ours }): Movement[] => ours);
      const matching = match(reversed ? lines.toReversed() : lines, movements, 'CNY');
      const found = matching.breaks.map(({ type, reference }) => `${type} ${reference}`);
      expect(found.toSorted()).toEqual(all.flatMap(({ breaks }) => breaks).toSorted());
      expect(matching.pairs.length + matching.breaks.filter(({ ours }) => ours).length).toBe(movements.length);
      explainsEverything(matching);
    }),
    { numRuns: 300 },
  );
});

test('whatever a statement says, the breaks explain the difference of the totals exactly', () => {
  const line: fc.Arbitrary<StatementLine> = fc
    .record({
      lineId: fc.constantFrom('l1', 'l2', 'l3', 'l4', 'l5'),
      reference: fc.constantFrom('e1', 'e2', 'e3'),
      direction,
      amount: fc.constantFrom(cny(1n), cny(2n), cny(3n)),
      corrects: fc.option(fc.constantFrom('l1', 'l2', 'l3', 'l9'), { nil: undefined, freq: 2 }),
    })
    .map(({ corrects, ...rest }) => ({ ...rest, bookedOn: DAY, ...(corrects !== undefined && { corrects }) }));
  const movement: fc.Arbitrary<Movement> = fc
    .record({
      reference: fc.constantFrom('e1', 'e2', 'e3', 'e4'),
      direction,
      amount: fc.constantFrom(cny(1n), cny(2n), cny(3n)),
    })
    .map((rest) => ({ ...rest, stream: 'payout-x', valueDate: DAY }));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.array(movement, { maxLength: 8 }), (lines, movements) => {
      const matching = match(lines, movements, 'CNY');
      explainsEverything(matching);
      const ids = matching.breaks.map(({ breakId }) => breakId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const each of matching.breaks) expect(breakSchema.safeParse(each).error).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
