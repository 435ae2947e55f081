import {
  assert,
  type BusinessDate,
  type Currency,
  type PayoutId,
  parseMoney,
  type RepaymentId,
  unreachable,
} from '../kernel';
import type { Terms } from '../schedule';
import type { AllocationLine, ArrearsBucket, LoanEvent } from './events';
import { type BookedInstallment, bookInstallments, isPaid, unpaidOf } from './installment';
import { type Amounts, parsePortions, withAmount } from './portions';

type DataOf<Type extends LoanEvent['type']> = Extract<LoanEvent, { type: Type }>['data'];

/** What was signed, by whom, and where the money goes. */
export type Agreement = DataOf<'LoanOpened'>;

interface Agreed {
  readonly agreement: Agreement;
}

interface Disbursed extends Agreed {
  readonly disbursement: { readonly payoutId: PayoutId; readonly on: BusinessDate; readonly amount: bigint };
  /** Repayments that have been taken in, oldest first. */
  readonly applied: readonly RepaymentId[];
}

export interface ActiveLoan extends Disbursed {
  readonly status: 'active';
  /** In order of their numbers: `installments[n - 1]` is number n. */
  readonly installments: readonly BookedInstallment[];
  readonly bucket: ArrearsBucket;
  /** The latest day that a fact of the loan counts for: dues and buckets up to and with it are in the state. */
  readonly agedThrough: BusinessDate;
}

export interface ClosedLoan extends Disbursed {
  readonly status: 'closed';
  readonly closedOn: BusinessDate;
}

export interface WrittenOffLoan extends Disbursed {
  readonly status: 'written-off';
  readonly writtenOff: Amounts;
  readonly writtenOffOn: BusinessDate;
}

export type LoanState =
  | { readonly status: 'none' }
  | (Agreed & { readonly status: 'opened' })
  | (Agreed & { readonly status: 'cancelled' })
  | ActiveLoan
  | ClosedLoan
  | WrittenOffLoan;

export const noLoan: LoanState = { status: 'none' };

export const termsOf = ({ agreement }: Agreed): Terms => agreement.contract.terms;
export const currencyOf = ({ agreement }: Agreed): Currency => agreement.contract.terms.currency;

/** Principal lent and not yet repaid, due or not. */
export const principalOutstanding = ({ installments }: ActiveLoan): bigint =>
  installments.reduce((sum, { owed, paid }) => sum + owed.principal - paid.principal, 0n);

export const isRepaid = ({ installments }: ActiveLoan): boolean => installments.every(isPaid);

/**
 * Folds one fact into a loan. Facts always fold; an assertion here means that the history itself is broken (money that
 * does not add up, an event that cannot follow the ones before), and stops the work.
 */
export const evolve = (state: LoanState, event: LoanEvent): LoanState => {
  switch (event.type) {
    case 'LoanOpened':
      assert(state.status === 'none', `opened while ${state.status}`);
      return { status: 'opened', agreement: event.data };
    case 'LoanCancelled':
      assert(state.status === 'opened', `cancelled while ${state.status}`);
      return { status: 'cancelled', agreement: state.agreement };
    case 'LoanDisbursed':
      assert(state.status === 'opened', `disbursed while ${state.status}`);
      return disburse(state, event.data);
    case 'InstallmentFellDue':
      return fallDue(active(state, event), event.data);
    case 'PenaltyCharged':
      return chargePenalty(active(state, event), event.data);
    case 'ArrearsBucketChanged':
      return { ...agedTo(active(state, event), event.data.valueDate), bucket: event.data.to };
    case 'RepaymentApplied':
      return applyRepayment(state, event.data);
    case 'LoanClosed':
      return close(active(state, event), event.data.closedOn);
    case 'LoanWrittenOff':
      return writeOff(active(state, event), event.data);
    default:
      return unreachable(event);
  }
};

/** Folds several. */
export const evolveAll = (state: LoanState, events: readonly LoanEvent[]): LoanState => events.reduce(evolve, state);

const active = (state: LoanState, event: LoanEvent): ActiveLoan => {
  assert(state.status === 'active', () => `${event.type} while ${state.status}`);
  return state;
};

const agedTo = (loan: ActiveLoan, on: BusinessDate): ActiveLoan =>
  on > loan.agedThrough ? { ...loan, agedThrough: on } : loan;

const installmentOf = (installments: readonly BookedInstallment[], n: number): BookedInstallment => {
  const installment = installments[n - 1];
  assert(installment?.n === n, () => `the loan has no installment ${n}`);
  return installment;
};

const withInstallment = (
  loan: ActiveLoan,
  n: number,
  change: (installment: BookedInstallment) => BookedInstallment,
): ActiveLoan => {
  const changed = change(installmentOf(loan.installments, n));
  return { ...loan, installments: loan.installments.with(n - 1, changed) };
};

