import fc from 'fast-check';
import {
  addDays,
  type BusinessDate,
  businessDate,
  fold,
  formatMoney,
  moneyOf,
  parseMoney,
  ROUNDINGS,
  repaymentId,
  unreachable,
} from '../../domain/kernel';
import { type LoanEvent, type LoanState, loanDecider, payoffOn } from '../../domain/loan';
import { type LoanAccount, type LoanTerms, originationFee, plainTerms } from '../../domain/schedule';
import { answer, disbursedLoan, type Given, LOAN, quoteFor } from './example-loan';

/** What happens to a loan so many days after the step before. */
export type Step =
  | { readonly kind: 'age'; readonly days: number }
  /** A repayment of so many thousandths of what is owed in all. */
  | { readonly kind: 'repay'; readonly days: number; readonly share: number; readonly late: number }
  | { readonly kind: 'payoff'; readonly days: number }
  | { readonly kind: 'write-off'; readonly days: number }
  | { readonly kind: 'charge-off'; readonly days: number }
  /** The last repayment is taken back. */
  | { readonly kind: 'reversal'; readonly days: number };

export interface LifePlan {
  readonly terms: LoanTerms;
  readonly principal: bigint;
  readonly months: number;
  readonly disbursedOn: BusinessDate;
  readonly steps: readonly Step[];
}

const days = fc.integer({ min: 0, max: 50 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('age'), days }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('repay'),
      days,
      share: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 900, max: 1100 })),
      /** The value date lies so many days back, where that is possible. */
      late: fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }) },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('payoff'), days }) },
);
const writeOff: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('write-off'), days });

/** Steps of lives that go badly. */
export const badStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: step },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('charge-off'), days }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reversal'), days }) },
  { weight: 1, arbitrary: writeOff },
);

/** Random lives: any terms, and years of aging, repayments early, late, partial, backdated and in full. */
export const lifePlan: fc.Arbitrary<LifePlan> = fc.record({
  terms: fc
    .record({
      ratePerYear: fc.constantFrom('0', '0.043', '0.12', '0.2399'),
      originationRate: fc.constantFrom('0', '0.013', '0.02'),
      feeTime: fc.constantFrom('first-installment', 'first-installment', 'disbursement', 'tranche', 'early-settlement'),
      penaltyRate: fc.constantFrom('0', '0.05', '0.18', '0.24'),
      graceDays: fc.integer({ min: 0, max: 30 }),
      rounding: fc.constantFrom(...ROUNDINGS),
      overduePrincipalBearsInterest: fc.boolean(),
    })
    .map(
      ({ ratePerYear, originationRate, feeTime, penaltyRate, graceDays, rounding, overduePrincipalBearsInterest }) => {
        const { recalculation, ...plain } = plainTerms('CNY', ratePerYear);
        const terms: LoanTerms = {
          ...plain,
          rounding: { ...plain.rounding, mode: rounding },
          charges: [{ ...originationFee(originationRate), time: feeTime }],
          penalty: { ratePerYear: penaltyRate, graceDays },
          ...(recalculation && { recalculation: { ...recalculation, overduePrincipalBearsInterest } }),
        };
        return terms;
      },
    ),
  principal: fc.oneof(fc.bigInt({ min: 100n, max: 5_000n }), fc.bigInt({ min: 100_000n, max: 20_000_000n })),
  months: fc.integer({ min: 1, max: 15 }),
  disbursedOn: fc.constantFrom('2026-01-31', '2026-02-28', '2027-10-15', '2028-02-29').map(businessDate),
  steps: fc
    .tuple(
      fc.array(step, { maxLength: 14 }),
      fc.option(writeOff, { freq: 5, nil: undefined }),
      fc.array(step, { maxLength: 3 }),
    )
    .map(([before, end, after]) => (end ? [...before, end, ...after] : before)),
});

/** Random terms obey no law. */
const NO_CAP = '9999';

