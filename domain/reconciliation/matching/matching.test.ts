import fc from 'fast-check';
import { dayOf } from '../../calendar';
import { businessDate, type Currency } from '../../kernel';
import {
  type BreakType,
  HOUSE_RULES,
  type Item,
  ItemTable,
  type Matching,
  matchItems,
  pairList,
  type RuleSet,
  ruleSetSchema,
  TextPool,
  turnoverOf,
} from '.';

const DAY = dayOf(businessDate('2026-03-04'));

const week = { before: 7, after: 7, count: 'calendar-days' } as const;
const exactly = { amount: { within: 'exact' }, dates: week, status: 'same' } as const;

/** The house's rules, and a channel's fee of at most 0.50 and one per cent. */
const RULES: RuleSet = ruleSetSchema.parse({
  ...HOUSE_RULES,
  name: 'with-fees',
  rules: [
    ...HOUSE_RULES.rules,
    {
      name: 'less-the-fee',
      cardinality: '1-1',
      reference: { by: 'exact' },
      ...exactly,
      amount: { within: 'fee', flat: { amount: '0.50', currency: 'CNY' }, share: '0.01' },
    },
    { name: 'named-in-bulk', cardinality: 'n-1', reference: { by: 'contained', leastLength: 5 }, ...exactly },
  ],
});

const tableOf = (pool: TextPool, items: readonly Item[]): ItemTable => {
  const table = new ItemTable(pool, 1);
  for (const item of items) table.add(item);
  return table;
};

interface Case {
  readonly ours?: readonly Item[];
  readonly theirs?: readonly Item[];
  readonly ledger?: readonly Item[];
}

const run = ({ ours = [], theirs = [], ledger }: Case, rules = RULES): Matching => {
  const pool = new TextPool();
  return matchItems(
    {
      ours: tableOf(pool, ours),
      theirs: tableOf(pool, theirs),
      ...(ledger && { ledger: tableOf(pool, ledger) }),
      statementDay: DAY,
    },
    rules,
  );
};

const item = (reference: string, amount: bigint, change: Partial<Item> = {}): Item => ({
  id: `i-${reference}`,
  reference,
  amount,
  currency: 'CNY',
  day: DAY,
  ...change,
});

const namesOf = ({ sides, breaks }: Matching): readonly string[] =>
  breaks.map(({ type, ours, theirs, ledger }) => {
    const [own, line, entry] = [ours[0], theirs[0], ledger[0]];
    if (own !== undefined) return `${type} ${sides.ours.referenceOf(own)}`;
    if (line !== undefined) return `${type} ${sides.theirs.referenceOf(line)}`;
    return `${type} ${entry === undefined ? '' : sides.ledger?.referenceOf(entry)}`;
  });

const netOf = (items: ItemTable, currency: Currency): bigint => {
  const turnover = turnoverOf(items).get(currency);
  return turnover ? turnover.in.minor - turnover.out.minor : 0n;
};

/** Every item in one match or one break, and Σ breaks + Σ fees = ours − theirs in every currency. */
const explainsEverything = ({ sides, breaks, fees, ourPlaces, theirPlaces, matchedItems, netted }: Matching): void => {
  for (const currency of ['CNY', 'USD', 'JPY'] as const) {
    const money = [...breaks.flatMap(({ differences }) => differences), ...fees];
    const explained = money.reduce((sum, each) => (each.currency === currency ? sum + each.minor : sum), 0n);
    expect(explained).toBe(netOf(sides.ours, currency) - netOf(sides.theirs, currency));
  }
  const inBreaks = { ours: breaks.flatMap(({ ours }) => ours), theirs: breaks.flatMap(({ theirs }) => theirs) };
  expect(new Set(inBreaks.ours).size).toBe(inBreaks.ours.length);
  expect(new Set(inBreaks.theirs).size).toBe(inBreaks.theirs.length);
  expect(matchedItems.ours + inBreaks.ours.length).toBe(sides.ours.length);
  expect(matchedItems.theirs + inBreaks.theirs.length + netted).toBe(sides.theirs.length);
  for (const [number, { ours, theirs }] of breaks.entries()) {
    for (const own of ours) expect(ourPlaces[own]).toBe(~number);
    for (const line of theirs) expect(theirPlaces[line]).toBe(~number);
  }
};

