import Decimal from 'decimal.js';
import { businessDate } from '../domain/kernel';
import { plan as planByPeriods } from '../domain/schedule/cumulative';
import type { LoanTerms } from '../domain/schedule/loan-terms';
import { payoff, plan, replay } from '../domain/schedule/progressive';
import type { LoanFact } from '../domain/schedule/replay';
import { agreed, START, termsWith } from '../tests/support/progressive-loans';
import { restatingA } from './restating';
import { type Benchmark, compare, contestant, digestOf, type Figure, type Trial } from './support';

/** How much is done. */
interface Size {
  readonly long: number;
  /** Of each other shape. */
  readonly other: number;
  readonly short: number;
  readonly byHand: number;
  readonly quotes: number;
  readonly replays: number;
}

const FULL: Size = { long: 4_000, other: 2_000, short: 20_000, byHand: 400, quotes: 500, replays: 20 };
const TINY: Size = { long: 3, other: 2, short: 5, byHand: 2, quotes: 2, replays: 1 };

const PER_YEAR = '0.12';

/** Monthly equal installments at 12 % a year by the day, recalculated with what is really paid. */
const TERMS = termsWith({ tranches: { several: false, fullTerm: false } });

type Shape = Pick<LoanTerms, 'planning'> & Partial<LoanTerms>;

const counted = (dayCount: LoanTerms['interest']['dayCount'], planning: LoanTerms['planning']): Shape => ({
  planning,
  interest: { ...TERMS.interest, dayCount },
});

/** What loans are besides the plainest: another day count, another shape, planned the other way. */
const SHAPES: Readonly<Record<string, Shape>> = {
  '30/360': counted('30/360-bond', 'progressive'),
  'ACT/ACT': counted('act/act-isda', 'progressive'),
  'nominal 30/ACT': counted('nominal-30/act', 'progressive'),
  'equal principal': { planning: 'progressive', amortization: { kind: 'equal-principal' } },
  'interest only': { planning: 'progressive', amortization: { kind: 'interest-only' } },
  bullet: { planning: 'progressive', amortization: { kind: 'bullet' } },
  balloon: { planning: 'progressive', amortization: { kind: 'balloon-amount', amount: '100000.00' } },
  flat: { planning: 'progressive', interest: { ...TERMS.interest, method: 'flat' } },
  'grace on principal': { planning: 'progressive', grace: { principal: 6, interest: 0, interestFree: 0 } },
  'business days': {
    planning: 'progressive',
    dueDates: { ...TERMS.dueDates, calendar: { name: 'CN@2026.1', adjustment: 'following' } },
  },
  'floating rate': {
    planning: 'progressive',
    rate: {
      kind: 'floating',
      index: 'LPR',
      margin: '0.01',
      table: [
        { from: businessDate('2026-01-01'), perYear: '0.031' },
        { from: businessDate('2031-01-01'), perYear: '0.035' },
      ],
    },
  },
  'period by period': counted('act/365f', 'cumulative'),
  'period by period, ACT/ACT': counted('act/act-isda', 'cumulative'),
  'period by period, flat': { planning: 'cumulative', interest: { ...TERMS.interest, method: 'flat' } },
};

const shaped = ([name, shape]: readonly [string, Shape], count: number) => {
  const terms = { ...TERMS, ...shape };
  const make = shape.planning === 'cumulative' ? planByPeriods : plan;
  return contestant(
    { name: `360 installments, ${name}`, unit: 'schedules/s', ceiling: BY_HAND, target: 20_000 },
    repeated(count, (index) => {
      const amount = amountOf(index, 100_000_000n);
      return make(terms, agreed(amount, 360), [{ on: START, amount }]);
    }),
  );
};

const BY_HAND = '360 installments in plain decimal.js';

/** Another amount each time: nothing can be remembered from one to the next. */
const amountOf = (index: number, base: bigint): bigint => base + BigInt(index) * 1_117n;

const planOf = (principal: bigint, installments: number) =>
  plan(TERMS, agreed(principal, installments), [{ on: START, amount: principal }]);

/** So often that what is measured is compiled: a plan of many steps takes thousands of turns. */
const WARM_UP = 2_000;