const disburse = ({ agreement }: Agreed, data: DataOf<'LoanDisbursed'>): ActiveLoan => {
  const { payoutId, valueDate: on, schedule } = data;
  const amount = parseMoney(data.amount).minor;
  const installments = bookInstallments(schedule);
  const planned = installments.reduce((sum, { owed }) => sum + owed.principal, 0n);
  assert(planned === amount, () => `${amount} disbursed, ${planned} principal scheduled`);
  return {
    status: 'active',
    agreement,
    disbursement: { payoutId, on, amount },
    applied: [],
    installments,
    bucket: 'current',
    agedThrough: on,
  };
};

const fallDue = (loan: ActiveLoan, { installment: n, valueDate }: DataOf<'InstallmentFellDue'>): ActiveLoan =>
  withInstallment(agedTo(loan, valueDate), n, (installment) => ({ ...installment, fellDue: true }));

const chargePenalty = (loan: ActiveLoan, data: DataOf<'PenaltyCharged'>): ActiveLoan => {
  const { installment: n, valueDate, days } = data;
  const base = parseMoney(data.base).minor;
  const amount = parseMoney(data.amount).minor;
  return withInstallment(agedTo(loan, valueDate), n, (installment) => ({
    ...installment,
    owed: { ...installment.owed, penalty: installment.owed.penalty + amount },
    penalizedThrough: valueDate,
    overdueDays: installment.overdueDays + base * BigInt(days),
  }));
};

const applyRepayment = (state: LoanState, data: DataOf<'RepaymentApplied'>): LoanState => {
  const { repaymentId, lines } = data;
  assert(
    state.status === 'active' || state.status === 'closed' || state.status === 'written-off',
    () => `a repayment while ${state.status}`,
  );
  const applied = [...state.applied, repaymentId];
  assert(conserves(data), () => `the parts of ${repaymentId} are not its amount`);
  if (state.status !== 'active') {
    assert(lines.length === 0, () => `${repaymentId} was allocated to a loan that is ${state.status}`);
    return { ...state, applied };
  }
  const installments = [...state.installments];
  for (const line of lines) {
    installments[line.installment - 1] = payInto(installmentOf(installments, line.installment), line);
  }
  const paid = agedTo({ ...state, applied, installments }, data.valueDate);
  const after = forgo(paid, parseMoney(data.interestForgone).minor);
  assert(
    principalOutstanding(after) === parseMoney(data.principalOutstanding).minor,
    () => `${repaymentId} left ${principalOutstanding(after)} of principal, not ${data.principalOutstanding.amount}`,
  );
  return after;
};

/** Σ lines + unapplied = amount. */
const conserves = ({ amount, lines, unapplied }: DataOf<'RepaymentApplied'>): boolean =>
  lines.reduce((sum, line) => sum + parseMoney(line.amount).minor, parseMoney(unapplied).minor) ===
  parseMoney(amount).minor;

const payInto = (installment: BookedInstallment, line: AllocationLine): BookedInstallment => {
  const { portion } = line;
  const paid = installment.paid[portion];
  const amount = parseMoney(line.amount).minor;
  assert(
    amount > 0n && paid + amount <= installment.owed[portion] && line.inAdvance === !installment.fellDue,
    () => `${line.amount.amount} of ${portion} cannot be paid into installment ${installment.n}`,
  );
  return { ...installment, paid: withAmount(installment.paid, portion, paid + amount) };
};

/** Interest forgone is what the installments that are not due will never demand. */
const forgo = (loan: ActiveLoan, forgone: bigint): ActiveLoan => {
  if (forgone === 0n) return loan;
  let left = forgone;
  const installments = loan.installments.map((installment) => {
    if (installment.fellDue) return installment;
    left -= unpaidOf(installment).interest;
    return { ...installment, owed: { ...installment.owed, interest: installment.paid.interest } };
  });
  assert(left === 0n, `${forgone} of interest forgone, but the plan had ${forgone - left} left`);
  return { ...loan, installments };
};

const close = (loan: ActiveLoan, closedOn: BusinessDate): ClosedLoan => {
  assert(isRepaid(loan), 'closed while something is owed');
  const { agreement, disbursement, applied } = loan;
  return { status: 'closed', agreement, disbursement, applied, closedOn };
};

const writeOff = (loan: ActiveLoan, { amounts, valueDate }: DataOf<'LoanWrittenOff'>): WrittenOffLoan => {
  const writtenOff = parsePortions(amounts);
  assert(
    writtenOff.principal === principalOutstanding(loan),
    `${writtenOff.principal} of principal written off, ${principalOutstanding(loan)} was outstanding`,
  );
  const { agreement, disbursement, applied } = loan;
  return { status: 'written-off', agreement, disbursement, applied, writtenOff, writtenOffOn: valueDate };
};
