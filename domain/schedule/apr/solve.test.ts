import fc from 'fast-check';
import { actuarialRate, type CashFlow, compoundIrr, effectiveRate, type PeriodFlow, simpleIrr } from '.';

const PLACES = 320n;
const ONE = 1n << PLACES;

/** Half away from zero, of a magnitude. */
const halfUp = (numerator: bigint, denominator: bigint): bigint => (2n * numerator + denominator) / (2n * denominator);

/** Rounded to decimals; first to sixty, which takes the noise of the halving off a tie. */
const rounded = (numerator: bigint, denominator: bigint, decimals: number): string => {
  const fine = halfUp((numerator < 0n ? -numerator : numerator) * 10n ** 60n, denominator);
  const magnitude = halfUp(fine, 10n ** BigInt(60 - decimals));
  const digits = magnitude.toString().padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return numerator < 0n && magnitude > 0n ? `-${text}` : text;
};

const power = (base: bigint, exponent: number): bigint => {
  let result = ONE;
  for (let bit = 1 << 12; bit > 0; bit >>= 1) {
    result = (result * result) >> PLACES;
    if ((exponent & bit) !== 0) result = (result * base) >> PLACES;
  }
  return result;
};

/** The second method: halving in 320-bit fixed point on the rate of a period, with fractions kept as fractions. */
const byHalving = (flows: readonly CashFlow[], perYear: bigint, decimals: number): string => {
  const balance = (rate: bigint): bigint => {
    const back = (ONE * ONE) / (ONE + rate);
    return flows.reduce((sum, { cash, whole, part: { numerator, denominator } }) => {
      const overPart = BigInt(denominator) * ONE + BigInt(numerator) * rate;
      return sum + (cash * power(back, whole) * BigInt(denominator) * ONE) / overPart;
    }, 0n);
  };
  let [low, high] = [-ONE / 12n, 100n * ONE];
  for (let step = 0; step < 330; step += 1) {
    const middle = (low + high) >> 1n;
    if (balance(middle) < 0n) low = middle;
    else high = middle;
  }
  return rounded(high * perYear, ONE, decimals);
};

const ODD_PARTS = [0, 1, 7, 19, 29].map((numerator) => ({ numerator, denominator: 30 }));

/** A loan with up to three advances, then up to 36 payments that pay back between half and three times as much. */
const arbitraryFlows = fc
  .record({
    advances: fc.array(fc.bigInt(1n, 10n ** 8n), { minLength: 1, maxLength: 3 }),
    scale: fc.constantFrom(1n, 1n, 10n ** 12n),
    payments: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 36 }),
    part: fc.constantFrom(...ODD_PARTS),
    gap: fc.integer({ min: 1, max: 3 }),
    cost: fc.bigInt(-30n, 200n),
  })
  .filter(({ payments }) => payments.some((weight) => weight > 0))
  .map(({ advances, scale, payments, part, gap, cost }): CashFlow[] => {
    const none = { numerator: 0, denominator: 30 };
    const lent = advances.map((cash, whole): CashFlow => ({ cash: cash * scale * 100n, whole, part: none }));
    const total = advances.reduce((sum, cash) => sum + cash, 0n) * scale * (100n + cost);
    const weights = BigInt(payments.reduce((sum, weight) => sum + weight, 0));
    const start = advances.length - 1 + gap;
    const paid = payments.map((weight, index): CashFlow => {
      return { cash: -((total * BigInt(weight)) / weights), whole: start + index, part };
    });
    return [...lent, ...paid];
  })
  .filter((flows) => flows.some(({ cash }) => cash < 0n));

describe('the rate that balances advances and payments', () => {
  it('by the actuarial method is that of halving in 320-bit fixed point, to the last decimal', () => {
    fc.assert(
      fc.property(arbitraryFlows, fc.integer({ min: 0, max: 12 }), (flows, decimals) => {
        const answer = actuarialRate(flows, { numerator: 12, denominator: 1 }, decimals);
        const expected = byHalving(flows, 12n, decimals);
        if (answer.kind === 'none') expect(Math.abs(Number(expected))).toBeGreaterThanOrEqual(0.99);
        else expect(answer).toEqual({ kind: 'found', rate: expected });
      }),
    );
  });

  it('by the effective method is the same rate compounded, to the last decimal', () => {
    fc.assert(
      fc.property(
        arbitraryFlows,
        fc.constantFrom(1, 2, 4, 12),
        fc.integer({ min: 0, max: 12 }),
        (given, per, decimals) => {
          const flows = given.map(
            ({ cash, whole }): CashFlow => ({ cash, whole, part: { numerator: 0, denominator: 1 } }),
          );
          const annual = effectiveRate(
            flows.map(({ cash, whole }) => ({ cash, years: { numerator: whole, denominator: per } })),
            decimals,
          );
          // In periods instead of parts of years, and by the other equation's periodic rate, compounded.
          const periodic = compoundIrr(flows, per, decimals);
          expect(annual).toEqual(periodic);
          if (annual.kind === 'none') return;
          expect(annual).toEqual({ kind: 'found', rate: compounded(flows, per, decimals) });
        },
      ),
    );
  });

  it('does not depend on the order in which flows are named, nor on how they are split', () => {
    fc.assert(
      fc.property(arbitraryFlows, (flows) => {
        const perYear = { numerator: 365, denominator: 30 };
        const halves = flows.flatMap((flow) => [
          { ...flow, cash: flow.cash / 2n },
          { ...flow, cash: flow.cash - flow.cash / 2n },
        ]);
        expect(actuarialRate(halves.toReversed(), perYear, 8)).toEqual(actuarialRate(flows, perYear, 8));
      }),
    );
  });
});