const openLife = ({ terms, principal, months, disbursedOn }: LifePlan): readonly LoanEvent[] =>
  disbursedLoan(quoteFor(terms, principal, months, disbursedOn), disbursedOn, NO_CAP);

/** One command of a life and what it led to. */
export interface Moment {
  readonly on: BusinessDate;
  readonly before: LoanState;
  readonly events: readonly LoanEvent[];
  readonly after: LoanState;
}

export interface Life {
  readonly events: readonly LoanEvent[];
  readonly state: LoanState;
  readonly moments: readonly Moment[];
}

interface Variation {
  /** Age the loan on every one of these days between the steps, as a daily batch would. */
  readonly agedEvery?: number;
}

/** Plays a life. The repayments are those of the plan whatever the variation, so that variations can be compared. */
export const playLife = (plan: LifePlan, { agedEvery }: Variation = {}): Life => {
  let events: readonly LoanEvent[] = openLife(plan);
  let state = fold(loanDecider, events);
  let on = plan.disbursedOn;
  const moments: Moment[] = [{ on, before: loanDecider.initial, events, after: state }];
  const give = (command: Given): void => {
    const outcome = answer(state, on, command);
    const after = outcome.reduce(loanDecider.evolve, state);
    moments.push({ on, before: state, events: outcome, after });
    events = [...events, ...outcome];
    state = after;
  };
  plan.steps.forEach((each, index) => {
    const until = addDays(on, each.days);
    while (agedEvery !== undefined && addDays(on, agedEvery) < until) {
      on = addDays(on, agedEvery);
      give({ type: 'AgeLoan', data: { loanId: LOAN, asOf: on } });
    }
    on = until;
    const command = commandOf(plan, each, on, state, index);
    if (command) give(command);
  });
  return { events, state, moments };
};

const standingRepayment = ({ transactions }: LoanAccount): string | undefined =>
  transactions.findLast(({ kind, undone }) => kind === 'repayment' && !undone)?.fact;

const chargeOffOf = (state: LoanState, on: BusinessDate): Given | undefined =>
  owes(state) && state.account.status !== 'charged-off'
    ? { type: 'ChargeOffLoan', data: { loanId: LOAN, valueDate: on } }
    : undefined;

const reversalOf = (state: LoanState, on: BusinessDate): Given | undefined => {
  const taken = state.status === 'lent' ? standingRepayment(state.account) : undefined;
  return taken === undefined ? undefined : { type: 'ReverseFact', data: { loanId: LOAN, valueDate: on, of: taken } };
};

const owes = (state: LoanState): state is Extract<LoanState, { status: 'lent' }> =>
  state.status === 'lent' && state.closedOn === undefined && state.account.status !== 'written-off';

/** The command of a step; none when there is nothing to write off, to charge off, or to take back. */
const commandOf = (
  { disbursedOn, terms }: LifePlan,
  each: Step,
  on: BusinessDate,
  state: LoanState,
  index: number,
): Given | undefined => {
  switch (each.kind) {
    case 'age':
      return { type: 'AgeLoan', data: { loanId: LOAN, asOf: on } };
    case 'write-off':
      return owes(state) ? { type: 'WriteOffLoan', data: { loanId: LOAN, reason: 'insolvency' } } : undefined;
    case 'charge-off':
      return chargeOffOf(state, on);
    case 'reversal':
      return reversalOf(state, on);
    case 'repay':
    case 'payoff': {
      const back = addDays(on, each.kind === 'repay' ? -each.late : 0);
      const valueDate = back > disbursedOn ? back : disbursedOn;
      const owed = parseMoney(payoffOn(state, valueDate)?.total ?? { amount: '1.00', currency: 'CNY' }).minor;
      const minor = each.kind === 'repay' ? (owed * BigInt(each.share)) / 1000n : owed;
      const amount = formatMoney(moneyOf(minor > 0n ? minor : 1n, terms.currency));
      return {
        type: 'ApplyRepayment',
        data: { loanId: LOAN, repaymentId: repaymentId(`step${index}`), amount, valueDate },
      };
    }
    default:
      return unreachable(each);
  }
};
