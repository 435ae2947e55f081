import type { Day } from '../../../calendar';
import type {
  AccountCharge,
  AccountInstallment,
  AccountStatus,
  AccountTransaction,
  LoanAccount,
  LoanFact,
} from '../../replay';
import { positive } from '../model/amounts';
import { undoneFacts } from './facts-in-order';
import { type Installment, noAmounts, totalOf } from './installment';
import { type Entry, type Life, outstandingPortions } from './life';
import type { LoanCharge } from './loan-charge';

/** A loan that nothing was paid out on. */
export const emptyAccount = (asOf: Day): LoanAccount => ({
  asOf,
  status: 'approved',
  disbursements: [],
  installments: [],
  transactions: [],
  charges: [],
  outstanding: noAmounts(),
  overdue: noAmounts(),
  overpaid: 0n,
});

/** What a loan has come to, as it is shown. */
export const accountOf = (life: Life, facts: readonly LoanFact[], asOf: Day): LoanAccount => {
  const installments = [...life.installments];
  const numbers = new Map(installments.map((installment, index) => [installment, index + 1]));
  const undone = undoneFacts(facts);
  const outstanding = outstandingPortions(installments);
  return {
    asOf,
    status: statusOf(life, totalOf(outstanding)),
    disbursements: life.disbursements,
    installments: withBalances(life, installments),
    transactions: [
      ...life.transactions.map((entry) => transactionOf(entry, numbers)),
      ...facts.filter(({ id, on }) => undone.has(id) && on <= asOf).flatMap(undoneTransaction),
    ],
    charges: life.charges.map(chargeOf),
    outstanding,
    overdue: outstandingPortions(installments.filter(({ due }) => due < asOf)),
    overpaid: life.overpaid,
  };
};

const statusOf = (life: Life, outstanding: bigint): AccountStatus => {
  if (life.overpaid > 0n) return 'overpaid';
  if (life.writtenOffOn !== undefined) return life.isSettled ? 'settled' : 'written-off';
  if (outstanding === 0n) return 'closed';
  return life.chargedOffOn === undefined ? 'active' : 'charged-off';
};

/** Principal left after each installment: what was paid out by its due date, without what is repaid by then. */
const withBalances = (life: Life, installments: readonly Installment[]): readonly AccountInstallment[] => {
  const sumOf = (lent: Lent, counts: (on: Day) => boolean): bigint =>
    lent.reduce((sum, { on, amount }) => (counts(on) ? sum + amount : sum), 0n);
  // What is put back on the day that a plan was cut short is owed with what was cut.
  const isShared = (on: Day): boolean => installments.filter(({ due }) => due === on).length > 1;
  let repaid = 0n;
  return installments.map((installment, index) => {
    repaid += installment.owed.principal;
    const next = installments[index + 1];
    const isSecond = isSecondOn(installments[index - 1], installment);
    const left =
      sumOf(life.disbursements, (on) => isCounted(on, installment, next) || (isSecond && on === installment.due)) +
      sumOf(life.putBacks, (on) => isCounted(on, installment, next) || (on === installment.due && isShared(on))) -
      repaid;
    // It may ask for what is paid out on its own day, or for what was paid before that was lent.
    const all = [...life.disbursements, ...life.putBacks];
    const shown = left < 0n ? positive(sumOf(all, (on) => on <= installment.due) - repaid) : left;
    return installmentShown(installment, index + 1, shown);
  });
};

/** Where a new plan begins on the day that the old one ends, what is paid out on it comes between the two. */
const isSecondOn = (before: Installment | undefined, { due, kind }: Installment): boolean =>
  before !== undefined && before.kind !== 'down-payment' && kind !== 'down-payment' && before.due === due;

type Lent = readonly { readonly on: Day; readonly amount: bigint }[];

/** A payout on a due date comes after that installment, unless it is what is paid down of it, or what it is due for. */
const isCounted = (on: Day, { due, kind }: Installment, next: Installment | undefined): boolean =>
  on < due || next === undefined || (on === due && (kind === 'down-payment' || kind === 'additional'));

const installmentShown = (installment: Installment, n: number, balance: bigint): AccountInstallment => {
  const { kind, from, due, owed, paid, waived, writtenOff, paidInAdvance, paidLate, metOn } = installment;
  return {
    n,
    kind,
    from,
    due,
    owed: { ...owed },
    paid: { ...paid },
    waived: { ...waived },
    writtenOff: { ...writtenOff },
    paidInAdvance,
    paidLate,
    balance,
    ...(metOn !== undefined && { metOn }),
  };
};

const transactionOf = (
  { fact, kind, on, amount, parts, overpaid, balance, lines }: Entry,
  numbers: ReadonlyMap<Installment, number>,
): AccountTransaction => ({
  fact,
  kind,
  on,
  amount,
  // The life is over: nothing changes them any more.
  parts,
  overpaid,
  balance,
  undone: false,
  lines: lines.map(({ installment, portion, amount: allocated, state }) => ({
    installment: numberOf(installment, numbers),
    portion,
    amount: allocated,
    state,
  })),
});

/** What was undone moved no money; it is shown with the amount it had. */
const undoneTransaction = (fact: LoanFact): readonly AccountTransaction[] => {
  if (!('amount' in fact)) return [];
  const { id, on, amount } = fact;
  const kind = fact.kind === 'credit' ? fact.credit : fact.kind;
  return [{ fact: id, kind, on, amount, parts: noAmounts(), overpaid: 0n, balance: 0n, undone: true, lines: [] }];
};

/** Of the installment itself, or of that which holds what it was paid. */
const numberOf = (installment: Installment, numbers: ReadonlyMap<Installment, number>): number =>
  numbers.get(installment) ?? (installment.heldBy === undefined ? 0 : numberOf(installment.heldBy, numbers));

const chargeOf = ({ fact, kind, dueOn, shares }: LoanCharge): AccountCharge => {
  let [amount, paid, waived] = [0n, 0n, 0n];
  for (const share of shares.values()) {
    amount += share.amount;
    paid += share.paid;
    waived += share.waived;
  }
  return {
    fact,
    kind,
    ...(dueOn !== undefined && { dueOn }),
    amount,
    paid,
    waived,
    outstanding: amount - paid - waived,
  };
};
