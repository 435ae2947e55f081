import Decimal from 'decimal.js';
import { actuarialRate, type CashFlow, compoundIrr, effectiveRate } from '../domain/schedule/apr';
import { type Benchmark, compare, contestant, digestOf, type Figure, type Trial } from './support';

interface AprSize {
  readonly loans: number;
  /** How often each loan is computed by the house; plain decimals are slow, and compute each once. */
  readonly repeats: number;
  readonly rounds: number;
}

const FULL: AprSize = { loans: 2_000, repeats: 20, rounds: 5 };
const TINY: AprSize = { loans: 4, repeats: 2, rounds: 1 };

const PAYMENTS = 36;
const TARGET = 20_000;
const DECIMALS = 6;

/** A loan paid back in 36 months at some rate, each payment a little different; 19 odd days before the first month. */
interface Loan {
  readonly received: bigint;
  readonly payments: readonly bigint[];
}

const loanOf = (index: number): Loan => {
  const received = 1_000_000n + BigInt((index * 977) % 500_000);
  const payment = (received * BigInt(1_050 + ((index * 131) % 700))) / BigInt(1_000 * PAYMENTS);
  return { received, payments: Array.from({ length: PAYMENTS }, (_, month) => payment + BigInt((month * 7) % 90)) };
};

const NO_PART = { numerator: 0, denominator: 30 };
const ODD_DAYS = { numerator: 19, denominator: 30 };
const PER_YEAR = { numerator: 12, denominator: 1 };

const flowsOf = ({ received, payments }: Loan): readonly CashFlow[] => [
  { cash: received, whole: 0, part: NO_PART },
  ...payments.map((payment, month) => ({ cash: -payment, whole: month + 1, part: ODD_DAYS })),
];

type Method = (loan: Loan) => string;

const actuarial: Method = (loan) => {
  const answer = actuarialRate(flowsOf(loan), PER_YEAR, DECIMALS);
  return answer.kind === 'none' ? answer.why : answer.rate;
};

const european: Method = ({ received, payments }) => {
  const paid = payments.map((payment, month) => ({ cash: -payment, years: { numerator: month + 1, denominator: 12 } }));
  const answer = effectiveRate([{ cash: received, years: { numerator: 0, denominator: 12 } }, ...paid], DECIMALS);
  return answer.kind === 'none' ? answer.why : answer.rate;
};

const allIn: Method = ({ received, payments }) => {
  const flows = payments.map((payment, month) => ({ cash: -payment, whole: month + 1 }));
  const answer = compoundIrr([{ cash: received, whole: 0 }, ...flows], 12, DECIMALS);
  return answer.kind === 'none' ? answer.why : answer.rate;
};

const Plain = Decimal.clone({ precision: 20 });
const ENOUGH = new Plain('1e-12');

/** The same all-in rate as it is written down in any textbook: Newton's method in decimals, twenty digits. */
const plainDecimals: Method = ({ received, payments }) => {
  let rate = new Plain('0.01');
  for (let step = 0; step < 50; step += 1) {
    const growth = rate.plus(1);
    let discount = new Plain(1);
    let [worth, slope] = [new Plain(received.toString()).neg(), new Plain(0)];
    for (const [month, payment] of payments.entries()) {
      discount = discount.div(growth);
      const now = discount.mul(payment.toString());
      worth = worth.plus(now);
      slope = slope.minus(now.mul(month + 1).div(growth));
    }
    const change = worth.div(slope);
    rate = rate.minus(change);
    if (change.abs().lt(ENOUGH)) break;
  }
  return rate.plus(1).pow(12).minus(1).toFixed(DECIMALS, Decimal.ROUND_HALF_UP);
};

interface Work {
  readonly loans: readonly Loan[];
  rates: readonly string[];
}

const computing = (method: Method, loans: number, repeats: number): Trial<Work> => ({
  prepare: () => ({ loans: Array.from({ length: loans }, (_, index) => loanOf(index)), rates: [] }),
  work: (subject) => {
    for (let repeat = 0; repeat < repeats; repeat += 1) subject.rates = subject.loans.map(method);
    return { operations: loans * repeats };
  },
  digest: ({ rates }) => digestOf(rates),
  dispose: () => undefined,
});

/** Annual rates of loans with 36 payments, beside plain decimal.js arithmetic: correct to six decimals all of them. */
const benchApr = ({ loans, repeats, rounds }: AprSize): Promise<readonly Figure[]> => {
  const unit = 'rates/s';
  const ceiling = 'plain decimal.js, Newton';
  const figures = [
    contestant({ name: ceiling, unit }, computing(plainDecimals, loans, 1)),
    contestant(
      { name: 'all-in rate (PBoC, compound)', unit, ceiling, target: TARGET },
      computing(allIn, loans, repeats),
    ),
    contestant(
      { name: 'APR (Regulation Z, odd days)', unit, ceiling, target: TARGET },
      computing(actuarial, loans, repeats),
    ),
    contestant({ name: 'APRC (European Union)', unit, ceiling, target: TARGET }, computing(european, loans, repeats)),
  ];
  return compare(figures, rounds);
};

export const apr: Benchmark = {
  name: 'apr',
  full: () => benchApr(FULL),
  tiny: () => benchApr(TINY),
};
