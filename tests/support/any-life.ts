import fc from 'fast-check';
import { ROUNDINGS } from '../../domain/kernel';
import {
  ALLOCATED_PORTIONS,
  type AllocationRules,
  DUE_STATES,
  type LoanDayCount,
  type LoanTerms,
  type Period,
} from '../../domain/schedule/loan-terms';
import type { InterestHandling, LoanAgreement, LoanFact } from '../../domain/schedule/replay';
import { START, termsWith } from './progressive-loans';

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const orders: fc.Arbitrary<AllocationRules> = fc.oneof(
  fc.record({
    kind: fc.constant('by-order' as const),
    processing: oneOf('horizontal' as const, 'vertical' as const),
    orders: fc
      .record({
        order: fc
          .shuffledSubarray([...ALLOCATED_PORTIONS], { minLength: ALLOCATED_PORTIONS.length })
          .map((portions) => DUE_STATES.flatMap((state) => portions.map((portion) => ({ state, portion })))),
        inAdvance: oneOf('next-installment' as const, 'last-installment' as const, 'reamortize' as const),
      })
      .map((order) => [order]),
  }),
  oneOf<AllocationRules>(
    { kind: 'named', strategy: 'penalties-fees-interest-principal' },
    { kind: 'named', strategy: 'principal-interest-penalties-fees' },
    { kind: 'named', strategy: 'due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest' },
  ),
);

const shapes = oneOf<LoanTerms['amortization']>(
  { kind: 'equal-installments' },
  { kind: 'equal-installments' },
  { kind: 'equal-installments' },
  { kind: 'equal-principal' },
  { kind: 'interest-only' },
  { kind: 'bullet' },
  { kind: 'balloon', share: '0.05' },
  { kind: 'balloon-amount', amount: '10.00' },
  { kind: 'fixed-installment', amount: '120.00' },
);

const recalculations: fc.Arbitrary<LoanTerms['recalculation']> = fc.option(
  fc.record({
    onAdvancePayment: oneOf(
      'shrink-the-end' as const,
      'lower-the-installment' as const,
      'fewer-installments' as const,
      'next-installments' as const,
    ),
    payoffUntil: oneOf('payoff-date' as const, 'rest-date' as const),
    rest: fc.record({ frequency: oneOf('daily' as const, 'per-installment' as const), every: fc.constant(1) }),
    compounding: fc.constant('none' as const),
    overduePrincipalBearsInterest: fc.boolean(),
  }),
  { nil: undefined, freq: 3 },
);

/** Terms of every kind. */
export const anyTerms: fc.Arbitrary<LoanTerms> = fc
  .record({
    perYear: oneOf('0', '0.043', '0.12', '0.2399', '0.36'),
    mode: oneOf(...ROUNDINGS),
    smoothing: fc.boolean(),
    dayCount: oneOf<LoanDayCount>('act/365f', 'act/act-isda', 'nominal-30/360', '30/360-bond'),
    method: oneOf<LoanTerms['interest']['method']>(
      'declining-balance',
      'declining-balance',
      'declining-balance',
      'flat',
    ),
    calculation: oneOf<LoanTerms['interest']['calculation']>('daily', 'daily', 'per-period'),
    partialPeriods: fc.boolean(),
    amortization: shapes,
    period: oneOf<Period>({ every: 1, unit: 'months' }, { every: 2, unit: 'weeks' }, { every: 10, unit: 'days' }),
    grace: fc.record({
      principal: oneOf(0, 0, 0, 1, 2),
      interest: oneOf(0, 0, 0, 1),
      interestFree: oneOf(0, 0, 0, 1),
    }),
    fullTerm: oneOf(false, false, false, true),
    downPayment: oneOf<LoanTerms['downPayment']>(undefined, undefined, { share: '0.25', automatic: false }),
    recalculation: recalculations,
    allocation: orders,
    chargebackOrder: fc.option(fc.shuffledSubarray([...ALLOCATED_PORTIONS], { minLength: ALLOCATED_PORTIONS.length }), {
      nil: undefined,
    }),
    charges: oneOf<LoanTerms['charges']>(
      [],
      [],
      [
        {
          name: 'service',
          kind: 'fee',
          time: 'per-installment',
          calculation: { kind: 'share', of: 'principal-and-interest', share: '0.01' },
        },
        { name: 'origination', kind: 'fee', time: 'first-installment', calculation: { kind: 'flat', amount: '3.00' } },
      ],
      [
        { name: 'payout', kind: 'fee', time: 'disbursement', calculation: { kind: 'flat', amount: '1.00' } },
        {
          name: 'tranche',
          kind: 'fee',
          time: 'tranche',
          calculation: { kind: 'share', of: 'principal', share: '0.01' },
        },
      ],
    ),
    penalty: oneOf({ ratePerYear: '0', graceDays: 0 }, { ratePerYear: '0.18', graceDays: 3 }),
    chargeOff: oneOf('regular' as const, 'zero-interest' as const, 'accelerate-maturity' as const),
  })
  .map(({ perYear, mode, smoothing, dayCount, method, calculation, partialPeriods, period, fullTerm, ...rest }) => {
    const { downPayment, recalculation, chargebackOrder, amortization, ...others } = rest;
    const { recalculation: _, ...plain } = termsWith();
    return {
      ...plain,
      ...others,
      rate: { kind: 'fixed', perYear },
      rounding: { mode, smoothing },
      amortization: method === 'flat' ? { kind: 'equal-installments' } : amortization,
      interest: { ...plain.interest, dayCount, method, calculation, partialPeriods },
      dueDates: { ...plain.dueDates, period },
      tranches: { several: true, fullTerm },
      ...(downPayment !== undefined && { downPayment }),
      ...(recalculation !== undefined && { recalculation }),
      ...(chargebackOrder !== undefined && { chargebackOrder }),
    } satisfies LoanTerms;
  });