/** What one payment looks like on the three sides, what is wrong with it, and the break that there must be. */
interface Planted {
  readonly ours: readonly Item[];
  readonly theirs: readonly Item[];
  readonly ledger: readonly Item[];
  readonly breaks: readonly string[];
}

type Plant = (reference: string, amount: bigint, by: bigint) => Planted;

const plant = (
  ours: readonly Item[],
  theirs: readonly Item[],
  breaks: readonly string[] = [],
  ledger: readonly Item[] = ours.map((own) => ({ ...own, id: `l-${own.id}`, reference: own.id })),
): Planted => ({ ours, theirs, ledger, breaks });

const own = (reference: string, amount: bigint, change: Partial<Item> = {}): Item =>
  item(reference, amount, { id: `event-${reference}`, ...change });
const line = (reference: string, amount: bigint, change: Partial<Item> = {}): Item =>
  item(reference, amount, { id: `line-${reference}`, ...change });

const PLANTS: Readonly<Record<string, Plant>> = {
  sound: (r, a) => plant([own(r, a)], [line(r, a)]),
  'written otherwise': (r, a) => plant([own(r, a)], [line(r.toUpperCase().replaceAll('-', ' '), a)]),
  'named in the text': (r, a) => plant([own(r, a)], [line('', a, { id: `l${r}`, text: `REPAYMENT ${r}/2026` })]),
  'a batch in one line': (r, a, by) =>
    plant([own(`${r}-1`, a, { group: r }), own(`${r}-2`, by, { group: r })], [line(r, a + by)]),
  'one in two lines': (r, a, by) =>
    plant([own(r, a + by)], [line(r, a, { id: `${r}-1` }), line(r, by, { id: `${r}-2` })]),
  'several named in one text': (r, a, by) =>
    plant(
      [own(`${r}-1`, a), own(`${r}-2`, by)],
      [line('', a + by, { id: `l${r}`, text: `for ${r}-1, ${r}-2 together` })],
    ),
  'less the fee': (r, a) => plant([own(r, a)], [line(r, a - (a < 0n ? -a : a) / 100n - 30n)]),
  'corrected amount': (r, a, by) =>
    plant([own(r, a)], [line(r, a + by), line(r, -by, { id: `c${r}`, corrects: `line-${r}` })]),
  'corrected duplicate': (r, a) =>
    plant([own(r, a)], [line(r, a), line(r, a, { id: `d${r}` }), line(r, -a, { id: `c${r}`, corrects: `d${r}` })]),
  'within the days': (r, a) => plant([own(r, a)], [line(r, a, { day: DAY + 6 })]),
  'missing there': (r, a) => plant([own(r, a)], [], [`missing-there ${r}`]),
  'missing here': (r, a) => plant([], [line(r, a)], [`missing-here ${r}`]),
  'amount, by more than a fee': (r, a, by) =>
    plant([own(r, a)], [line(r, a > 0n ? a + by : a - by - a)], [`amount ${r}`]),
  'a batch that is off': (r, a, by) =>
    plant(
      [own(`${r}-1`, a, { group: r }), own(`${r}-2`, a, { group: r })],
      [line(r, a + a + (a > 0n ? by : -by) * 7n)],
      [`amount ${r}-1`],
    ),
  status: (r, a) => plant([own(r, a)], [line(r, a, { status: 'returned' })], [`status ${r}`]),
  duplicate: (r, a) => plant([own(r, a)], [line(r, a), line(r, a, { id: `d${r}` })], [`duplicate ${r}`]),
  currency: (r, a) => plant([own(r, a)], [line(r, a, { currency: 'USD' })], [`currency ${r}`]),
  direction: (r, a) => plant([own(r, a)], [line(r, -a)], [`direction ${r}`]),
  'late, both there': (r, a) => plant([own(r, a)], [line(r, a, { day: DAY + 9 })], [`late ${r}`]),
  'late, of another day': (r, a) => plant([], [line(r, a, { day: DAY - 1 })], [`late ${r}`]),
  'not in the ledger': (r, a) => plant([own(r, a)], [line(r, a)], [`ledger ${r}`], []),
  'otherwise in the ledger': (r, a, by) =>
    plant([own(r, a)], [line(r, a)], [`ledger ${r}`], [item(`event-${r}`, a + by)]),
  'in the ledger alone': (r, a) => plant([], [], [`ledger event-${r}`], [item(`event-${r}`, a)]),
};