/** Runs something so many times; the digest is of its last answer. */
const repeated = (count: number, once: (index: number) => unknown): Trial<{ last: unknown }> => ({
  prepare: () => {
    for (let index = 0; index < Math.min(count, WARM_UP); index += 1) once(index);
    return { last: undefined };
  },
  work: (subject) => {
    for (let index = 0; index < count; index += 1) subject.last = once(index);
    return { operations: count };
  },
  digest: ({ last }) =>
    digestOf([JSON.stringify(last, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))]),
  dispose: () => undefined,
});

/** The same schedule in plain decimal arithmetic, without smoothing: what the engine is held beside. */
const byHand = (principal: bigint, lengths: readonly number[]): readonly Decimal[] => {
  const rates = lengths.map((days) => new Decimal(PER_YEAR).times(days).div(365));
  let growth = new Decimal(1);
  let divisor = new Decimal(0);
  for (const rate of rates) {
    growth = growth.times(rate.plus(1));
    divisor = divisor.times(rate.plus(1)).plus(1);
  }
  let balance = new Decimal(principal.toString());
  const emi = growth.times(balance).div(divisor).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN);
  return rates.map((rate) => {
    balance = balance.plus(balance.times(rate).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN)).minus(emi);
    return balance;
  });
};

/** A loan of ten years and its first hundred installments, every fourth nine days late and every fourth six early. */
const hundredPayments = (): readonly LoanFact[] => {
  const principal = 100_000_000n;
  const payments = planOf(principal, 120)
    .slice(0, 100)
    .map((row, index) =>
      payment(row.due + lateness(index), row.principal + row.interest, `p${String(index).padStart(5, '0')}`),
    );
  return [payout(principal), ...payments];
};

const lateness = (index: number): number => {
  if (index % 8 === 3) return 9;
  return index % 8 === 7 ? -6 : 0;
};

/** A loan of three years that is paid in five thousand small payments, several a day. */
const fiveThousandPayments = (count: number): readonly LoanFact[] => [
  payout(100_000_000n),
  ...Array.from({ length: count }, (_, index) =>
    payment(START + Math.floor((index * 1_000) / count), 23_000n, `p${String(index).padStart(5, '0')}`),
  ),
];

const payout = (amount: bigint): LoanFact => ({ kind: 'disbursement', id: 'a', on: START, knownOn: START, amount });

const payment = (on: number, amount: bigint, id: string): LoanFact => ({
  kind: 'credit',
  credit: 'repayment',
  id,
  on,
  knownOn: on,
  amount,
});

const measured = async (size: Size, transactions: number): Promise<readonly Figure[]> => {
  const lengths = planOf(100_000_000n, 360).map(({ from, due }) => due - from);
  const hundred = hundredPayments();
  const quoteOn = (hundred.at(-1)?.on ?? START) + 5;
  const many = fiveThousandPayments(transactions);
  return compare([
    contestant(
      { name: 'schedules of 360 installments', unit: 'schedules/s', ceiling: BY_HAND, target: 20_000 },
      repeated(size.long, (index) => planOf(amountOf(index, 100_000_000n), 360)),
    ),
    contestant(
      { name: BY_HAND, unit: 'schedules/s' },
      repeated(size.byHand, (index) => byHand(amountOf(index, 100_000_000n), lengths).at(-1)),
    ),
    ...Object.entries(SHAPES).map((shape) => shaped(shape, size.other)),
    contestant(
      { name: 'schedules of 36 installments', unit: 'schedules/s', target: 100_000 },
      repeated(size.short, (index) => planOf(amountOf(index, 1_000_000n), 36)),
    ),
    contestant(
      { name: 'payoff quotes of a loan with 100 payments', unit: 'quotes/s', target: 1_000 },
      repeated(size.quotes, () => payoff(TERMS, agreed(100_000_000n, 120), hundred, quoteOn)),
    ),
    contestant(
      { name: `replays of a loan with ${transactions} payments`, unit: 'replays/s', target: 20 },
      repeated(size.replays, () => replay(TERMS, agreed(100_000_000n, 36), many, START + 1_001).outstanding),
    ),
    contestant(
      {
        name: `a payment ten days after the payout, before ${transactions} others`,
        unit: 'restatements/s',
        target: 20,
      },
      repeated(size.replays, restatingA(transactions)),
    ),
  ]);
};

export const schedules: Benchmark = {
  name: 'schedules',
  full: () => measured(FULL, 5_000),
  tiny: () => measured(TINY, 50),
};