interface Happening {
  readonly kind: LoanFact['kind'];
  readonly day: number;
  readonly amount: bigint;
  readonly choice: number;
}

const KINDS: readonly LoanFact['kind'][] = [
  ...Array.from({ length: 12 }, () => 'credit' as const),
  'disbursement',
  'capitalized-income',
  'payoff',
  'credit-balance-refund',
  'charge',
  'charge',
  'charge-waiver',
  'charge-adjustment',
  'chargeback',
  'rate-change',
  'due-date-move',
  'extra-installments',
  'grace',
  're-age',
  're-amortize',
  'interest-pause',
  'charge-off',
  'write-off',
  'termination',
  'settlement',
  'undo',
];

const CREDITS = [
  'repayment',
  'repayment',
  'repayment',
  'down-payment',
  'merchant-refund',
  'payout-refund',
  'goodwill-credit',
  'interest-payment-waiver',
  'recovery',
] as const;

const HANDLINGS: readonly InterestHandling[] = ['default', 'equal-of-payable', 'equal-of-full', 'waive', 'split'];

/** One fact of a life; those that name another name the nearest of its kind before it. */
const factOf = ({ kind, day, amount, choice }: Happening, index: number, before: readonly LoanFact[]): LoanFact => {
  const on = START + day;
  const dated = { id: `f${String(index).padStart(2, '0')}`, on, knownOn: START + 500 };
  const earlier = (wanted: LoanFact['kind']): string => before.findLast((fact) => fact.kind === wanted)?.id ?? 'none';
  const small = amount / 10n;
  const decimal = `${small / 100n}.${(small % 100n).toString().padStart(2, '0')}`;
  switch (kind) {
    case 'disbursement':
    case 'capitalized-income':
    case 'credit-balance-refund':
    case 'settlement':
      return { ...dated, kind, amount };
    case 'credit': {
      const credit = CREDITS[choice % CREDITS.length] ?? 'repayment';
      const refundsInterest = credit === 'merchant-refund' && amount % 2n === 0n;
      return { ...dated, kind, credit, amount, ...(refundsInterest && { refundsInterest }) };
    }
    case 'payoff':
    case 'charge-off':
    case 'write-off':
    case 'termination':
      return { ...dated, kind };
    case 'charge': {
      const charge = choice % 2 === 0 ? 'fee' : 'penalty';
      const calculation = { kind: 'flat', amount: decimal } as const;
      return { ...dated, kind, charge, calculation, ...(choice % 3 > 0 && { dueOn: on + (choice % 40) }) };
    }
    case 'charge-waiver':
      return { ...dated, kind, of: earlier('charge') };
    case 'charge-adjustment':
      return { ...dated, kind, of: earlier('charge'), amount: small };
    case 'chargeback':
      return { ...dated, kind, of: earlier('credit'), amount };
    case 'rate-change':
      return { ...dated, kind, perYear: `0.${String(choice % 40).padStart(2, '0')}` };
    case 'due-date-move':
      return { ...dated, kind, from: on, to: on + 20 + (choice % 20) };
    case 'extra-installments':
      return { ...dated, kind, from: on + 1, count: 1 + (choice % 3) };
    case 'grace':
      return { ...dated, kind, from: on + 1, principal: choice % 3, interest: choice % 2 };
    case 're-age': {
      const interest = HANDLINGS[choice % 3] ?? 'default';
      const period: Period = { every: 1, unit: 'months' };
      return { ...dated, kind, period, startsOn: on + (choice % 30), installments: 1 + (choice % 5), interest };
    }
    case 're-amortize':
      return { ...dated, kind, interest: choice % 2 === 0 ? 'default' : 'split' };
    case 'interest-pause':
      return { ...dated, kind, through: on + (choice % 40) };
    case 'undo':
      return { ...dated, kind, of: earlier('credit') };
  }
};

export interface AnyLife {
  readonly terms: LoanTerms;
  readonly agreement: LoanAgreement;
  readonly facts: readonly LoanFact[];
}

/** Any terms, and a life with facts of every kind, back-dated ones among them. */
export const anyLife: fc.Arbitrary<AnyLife> = fc
  .record({
    terms: anyTerms,
    principal: fc.oneof(fc.bigInt({ min: 100n, max: 5_000n }), fc.bigInt({ min: 50_000n, max: 200_000n })),
    installments: fc.integer({ min: 1, max: 8 }),
    happenings: fc.array(
      fc.record({
        kind: oneOf(...KINDS),
        day: fc.integer({ min: 0, max: 260 }),
        share: fc.integer({ min: 1, max: 1_300 }),
        choice: fc.nat({ max: 1_000 }),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ terms: own, principal, installments, happenings }) => {
    const facts: LoanFact[] = [{ kind: 'disbursement', id: 'a', on: START, knownOn: START, amount: principal }];
    for (const [index, { kind, day, share, choice }] of happenings.entries()) {
      const amount = (principal * BigInt(share)) / 1_000n + 1n;
      facts.push(factOf({ kind, day, amount, choice }, index, facts));
    }
    return { terms: own, agreement: { principal, installments, submittedOn: START }, facts };
  });
