import type { Day } from '../../../calendar';
import type { Portion } from '../../allocation';
import type { AccountInstallment, PortionAmounts } from '../../replay';
import { positive, smaller } from '../model/amounts';
import type { RepaymentPeriod } from '../model/model';

export type Amounts = { -readonly [P in keyof PortionAmounts]: bigint };

export const noAmounts = (): Amounts => ({ principal: 0n, interest: 0n, fee: 0n, penalty: 0n });

export const totalOf = ({ principal, interest, fee, penalty }: PortionAmounts): bigint =>
  principal + interest + fee + penalty;

/** An installment of a living loan: what is owed with it and what became of that. Mutable, inside one replay. */
export interface Installment {
  kind: AccountInstallment['kind'];
  from: Day;
  due: Day;
  /** What works out its principal and interest; none for a down payment and for what comes after maturity. */
  period: RepaymentPeriod | undefined;
  owed: Amounts;
  /** Of what is owed: what its period knows nothing of. */
  beside: { principal: bigint; interest: bigint };
  paid: Amounts;
  waived: Amounts;
  writtenOff: Amounts;
  paidInAdvance: bigint;
  paidLate: bigint;
  /** Σ unpaid principal × days that it was overdue, up to this day, and the penalty that it came to. */
  overdueDays: bigint;
  penalizedThrough: Day;
  accruedPenalty: bigint;
  /** Nothing of it is left to pay. */
  isMet: boolean;
  metOn: Day | undefined;
  /** It is gone: this one holds what it was paid. */
  heldBy: Installment | undefined;
}

export const installmentOf = (
  kind: Installment['kind'],
  from: Day,
  due: Day,
  period: RepaymentPeriod | undefined,
): Installment => ({
  kind,
  from,
  due,
  period,
  owed: noAmounts(),
  beside: { principal: 0n, interest: 0n },
  paid: noAmounts(),
  waived: noAmounts(),
  writtenOff: noAmounts(),
  paidInAdvance: 0n,
  paidLate: 0n,
  overdueDays: 0n,
  penalizedThrough: Number.NEGATIVE_INFINITY,
  accruedPenalty: 0n,
  isMet: false,
  metOn: undefined,
  heldBy: undefined,
});

/** Owes more or less of a portion than its period says. */
export const oweBeside = (installment: Installment, portion: Portion, amount: bigint): void => {
  installment.owed[portion] += amount;
  if (portion === 'principal' || portion === 'interest') installment.beside[portion] += amount;
};

/** Owes what its period says, and what there is beside that. */
export const oweAsPlanned = ({ owed, beside, period }: Installment): void => {
  if (period === undefined) return;
  owed.principal = period.duePrincipal + beside.principal;
  owed.interest = period.dueInterest + beside.interest;
};

/** What it owes no longer follows from a period. */
export const unlink = (installment: Installment): void => {
  installment.period = undefined;
  installment.beside.principal = 0n;
  installment.beside.interest = 0n;
};

export const outstandingOf = ({ owed, paid, waived, writtenOff }: Installment, portion: Portion): bigint =>
  owed[portion] - paid[portion] - waived[portion] - writtenOff[portion];

export const outstandingIn = (installment: Installment): bigint =>
  totalOf(installment.owed) - totalOf(installment.paid) - totalOf(installment.waived) - totalOf(installment.writtenOff);

/** Pays up to an amount of a portion; answers with what it took. */
export const payPortion = (installment: Installment, portion: Portion, amount: bigint, on: Day): bigint => {
  const taken = smaller(amount, positive(outstandingOf(installment, portion)));
  installment.paid[portion] += taken;
  if (on < installment.due) installment.paidInAdvance += taken;
  else if (on > installment.due) installment.paidLate += taken;
  return taken;
};

/** Principal is left, and no interest is paid that is not owed: seen without a sum. Not so of what was given up. */
const isPlainlyOpen = ({ owed, paid, writtenOff }: Installment): boolean =>
  owed.principal > paid.principal && owed.interest >= paid.interest && writtenOff.principal === 0n;

/** Settles whether it is met, and since when: on a day when it newly is. */
export const checkMet = (installment: Installment, on: Day): void => {
  if (!installment.isMet && isPlainlyOpen(installment)) return;
  const isMet = outstandingIn(installment) === 0n;
  if (isMet && !installment.isMet) installment.metOn = on;
  if (!isMet) installment.metOn = undefined;
  installment.isMet = isMet;
};
