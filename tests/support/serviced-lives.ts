import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { dateOf } from '../../domain/calendar';
import {
  addDays,
  type BusinessDate,
  businessDate,
  formatMinor,
  isRefusal,
  type MoneyText,
  moneyOf,
  type Refusal,
  repaymentId,
  tranchePayoutId,
} from '../../domain/kernel';
import { type LoanEvent, type LoanState, loanDecider, payoffOn } from '../../domain/loan';
import { flawOfTerms, type LoanTerms, quoteOf } from '../../domain/schedule';
import { anyTerms } from './any-life';
import { issuedOn } from './decider-specification';
import { agreementOver, type Given, LOAN, PAYOUT } from './example-loan';

/** Lives in which everything is done to a loan that its staff and its borrower can do, through its commands. */

const DEEDS = [
  'age',
  'repay',
  'repay',
  'repay',
  'repay',
  'pay-off',
  'tranche',
  'credit',
  'refund',
  'charge',
  'charge',
  'waive',
  'adjust',
  'charge-back',
  'rate',
  'move',
  'extend',
  'grace',
  're-age',
  're-amortize',
  'pause',
  'charge-off',
  'terminate',
  'settle',
  'write-off',
  'reverse',
] as const;

interface Deed {
  readonly kind: (typeof DEEDS)[number];
  /** After the one before, and how many days back it counts. */
  readonly days: number;
  readonly back: number;
  /** Thousandths of what it is about. */
  readonly share: number;
  readonly choice: number;
}

export interface ServicedPlan {
  readonly terms: LoanTerms;
  readonly principal: bigint;
  readonly installments: number;
  readonly deeds: readonly Deed[];
}

const LENT_ON = businessDate('2026-01-15');
const NO_CAP = '9999.999999';

const sealed = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Planned one way or the other, as a product can have it. */
const withPlanning = (terms: LoanTerms, planning: LoanTerms['planning']): LoanTerms => {
  if (planning === 'progressive') return { ...terms, planning };
  const { chargebackOrder: _, allocation, ...rest } = terms;
  return {
    ...rest,
    planning,
    rounding: { ...terms.rounding, smoothing: false },
    tranches: { ...terms.tranches, fullTerm: false },
    allocation:
      allocation.kind === 'named'
        ? allocation
        : { ...allocation, orders: allocation.orders.map((order) => ({ ...order, inAdvance: 'next-installment' })) },
  };
};

export const servicedPlans = (planning: LoanTerms['planning'], deedsMost = 10): fc.Arbitrary<ServicedPlan> =>
  fc
    .record({
      terms: anyTerms.map((terms) => withPlanning(terms, planning)),
      principal: fc.oneof(fc.bigInt({ min: 1_100n, max: 9_000n }), fc.bigInt({ min: 50_000n, max: 200_000n })),
      installments: fc.integer({ min: 1, max: 8 }),
      deeds: fc.array(
        fc.record({
          kind: fc.constantFrom(...DEEDS),
          days: fc.integer({ min: 0, max: 50 }),
          back: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })),
          share: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 900, max: 1_100 })),
          choice: fc.nat({ max: 1_000 }),
        }),
        { maxLength: deedsMost },
      ),
    })
    .filter(({ terms, principal, installments }) => {
      const amount = { least: principal, most: principal };
      return flawOfTerms(terms, { amount, installments: { least: installments, most: installments } }) === undefined;
    });

type LentLoan = Extract<LoanState, { status: 'lent' }>;

/** A command that the loan obeyed, by the name of its fact. */
interface Obeyed {
  readonly id: string;
  readonly command: Given;
}

export interface ServicedLife {
  readonly loan: LentLoan;
  readonly events: readonly LoanEvent[];
  readonly today: BusinessDate;
  readonly obeyed: readonly Obeyed[];
  readonly refused: readonly { readonly deed: string; readonly refusal: Refusal }[];
}

const decided = (state: LoanState, on: BusinessDate, { id, command }: Obeyed): readonly LoanEvent[] | Refusal =>
  loanDecider.decide({ ...issuedOn(on), ...command, id }, state);

const lentAfter = (state: LoanState, events: readonly LoanEvent[]): LentLoan => {
  const after = events.reduce(loanDecider.evolve, state);
  if (after.status !== 'lent') throw new Error(`the loan is ${after.status}`);
  return after;
};