/** (1+i)^perYear − 1 of the periodic rate i, by halving on the discount factor. */
const compounded = (flows: readonly CashFlow[], perYear: number, decimals: number): string => {
  let [low, high] = [1n, 100n * ONE];
  for (let step = 0; step < 330; step += 1) {
    const middle = (low + high) >> 1n;
    const balance = flows.reduce((sum, { cash, whole }) => sum + cash * power(middle, whole), 0n);
    // The higher the factor, the more the later flows weigh: those are the payments.
    if (balance < 0n) high = middle;
    else low = middle;
  }
  const growth = power(high, perYear);
  return rounded(ONE - growth, growth, decimals);
};

const paying = (received: bigint, ...payments: readonly bigint[]): PeriodFlow[] => [
  { cash: received, whole: 0 },
  ...payments.map((payment, index) => ({ cash: -payment, whole: index + 1 })),
];

describe('at the edges', () => {
  it.each([
    // Exactly on half a unit: away from zero.
    [paying(10_000n, 10_005n), 3, '0.001'],
    [paying(10_000n, 10_015n), 3, '0.002'],
    [paying(10_000n, 9_995n), 3, '-0.001'],
    [paying(10_000n, 10_005n), 4, '0.0005'],
    [paying(10n ** 30n, 10n ** 30n + 5n * 10n ** 17n), 12, '0.000000000001'],
    [paying(10n ** 30n, 10n ** 30n + 5n * 10n ** 17n - 1n), 12, '0.000000000000'],
    [paying(10_000n, 10_000n), 6, '0.000000'],
    [paying(1n, 10_000n), 0, '9999'],
    [paying(100n, 2n), 2, '-0.98'],
  ])('%j to %d decimals is %s', (flows, decimals, rate) => {
    expect(simpleIrr(flows, 1, decimals)).toEqual({ kind: 'found', rate });
    expect(compoundIrr(flows, 1, decimals)).toEqual({ kind: 'found', rate });
  });

  it.each([
    ['nothing at all', [], 'nothing-lent'],
    ['only payments', [{ cash: -5n, whole: 1 }], 'nothing-lent'],
    ['an advance alone', [{ cash: 5n, whole: 0 }], 'nothing-paid'],
    ['a fee that takes the whole advance at once', [...paying(5n), { cash: -5n, whole: 0 }], 'nothing-lent'],
    ['a rate that no one can write', paying(1n, 1_000_000n), 'no-rate'],
    ['almost nothing paid back', paying(1_000_000n, 1n), 'no-rate'],
    ['money that turns twice and never balances', [...paying(100n, 230n), { cash: 140n, whole: 2 }], 'no-rate'],
  ])('%s has no rate', (_, flows, why) => {
    expect(simpleIrr(flows, 1, 6)).toEqual({ kind: 'none', why });
    expect(compoundIrr(flows, 1, 6)).toEqual({ kind: 'none', why });
  });

  it('a rate that would be rounded to five digits cannot be written either', () => {
    expect(simpleIrr(paying(10n, 100_006n), 1, 1)).toEqual({ kind: 'found', rate: '9999.6' });
    expect(simpleIrr(paying(10n, 100_006n), 1, 0)).toEqual({ kind: 'none', why: 'no-rate' });
  });

  it.each([13, -1, 1.5])('%d are not decimals that a rate is stated with', (decimals) => {
    expect(() => simpleIrr(paying(100n, 101n), 1, decimals)).toThrow(`a rate with ${decimals} decimals`);
  });

  it.each([0, -12, 1.5])('%d periods are no number of periods in a year', (periods) => {
    expect(() => simpleIrr(paying(100n, 101n), periods, 4)).toThrow(`${periods} periods in a year`);
  });

  it.each([
    [-1, 0, 1],
    [0.5, 0, 1],
    [1, -1, 30],
    [1, 1, 0],
    [1, 1, -30],
  ])('%d periods and %d/%d of one are no time', (whole, numerator, denominator) => {
    const flows = [...paying(100n).map((flow) => ({ ...flow, part: { numerator: 0, denominator: 1 } }))];
    const odd = { cash: -101n, whole, part: { numerator, denominator } };
    expect(() => actuarialRate([...flows, odd], { numerator: 12, denominator: 1 }, 4)).toThrow('a time after zero');
  });

  it('a fee up front lowers what was received', () => {
    expect(simpleIrr([...paying(10_000n, 10_100n), { cash: -100n, whole: 0 }], 1, 6)).toEqual(
      simpleIrr(paying(9_900n, 10_100n), 1, 6),
    );
  });

  it('far ends stay within bounds: 150 years, and every unit of money there is', () => {
    const century = paying(10n ** 27n, ...Array<bigint>(1_800).fill(10n ** 25n));
    expect(simpleIrr(century, 12, 6)).toEqual({ kind: 'found', rate: '0.120000' });
    const one = { cash: 10n ** 27n, whole: 0 };
    expect(compoundIrr([one, { cash: -(10n ** 27n) - 1n, whole: 1_800 }], 12, 6)).toMatchObject({ rate: '0.000000' });
  });
});