const kinds = Object.keys(PLANTS);
const amount = fc.bigInt({ min: 1_000n, max: 10_000_000n }).chain((minor) => fc.constantFrom(minor, -minor));
const planted = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), amount, by: fc.bigInt({ min: 1n, max: 900n }) }),
  { maxLength: 40 },
);

test('of planted breaks of every type all are found and only those, in any order of items', () => {
  fc.assert(
    fc.property(planted, fc.boolean(), (wanted, reversed) => {
      const all = wanted.map(({ kind, amount: size, by }, index) => {
        // A fee, and an amount that is too large for one, are what they are whichever way the money goes.
        const minor = kind.includes('fee') && size < 0n ? -size : size;
        const make = PLANTS[kind] ?? PLANTS['sound'];
        return make?.(`eff-${String(index).padStart(4, '0')}`, minor, by) ?? plant([], []);
      });
      const turned = <T>(items: readonly T[]): readonly T[] => (reversed ? items.toReversed() : items);
      const matching = run({
        ours: turned(all.flatMap(({ ours }) => ours)),
        theirs: turned(all.flatMap(({ theirs }) => theirs)),
        ledger: turned(all.flatMap(({ ledger }) => ledger)),
      });
      const expected = all.flatMap(({ breaks }) => breaks);
      const batches = (name: string): string => name.replace(/^(amount eff-\d{4})-[12]$/, '$1-1');
      expect(namesOf(matching).map(batches).toSorted()).toEqual(expected.toSorted());
      explainsEverything(matching);
    }),
    { numRuns: 500 },
  );
});

const anything: fc.Arbitrary<Item> = fc
  .record({
    id: fc.constantFrom('l1', 'l2', 'l3', 'l4', 'l5'),
    reference: fc.constantFrom('', 'e1', 'E-1', 'e2', 'e3', 'eff-0001'),
    amount: fc.constantFrom(-3n, -2n, -1n, 0n, 1n, 2n, 3n, 60n),
    currency: fc.constantFrom('CNY' as const, 'USD' as const),
    day: fc.integer({ min: DAY - 9, max: DAY + 9 }),
    status: fc.constantFrom('settled' as const, 'pending' as const),
    text: fc.constantFrom('', 'for eff-0001 and e1', 'eff-0001'),
    group: fc.constantFrom('', 'e1', 'g1'),
    corrects: fc.constantFrom('', '', '', 'l1', 'l2', 'l9'),
  })
  .map(({ corrects, ...rest }) => ({ ...rest, ...(corrects !== '' && { corrects }) }));

test('whatever the sides say, every item has one place and the breaks explain the difference of the totals', () => {
  const side = fc.array(anything, { maxLength: 14 });
  fc.assert(
    fc.property(side, side, side, (ours, theirs, ledger) => {
      explainsEverything(run({ ours, theirs, ledger }));
      explainsEverything(run({ ours, theirs }, HOUSE_RULES));
    }),
    { numRuns: 1_000 },
  );
});