/** The loan just after its first payout: of a half, where there may be more. */
const lentLoan = ({ terms, principal, installments }: ServicedPlan) => {
  const contract = quoteOf(terms, moneyOf(principal, terms.currency), installments, LENT_ON, sealed);
  const opened = loanDecider.decide(
    {
      ...issuedOn(LENT_ON),
      type: 'OpenLoan',
      data: { loanId: LOAN, ...agreementOver(contract) },
      facts: { cap: NO_CAP },
    },
    loanDecider.initial,
  );
  if (isRefusal(opened)) throw new Error(opened.detail);
  const state = opened.reduce(loanDecider.evolve, loanDecider.initial);
  const amount = { amount: formatMinor(principal / 2n, terms.currency), currency: terms.currency };
  const data = { loanId: LOAN, payoutId: PAYOUT, amount, settledOn: LENT_ON, channel: 'unionlike' };
  const lent = loanDecider.decide({ ...issuedOn(LENT_ON), type: 'DisburseLoan', data }, state);
  if (isRefusal(lent)) throw new Error(lent.detail);
  return { loan: lentAfter(state, lent), events: [...opened, ...lent] };
};

/** Lives through a plan: what is refused is passed by. */
export const playServiced = (plan: ServicedPlan): ServicedLife => {
  let { loan, events } = lentLoan(plan);
  let today = LENT_ON;
  const obeyed: Obeyed[] = [];
  const refused: { deed: string; refusal: Refusal }[] = [];
  for (const [index, deed] of plan.deeds.entries()) {
    today = addDays(today, deed.days);
    const command = commandOf(plan, deed, loan, today, index);
    if (command === undefined) continue;
    const given = { id: `deed-${index}`, command };
    const outcome = decided(loan, today, given);
    if (isRefusal(outcome)) {
      refused.push({ deed: deed.kind, refusal: outcome });
      continue;
    }
    if (outcome.length === 0) continue;
    loan = lentAfter(loan, outcome);
    events = [...events, ...outcome];
    if (deed.kind !== 'age') obeyed.push(given);
  }
  return { loan, events, today, obeyed, refused };
};

/** The same commands in another order, all of them late; undefined where one of them is refused then. */
export const redelivered = (plan: ServicedPlan, { today, obeyed }: ServicedLife, order: readonly number[]) => {
  let { loan } = lentLoan(plan);
  for (const [late, index] of order.entries()) {
    const given = obeyed[index];
    if (given === undefined) return undefined;
    const outcome = decided(loan, addDays(today, late), given);
    if (isRefusal(outcome)) return undefined;
    loan = lentAfter(loan, outcome);
  }
  return loan;
};

/** The day that a command counts for; a write-off counts when it is given, whatever came before. */
export const countsOn = ({ command }: Obeyed): BusinessDate | undefined => {
  const { data } = command;
  if ('valueDate' in data) return data.valueDate;
  return 'settledOn' in data ? data.settledOn : undefined;
};

/** The name of a fact, without the number that it came with. */
const nameOf = (id: string): string => id.slice(id.indexOf('.') + 1);

/** All that a command is made of. */
interface Doing {
  readonly loan: LentLoan;
  readonly dated: { readonly loanId: typeof LOAN; readonly valueDate: BusinessDate };
  readonly today: BusinessDate;
  readonly deed: Deed;
  readonly key: string;
  readonly principal: bigint;
  readonly money: (minor: bigint) => MoneyText;
  /** So much of a whole as the deed says. */
  readonly part: (whole: bigint) => MoneyText;
  readonly pick: <T>(items: readonly T[]) => T | undefined;
  readonly payoff: () => bigint;
  /** The due date of some installment that is open. */
  readonly from: BusinessDate | undefined;
}

const commandOf = (
  { terms: { currency }, principal }: ServicedPlan,
  deed: Deed,
  loan: LentLoan,
  today: BusinessDate,
  index: number,
): Given | undefined => {
  const early = addDays(today, -deed.back);
  const valueDate = [early, LENT_ON].toSorted().at(-1) ?? early;
  const money = (minor: bigint): MoneyText => ({ amount: formatMinor(minor > 0n ? minor : 1n, currency), currency });
  const pick = <T>(items: readonly T[]): T | undefined => items[deed.choice % Math.max(1, items.length)];
  const open = loan.account.installments.filter(({ metOn }) => metOn === undefined).map(({ due }) => dateOf(due));
  return COMMANDS[deed.kind]({
    loan,
    dated: { loanId: LOAN, valueDate },
    today,
    deed,
    key: `deed${index}`,
    principal,
    money,
    part: (whole) => money((whole * BigInt(deed.share)) / 1_000n),
    pick,
    payoff: () => {
      const portions = payoffOn(loan, valueDate)?.portions;
      return portions === undefined ? 0n : Object.values(portions).reduce((sum, { minor }) => sum + minor, 0n);
    },
    from: pick(open),
  });
};

const CREDITS = ['merchant-refund', 'payout-refund', 'goodwill-credit', 'interest-payment-waiver', 'recovery'] as const;
const HANDLINGS = ['default', 'equal-of-payable', 'equal-of-full'] as const;