describe('money that goes back and forth', () => {
  // −100 (1+i)² + 230 (1+i) − 132 = −100 (i − 0.1)(i − 0.2)
  const twoRates = [...paying(100n, 230n), { cash: 132n, whole: 2 }];

  it('balances at several rates: the lowest that is not below zero is chosen', () => {
    expect(simpleIrr(twoRates, 1, 4)).toEqual({
      kind: 'several',
      rate: '0.1000',
      chosen: 'lowest-not-below-zero',
      all: ['0.1000', '0.2000'],
    });
  });

  it('at rates below zero alone: the highest is chosen', () => {
    // (i + 0.1)(i + 0.2)
    expect(simpleIrr([...paying(100n, 170n), { cash: 72n, whole: 2 }], 1, 4)).toEqual({
      kind: 'several',
      rate: '-0.1000',
      chosen: 'highest-below-zero',
      all: ['-0.2000', '-0.1000'],
    });
  });

  it('at no rate and at another: no rate is not below zero', () => {
    // i (i − 0.1)
    expect(simpleIrr([...paying(100n, 210n), { cash: 110n, whole: 2 }], 1, 4)).toEqual({
      kind: 'several',
      rate: '0.0000',
      chosen: 'lowest-not-below-zero',
      all: ['0.0000', '0.1000'],
    });
  });

  it('may all the same balance at one rate only', () => {
    const redrawn = [...paying(1_000n, 400n, 0n, 900n), { cash: 200n, whole: 2 }];
    expect(simpleIrr(redrawn, 12, 4)).toMatchObject({ kind: 'found' });
  });

  it('finds every one of three rates that were planted', () => {
    const rate = fc.integer({ min: -80, max: 300 });
    fc.assert(
      fc.property(fc.uniqueArray(rate, { minLength: 3, maxLength: 3 }), (percents) => {
        // (1+i − a)(1+i − b)(1+i − c) in growth 1+i, in hundredths.
        const [a, b, c] = percents.map((percent) => BigInt(100 + percent)) as [bigint, bigint, bigint];
        const flows = [
          { cash: 1_000_000n, whole: 0 },
          { cash: -10_000n * (a + b + c), whole: 1 },
          { cash: 100n * (a * b + b * c + a * c), whole: 2 },
          { cash: -a * b * c, whole: 3 },
        ];
        const all = percents.toSorted((x, y) => x - y).map((percent) => (percent / 100).toFixed(6));
        expect(simpleIrr(flows, 1, 6)).toMatchObject({
          kind: 'several',
          all: all.map((text) => text.replace('-0.000000', '0.000000')),
        });
      }),
    );
  });

  it('where two rates fall into one unit, it is one rate', () => {
    // (i − 0.1)(i − 0.1000001), in growth.
    const [a, b] = [11_000_000n, 11_000_001n];
    const flows = [
      { cash: 10n ** 14n, whole: 0 },
      { cash: -(10n ** 7n) * (a + b), whole: 1 },
      { cash: a * b, whole: 2 },
    ];
    expect(simpleIrr(flows, 1, 4)).toEqual({ kind: 'found', rate: '0.1000' });
  });
});
