import { type CashFlow, timelineOf } from './cash-flows';
import { annualRateAt, type Equation, growthAt, worthAt } from './equation';
import { rootsOf } from './roots';

const PER_YEAR = { numerator: 12, denominator: 1 };
const ACTUARIAL: Equation = { kind: 'actuarial', perYear: PER_YEAR };
const EFFECTIVE: Equation = { kind: 'effective', perYear: PER_YEAR };

const flow = (cash: bigint, whole: number, numerator = 0): CashFlow => ({
  cash,
  whole,
  part: { numerator, denominator: 30 },
});

/** Two advances, a fee up front, payments with odd days and a pause: everything that a timeline can hold. */
const FLOWS = [flow(1_000n, 0), flow(500n, 2, 10), flow(-400n, 3, 19), flow(-700n, 4, 19), flow(-600n, 7, 19)];
const TIMELINE = timelineOf(FLOWS);

describe('a timeline', () => {
  it('lays flows out in order of time, nets what falls on the same moment and leaves out what is nothing', () => {
    const shuffled = [flow(-700n, 4, 19), flow(0n, 5), flow(500n, 2, 10), ...FLOWS.slice(2, 3), flow(1_100n, 0)];
    const timeline = timelineOf([...shuffled, flow(-600n, 7, 19), flow(-100n, 0)]);
    expect(timeline).toEqual(TIMELINE);
    expect([...timeline.cash]).toEqual([1_000, 500, -400, -700, -600]);
    expect([...timeline.whole]).toEqual([0, 2, 3, 4, 7]);
    expect([...timeline.wholeGap]).toEqual([0, 2, 1, 1, 3]);
    expect([...timeline.gap]).toEqual([0, 70 / 30, 39 / 30, 1, 3]);
    expect([...timeline.part]).toEqual([0, 10 / 30, 19 / 30, 19 / 30, 19 / 30]);
    expect(timeline).toMatchObject({ hasParts: true, turns: 1 });
  });

  it('begins with its first flow, and counts how often the money turns', () => {
    const timeline = timelineOf([flow(5n, 3, 6), flow(-5n, 4, 6), flow(5n, 5), flow(5n, 6), flow(-9n, 8)]);
    expect([...timeline.whole]).toEqual([0, 1, 2, 3, 5]);
    expect([...timeline.gap].map((gap) => gap.toFixed(9))).toEqual(
      ['0.2', '1', '0.8', '1', '2'].map((gap) => Number(gap).toFixed(9)),
    );
    expect(timeline.turns).toBe(3);
    expect(timelineOf([flow(5n, 3), flow(-5n, 4)]).hasParts).toBe(false);
  });

  it('takes thirty days of thirty for the whole month that they are', () => {
    expect(timelineOf([flow(5n, 0), flow(-6n, 1), flow(-5n, 0, 30)]).flows).toHaveLength(2);
  });

  it('knows no time before zero', () => {
    expect(() => timelineOf([flow(5n, -1)])).toThrow('a time after zero');
    expect(() => timelineOf([flow(5n, 0.5)])).toThrow('a time after zero');
  });
});

describe('the equations', () => {
  it.each([ACTUARIAL, EFFECTIVE])('$kind: a rate, its growth and the rate again', (equation) => {
    for (const rate of [-0.5, 0, 0.12, 3, 9_999]) {
      expect(annualRateAt(equation, growthAt(equation, rate))).toBeCloseTo(rate, 9);
    }
  });

  it('are of different rates: twelve times one per cent, and one per cent twelve times over', () => {
    expect(annualRateAt(ACTUARIAL, Math.log(1.01))).toBeCloseTo(0.12, 12);
    expect(annualRateAt(EFFECTIVE, Math.log(1.01))).toBeCloseTo(1.01 ** 12 - 1, 12);
  });

  const discounts = {
    actuarial: (rate: number, { whole, part }: CashFlow) =>
      1 / ((1 + (part.numerator / 30) * rate) * (1 + rate) ** whole),
    effective: (rate: number, { whole, part }: CashFlow) => (1 + rate) ** -(whole + part.numerator / 30),
  };

  it.each([
    ['actuarial', ACTUARIAL, 0.02],
    ['actuarial', ACTUARIAL, -0.03],
    ['effective', EFFECTIVE, 0.02],
    ['effective', EFFECTIVE, -0.03],
  ] as const)('%s: both sides and their slopes are those of the formula', (kind, equation, rate) => {
    const side = (at: number, sign: 1 | -1): number =>
      FLOWS.filter(({ cash }) => cash > 0n === sign > 0).reduce(
        (sum, one) => sum + Math.abs(Number(one.cash)) * discounts[kind](at, one),
        0,
      );
    const slope = (sign: 1 | -1): number => (side(rate - 1e-6, sign) - side(rate + 1e-6, sign)) / 2e-6;
    const worth = worthAt(equation, TIMELINE, Math.log1p(rate));
    expect(worth.lent).toBeCloseTo(side(rate, 1), 8);
    expect(worth.paid).toBeCloseTo(side(rate, -1), 8);
    expect(worth.lentSlope).toBeCloseTo(slope(1), 3);
    expect(worth.paidSlope).toBeCloseTo(slope(-1), 3);
  });
});

describe('the roots in floating point', () => {
  const residue = (equation: Equation, flows: readonly CashFlow[], growth: number): number => {
    const { lent, paid } = worthAt(equation, timelineOf(flows), growth);
    return Math.abs(lent - paid) / (lent + paid);
  };

  it.each([ACTUARIAL, EFFECTIVE])('$kind: one, to the last bits, rising with the rate', (equation) => {
    const [root, ...others] = rootsOf(equation, TIMELINE);
    expect(others).toEqual([]);
    expect(root?.rising).toBe(true);
    expect(residue(equation, FLOWS, root?.growth ?? 0)).toBeLessThan(1e-14);
  });

  it('of a deposit, which the borrower pays first, falls with the rate', () => {
    const deposit = [flow(-1_000n, 0), flow(300n, 1), flow(800n, 2)];
    const [root] = rootsOf(EFFECTIVE, timelineOf(deposit));
    expect(root?.rising).toBe(false);
    expect(residue(EFFECTIVE, deposit, root?.growth ?? 0)).toBeLessThan(1e-14);
  });

  it('of money that turns twice are two: the first rises, the second falls', () => {
    const flows = [flow(-1_000n, 0), flow(2_500n, 1), flow(-1_540n, 2)];
    const roots = rootsOf(ACTUARIAL, timelineOf(flows));
    expect(roots.map(({ growth }) => Math.expm1(growth).toFixed(12))).toEqual(['0.100000000000', '0.400000000000']);
    expect(roots.map(({ rising }) => rising)).toEqual([true, false]);
  });

  it('at no rate at all is exactly none', () => {
    expect(rootsOf(EFFECTIVE, timelineOf([flow(900n, 0), flow(-400n, 1), flow(-500n, 2)]))).toEqual([
      { growth: 0, rising: true },
    ]);
  });
});
