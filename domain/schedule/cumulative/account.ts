import type {
  AccountCharge,
  AccountInstallment,
  AccountStatus,
  AccountTransaction,
  LoanAccount,
  LoanFact,
} from '../replay';
import { smaller } from './amounts';
import type { Books, Posted } from './books';
import { openOf } from './books';
import { balancesAfter } from './plan';
import { noPortions, type Row, type RowCharge, sumOf } from './row';
import { isExpected } from './story';

/** The books as they are shown to everybody else. */
export const accountOf = (books: Books, undone: readonly LoanFact[]): LoanAccount => {
  const { rows, story } = books;
  const outstanding = openOf(rows);
  return {
    asOf: story.today,
    status: statusOf(books),
    disbursements: story.tranches
      .filter(({ id }) => !isExpected(id))
      .map(({ amount, id, on }) => ({ fact: id, on, amount, ...keptOf(books, id) })),
    installments: installmentsOf(books),
    transactions: [...transactionsOf(books), ...undone.flatMap(undoneTransaction)],
    charges: chargesOf(books),
    outstanding,
    overdue: openOf(rows.filter(({ due }) => due < story.today)),
    overpaid: books.overpaid,
  };
};

const keptOf = ({ kept }: Books, fact: string): { readonly kept?: bigint } => {
  const sum = kept.reduce((total, charge) => (charge.fact === fact ? total + charge.amount : total), 0n);
  return sum === 0n ? {} : { kept: sum };
};

const statusOf = ({ isChargedOff, isSettled, isWrittenOff, overpaid, rows, story }: Books): AccountStatus => {
  if (story.tranches.length === 0) return 'approved';
  if (isWrittenOff) return isSettled ? 'settled' : 'written-off';
  if (sumOf(openOf(rows)) === 0n) return overpaid > 0n ? 'overpaid' : 'closed';
  return isChargedOff ? 'charged-off' : 'active';
};

const installmentsOf = ({ reopened, rows, story }: Books): readonly AccountInstallment[] => {
  const balances = balancesAfter(rows, [...story.tranches, ...reopened]);
  return rows.map(({ due, from, kind, metOn, owed, paid, paidInAdvance, paidLate, waived, writtenOff }, index) => ({
    n: index + 1,
    kind,
    from,
    due,
    owed: { ...owed },
    paid: { ...paid },
    waived: { ...waived },
    writtenOff: { ...writtenOff },
    paidInAdvance,
    paidLate,
    balance: balances[index] ?? 0n,
    ...(metOn !== undefined && { metOn }),
  }));
};

const transactionsOf = ({ posted, rows }: Books): readonly AccountTransaction[] => {
  const numbers = new Map(rows.map((row, index) => [row, index + 1]));
  return posted.map(({ fact, kind, on, amount, parts, overpaid, balance, lines }: Posted) => ({
    fact,
    kind,
    on,
    amount,
    parts,
    overpaid,
    balance,
    undone: false,
    lines: lines.map(({ row, portion, amount: allocated, state }) => ({
      installment: numbers.get(row) ?? 0,
      portion,
      amount: allocated,
      state,
    })),
  }));
};

/** What was undone moved no money; it is shown with the amount it had. */
const undoneTransaction = (fact: LoanFact): readonly AccountTransaction[] => {
  if (!('amount' in fact)) return [];
  const kind = fact.kind === 'credit' ? fact.credit : fact.kind;
  const { amount, id, on } = fact;
  return [{ fact: id, kind, on, amount, parts: noPortions(), overpaid: 0n, balance: 0n, undone: true, lines: [] }];
};

/** What was paid of an installment's fees and penalties went to the oldest charges first. */
const chargesOf = (books: Books): readonly AccountCharge[] => [
  ...books.kept.map(({ amount, dueOn, id, portion }) => ({
    fact: id,
    kind: portion,
    ...(dueOn !== undefined && { dueOn }),
    amount,
    paid: amount,
    waived: 0n,
    outstanding: 0n,
  })),
  ...chargesOnRows(books),
];

const chargesOnRows = ({ lateDemands, rows, story }: Books): readonly AccountCharge[] => {
  const paid = new Map<RowCharge, bigint>();
  for (const row of rows) for (const portion of ['fee', 'penalty'] as const) sharePaid(row, portion, paid);
  return [...story.demands, ...lateDemands].map(({ dueOn, id, portion }) => {
    const parts = rows.flatMap(({ charges }) => charges.filter((charge) => charge.id === id));
    const sum = (of: (charge: RowCharge) => bigint): bigint => parts.reduce((total, part) => total + of(part), 0n);
    const [amount, settled, waived] = [
      sum((part) => part.amount),
      sum((part) => paid.get(part) ?? 0n),
      sum((part) => part.waived),
    ];
    return {
      fact: id,
      kind: portion,
      ...(dueOn !== undefined && { dueOn }),
      amount,
      paid: settled,
      waived,
      outstanding: amount - settled - waived,
    };
  });
};

const sharePaid = (row: Row, portion: 'fee' | 'penalty', paid: Map<RowCharge, bigint>): void => {
  let money = row.paid[portion];
  const charges = row.charges.filter((charge) => charge.portion === portion).sort((a, b) => a.dueOn - b.dueOn);
  for (const charge of charges) {
    const amount = smaller(charge.amount - charge.waived, money);
    paid.set(charge, amount);
    money -= amount;
  }
};
