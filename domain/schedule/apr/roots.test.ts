import { type CashFlow, timelineOf } from './cash-flows';
import type { Equation } from './equation';
import { rootsOf } from './roots';

const flow = (cash: bigint, whole: number, numerator = 0): CashFlow => ({
  cash,
  whole,
  part: { numerator, denominator: 30 },
});

const lent = (amount: bigint, ...payments: readonly bigint[]): readonly CashFlow[] => [
  flow(amount, 0),
  ...payments.map((payment, index) => flow(-payment, index + 1)),
];

const MONTHLY: Equation = { kind: 'actuarial', perYear: { numerator: 12, denominator: 1 } };
const YEARLY: Equation = { kind: 'effective', perYear: { numerator: 1, denominator: 1 } };

/** The rates per period that are found, and how often both sides were worked out to find them. */
const soughtIn = (equation: Equation, flows: readonly CashFlow[]) => {
  const timeline = timelineOf(flows);
  let looks = 0;
  const counting = {
    ...timeline,
    get cash() {
      looks += 1;
      return timeline.cash;
    },
  };
  const rates = rootsOf(equation, counting).map(({ growth }) => Math.expm1(growth).toFixed(6));
  return { rates, looks };
};

/** Rates that were planted, or that decimals of forty digits come to by halving. */
const ONE_RATE: readonly (readonly [string, Equation, readonly CashFlow[], number, readonly string[]])[] = [
  ['36 level installments', MONTHLY, lent(1_000_000n, ...Array<bigint>(36).fill(40_000n)), 5, ['0.021211']],
  ['360 level installments', MONTHLY, lent(100n, ...Array<bigint>(360).fill(1n)), 6, ['0.009689']],
  ['360 installments of nine tenths', MONTHLY, lent(100n, ...Array<bigint>(360).fill(90n)), 9, ['0.900000']],
  ['one payment after half a year', MONTHLY, lent(1_000n, 0n, 0n, 0n, 0n, 0n, 1_200n), 3, ['0.030853']],
  ['what is paid back as it was lent', YEARLY, lent(900n, 400n, 500n), 2, ['0.000000']],
  ['two advances and odd days', MONTHLY, [flow(500n, 2, 10), ...lent(1_000n), flow(-1_700n, 4, 19)], 4, ['0.032806']],
  ['a deposit', YEARLY, [flow(-1_000n, 0), flow(300n, 1), flow(800n, 2)], 4, ['0.056918']],
  ['two per cent paid back', YEARLY, lent(100n, 2n), 6, ['-0.980000']],
  ['nine thousand times as much', YEARLY, lent(1n, 9_000n), 55, ['8999.000000']],
  ['a million times as much', YEARLY, lent(1n, 1_000_000n), 55, []],
  ['next to nothing paid back', YEARLY, lent(1_000_000n, 1n), 53, []],
];

const SEVERAL_RATES: typeof ONE_RATE = [
  ['ten and twenty per cent', YEARLY, [...lent(100n, 230n), flow(132n, 2)], 134, ['0.100000', '0.200000']],
  ['ten and a hundred per cent', YEARLY, [...lent(100n, 310n), flow(220n, 2)], 126, ['0.100000', '1.000000']],
  [
    'ten and forty per cent, the borrower paying first',
    MONTHLY,
    [flow(-1_000n, 0), flow(2_500n, 1), flow(-1_540n, 2)],
    120,
    ['0.100000', '0.400000'],
  ],
  [
    'ten, thirty and fifty per cent',
    YEARLY,
    [flow(1_000_000n, 0), flow(-3_900_000n, 1), flow(5_030_000n, 2), flow(-2_145_000n, 3)],
    264,
    ['0.100000', '0.300000', '0.500000'],
  ],
  ['no rate, nearly one', YEARLY, [...lent(100n, 230n), flow(140n, 2)], 20, []],
  ['no rate by far', YEARLY, [...lent(100n, 20n), flow(140n, 2)], 5, []],
  ['one rate', MONTHLY, [...lent(1_000n, 400n, 0n, 900n), flow(200n, 2)], 62, ['0.039914']],
];

describe('the search for rates is short', () => {
  it.each([...ONE_RATE, ...SEVERAL_RATES])('%s', (_, equation, flows, most, rates) => {
    const found = soughtIn(equation, flows);
    expect(found.rates).toEqual(rates);
    expect(found.looks).toBeLessThanOrEqual(most);
  });
});