describe('the rules', () => {
  const rulesWith = (...rules: RuleSet['rules']): RuleSet => ruleSetSchema.parse({ ...HOUSE_RULES, rules });
  const rule = { name: 'only', cardinality: '1-1', reference: { by: 'exact' }, ...exactly } as const;

  test('are tried in their order, and each match says which one made it', () => {
    const matching = run({
      ours: [own('eff-0001', 5n), own('eff-0002', 5n)],
      theirs: [line('eff-0001', 5n), line('EFF0002', 5n)],
    });
    expect([...matching.matchesByRule].filter(([, count]) => count > 0)).toEqual([
      ['reference', 1],
      ['reference-written-otherwise', 1],
    ]);
  });

  test('a fee makes us the poorer, by no more than the rule says', () => {
    const less = (by: bigint) => run({ ours: [own('e1', 10_000n)], theirs: [line('e1', 10_000n - by)] });
    expect(less(150n)).toMatchObject({ matched: 1, fees: [{ minor: 150n, currency: 'CNY' }], breaks: [] });
    expect(less(151n)).toMatchObject({ matched: 0, fees: [], breaks: [{ type: 'amount' }] });
    expect(less(-1n)).toMatchObject({ matched: 0, breaks: [{ type: 'amount' }] });
    const dearer = run({ ours: [own('e1', -10_000n)], theirs: [line('e1', -10_150n)] });
    expect(dearer).toMatchObject({ matched: 1, fees: [{ minor: 150n, currency: 'CNY' }] });
  });

  test('business days leave out what the calendar says is off', () => {
    const friday = dayOf(businessDate('2026-03-06'));
    const within = (after: number) =>
      run(
        { ours: [own('e1', 1n, { day: friday })], theirs: [line('e1', 1n, { day: friday + 3 })] },
        rulesWith({ ...rule, dates: { before: 0, after, count: 'business-days' } }),
      );
    expect(within(1)).toMatchObject({ matched: 1 });
    expect(within(0)).toMatchObject({ matched: 0, breaks: [{ type: 'late' }] });
  });

  test('several of one reference find those of their own amount, date and status', () => {
    const matching = run({
      ours: [own('e1', 1n), own('e1', 2n), own('e1', 2n, { day: DAY + 30 }), own('e1', 3n, { status: 'pending' })],
      theirs: [
        line('e1', 2n, { day: DAY + 30 }),
        line('e1', 3n, { status: 'pending' }),
        line('e1', 2n),
        line('e1', 1n),
      ],
    });
    expect(matching).toMatchObject({ matched: 4, breaks: [] });
  });

  test('a reference inside a longer word is none', () => {
    const matching = run({ ours: [own('eff-0001', 1n)], theirs: [line('', 1n, { text: 'Xeff-0001' })] });
    expect(namesOf(matching)).toEqual(['missing-there eff-0001', 'missing-here ']);
  });

  test.each([
    ['two rules of one name', { rules: [rule, rule] }],
    ['an unknown calendar', { rules: [rule], calendar: 'MOON@1' }],
    ['a group of one', { rules: [{ ...rule, reference: { by: 'group' } }] }],
    ['no rules', { rules: [] }],
  ])('%s are refused', (_, change) => {
    expect(ruleSetSchema.safeParse({ ...HOUSE_RULES, ...change }).success).toBe(false);
  });

  test('can be tried dry: another set over the same items leaves no trace', () => {
    const sides = { ours: [own('e1', 10_000n)], theirs: [line('e1', 9_990n)] };
    const names: readonly BreakType[] = run(sides, HOUSE_RULES).breaks.map(({ type }) => type);
    expect(names).toEqual(['amount']);
    expect(run(sides, RULES).breaks).toEqual([]);
    expect(run(sides, HOUSE_RULES).breaks.map(({ type }) => type)).toEqual(names);
  });
});

describe('the list of what was matched', () => {
  const listOf = (matching: Matching): string => Buffer.concat([...pairList(matching)]).toString();

  test('follows the statement, names every item, and can be made again', () => {
    const sides = {
      ours: [own('e2', 1n), own('b1-1', 2n, { group: 'b1' }), own('e1', 5n), own('b1-2', 3n, { group: 'b1' })],
      theirs: [line('e1', 5n), line('b1', 5n), line('e9', 1n), line('e2', 1n)],
    };
    const list = listOf(run(sides));
    expect(list).toBe('line-e1 e1\nline-b1 b1-1 b1-2\nline-e2 e2\n');
    expect(listOf(run({ ...sides, ours: sides.ours.toReversed() }))).toBe(list.replace('b1-1 b1-2', 'b1-2 b1-1'));
  });
});

describe('a pool of texts', () => {
  test('holds each text once, whatever its letters', () => {
    const text = fc.string({ maxLength: 300, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
        const pool = new TextPool();
        const ids = texts.map((each) => pool.intern(each));
        for (const [index, each] of texts.entries()) {
          expect(pool.textOf(ids[index] ?? 0)).toBe(each);
          expect(pool.intern(each)).toBe(ids[index]);
        }
        expect(pool.size).toBe(new Set([...texts, '']).size);
      }),
    );
  });

  test('grows over its first pages and table', () => {
    const pool = new TextPool();
    const textAt = (index: number): string => `${index}-${'x'.repeat(400 + (index % 300))}`;
    const ids = Array.from({ length: 9_000 }, (_, index) => pool.intern(textAt(index)));
    expect(ids.every((id, index) => pool.textOf(id) === textAt(index))).toBe(true);
    expect(() => pool.intern('x'.repeat(65_536))).toThrow(/65536/);
  });
});