const COMMANDS: Readonly<Record<Deed['kind'], (doing: Doing) => Given | undefined>> = {
  age: ({ today }) => ({ type: 'AgeLoan', data: { loanId: LOAN, asOf: today } }),
  repay: ({ dated, key, part, payoff }) => ({
    type: 'ApplyRepayment',
    data: { ...dated, repaymentId: repaymentId(key), amount: part(payoff()) },
  }),
  'pay-off': ({ dated, key, money, payoff }) => ({
    type: 'ApplyRepayment',
    data: { ...dated, repaymentId: repaymentId(key), amount: money(payoff()) },
  }),
  tranche: ({ dated: { loanId, valueDate: settledOn }, key, part, principal }) => {
    const data = { loanId, payoutId: tranchePayoutId(key), amount: part(principal / 2n) };
    return { type: 'DisburseLoan', data: { ...data, settledOn, channel: 'unionlike' } };
  },
  credit: ({ dated, deed, part, pick, principal }) => {
    const credit = pick(CREDITS) ?? 'goodwill-credit';
    const refundsInterest = credit === 'merchant-refund' && deed.share % 2 === 0;
    const data = { ...dated, credit, amount: part(principal / 3n) };
    return { type: 'ApplyCredit', data: { ...data, ...(refundsInterest && { refundsInterest }) } };
  },
  refund: ({ dated, loan, part }) => ({
    type: 'RefundCreditBalance',
    data: { ...dated, amount: part(loan.account.overpaid) },
  }),
  charge: ({ dated, deed: { choice }, part, principal }) => {
    const calculation = { kind: 'flat', amount: part(principal / 10n).amount } as const;
    const charge = choice % 2 === 0 ? 'fee' : 'penalty';
    const dueOn = choice % 3 > 0 ? { dueOn: addDays(dated.valueDate, choice % 40) } : {};
    return { type: 'AddCharge', data: { ...dated, charge, calculation, ...dueOn } };
  },
  waive: ({ dated, loan, pick }) => {
    const charge = pick(loan.account.charges);
    return charge && { type: 'WaiveCharge', data: { ...dated, of: nameOf(charge.fact) } };
  },
  adjust: ({ dated, loan, part, pick }) => {
    const charge = pick(loan.account.charges);
    return charge && { type: 'AdjustCharge', data: { ...dated, of: nameOf(charge.fact), amount: part(charge.amount) } };
  },
  'charge-back': ({ dated, loan, part, pick }) => {
    const paid = pick(loan.facts.flatMap((fact) => (fact.kind === 'credit' ? [fact] : [])));
    return paid && { type: 'ChargeBackRepayment', data: { ...dated, of: nameOf(paid.id), amount: part(paid.amount) } };
  },
  rate: ({ dated, deed: { choice } }) => ({
    type: 'ChangeRate',
    data: { ...dated, perYear: `0.${String(choice % 40).padStart(2, '0')}` },
  }),
  move: ({ dated, deed: { choice }, from }) =>
    from && { type: 'MoveDueDate', data: { ...dated, from, to: addDays(from, 1 + (choice % 20)) } },
  extend: ({ dated, deed: { choice }, from }) =>
    from && { type: 'ExtendTerm', data: { ...dated, from, installments: 1 + (choice % 3) } },
  grace: ({ dated, deed: { choice, share }, from }) =>
    from && { type: 'GrantGrace', data: { ...dated, from, principal: choice % 3, interest: share % 2 } },
  're-age': ({ dated, deed: { choice, share }, pick }) => {
    const data = { ...dated, startsOn: addDays(dated.valueDate, choice % 30), installments: 1 + (share % 5) };
    const interest = pick(HANDLINGS) ?? 'default';
    return { type: 'ReAgeLoan', data: { ...data, period: { every: 1, unit: 'months' }, interest } };
  },
  're-amortize': ({ dated, deed: { choice } }) => ({
    type: 'ReAmortizeLoan',
    data: { ...dated, interest: choice % 2 === 0 ? 'default' : 'split' },
  }),
  pause: ({ dated, deed: { choice } }) => ({
    type: 'PauseInterest',
    data: { ...dated, through: addDays(dated.valueDate, choice % 40) },
  }),
  'charge-off': ({ dated }) => ({ type: 'ChargeOffLoan', data: dated }),
  terminate: ({ dated }) => ({ type: 'TerminateContract', data: dated }),
  settle: ({ dated, part, payoff }) => ({ type: 'SettleLoan', data: { ...dated, amount: part(payoff()) } }),
  'write-off': () => ({ type: 'WriteOffLoan', data: { loanId: LOAN, reason: 'insolvency' } }),
  reverse: ({ dated, loan, pick }) => {
    const taken = pick(loan.facts.slice(1));
    return taken && { type: 'ReverseFact', data: { ...dated, of: nameOf(taken.id) } };
  },
};
