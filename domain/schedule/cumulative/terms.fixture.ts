import { dateOf, dayOf } from '../../calendar';
import { businessDate, formatMinor } from '../../kernel';
import { type LoanTerms, plainTerms } from '../loan-terms';
import type { LoanAccount, LoanAgreement, LoanFact, PlannedInstallment } from '../replay';

/** "2022-11-01" as a day. */
export const day = (text: string) => dayOf(businessDate(text));

const { recalculation: _, ...PLAIN } = plainTerms('EUR', '0.12');

/** 12 % a year on the declining balance by the day (365), six equal monthly installments to the unit. */
export const CLASSIC: LoanTerms = {
  ...PLAIN,
  rounding: { mode: 'HALF_EVEN', installmentMultiple: '1', smoothing: false },
  interest: { ...PLAIN.interest, dayCount: 'act/act-isda', yearSplit: '31-december', yearLength: 'fixed-365' },
  planning: 'cumulative',
  tranches: { several: true, fullTerm: false },
  allocation: { kind: 'named', strategy: 'penalties-fees-interest-principal' },
};

/** The same with interest that follows what is really paid, day by day. */
export const RECALCULATED: LoanTerms = {
  ...CLASSIC,
  recalculation: {
    onAdvancePayment: 'lower-the-installment',
    payoffUntil: 'payoff-date',
    rest: { frequency: 'daily', every: 1 },
    compounding: 'none',
    overduePrincipalBearsInterest: true,
  },
};

export const agreed = (principal: bigint, installments: number): LoanAgreement => ({
  principal,
  installments,
  submittedOn: day('2022-11-01'),
});

export const disbursed = (amount: bigint, on = '2022-11-01'): LoanFact => ({
  kind: 'disbursement',
  id: `disbursed-${on}`,
  on: day(on),
  knownOn: day(on),
  amount,
});

export const repaid = (amount: bigint, on: string): LoanFact => ({
  kind: 'credit',
  credit: 'repayment',
  id: `repaid-${on}`,
  on: day(on),
  knownOn: day(on),
  amount,
});

const shown = (minor: bigint): string => formatMinor(minor, 'EUR');

/** Every installment as "due principal interest fees penalties | left to pay". */
export const installmentsOf = (account: LoanAccount): readonly string[] =>
  account.installments.map(({ due, owed, paid, waived, writtenOff }) => {
    const portions = ['principal', 'interest', 'fee', 'penalty'] as const;
    const left = portions.reduce(
      (sum, portion) => sum + owed[portion] - paid[portion] - waived[portion] - writtenOff[portion],
      0n,
    );
    return `${dateOf(due)} ${portions.map((portion) => shown(owed[portion])).join(' ')} | ${shown(left)}`;
  });

/** Every transaction as "day kind amount: principal interest fees penalties | overpaid | balance". */
export const transactionsOf = (account: LoanAccount): readonly string[] =>
  account.transactions
    .filter(({ undone }) => !undone)
    .map(({ amount, balance, kind, on, overpaid, parts }) => {
      const split = [parts.principal, parts.interest, parts.fee, parts.penalty].map(shown).join(' ');
      return `${dateOf(on)} ${kind} ${shown(amount)}: ${split} | ${shown(overpaid)} | ${shown(balance)}`;
    });

/** A planned installment as "due principal interest | balance". */
export const plannedOf = (rows: readonly PlannedInstallment[]): readonly string[] =>
  rows.map(
    ({ balance, due, interest, principal }) =>
      `${dateOf(due)} ${shown(principal)} ${shown(interest)} | ${shown(balance)}`,
  );
