import { type Currency, formatMinor, type MoneyText, parseMoney } from '../kernel';
import { ACCOUNT_OF, type AccountCode, isBalanced, outsideCustody } from '../ledger';
import { linesOf, PORTIONS } from '../loan';
import { type Invariant, type LoggedFact, nothingUnfinished } from './invariant';

export const entriesBalance: Invariant = {
  id: 'I-01',
  statement: 'Every journal entry balances per currency, and names the fact that caused it',
  check: () => ({
    see: (fact) => {
      if (fact.type !== 'EntryPosted') return undefined;
      if (fact.data.cause.eventId === '') return `${fact.data.entryId} has no cause`;
      return isBalanced(fact.data.postings) ? undefined : `${fact.data.entryId} does not balance`;
    },
    unfinished: nothingUnfinished,
  }),
};

export const trialBalanceIsZero: Invariant = {
  id: 'I-02',
  statement: 'Debits equal credits over all books, per currency, at every moment',
  check: () => {
    const sums = new Map<Currency, bigint>();
    return {
      see: (fact) => {
        if (fact.type !== 'EntryPosted') return undefined;
        for (const { side, amount } of fact.data.postings) {
          const { minor, currency } = parseMoney(amount);
          sums.set(currency, (sums.get(currency) ?? 0n) + (side === 'debit' ? minor : -minor));
        }
        const off = [...sums].find(([, sum]) => sum !== 0n);
        return off ? `${off[0]} is off by ${formatMinor(off[1], off[0])} after ${fact.data.entryId}` : undefined;
      },
      unfinished: nothingUnfinished,
    };
  },
};

export const moneyGoesThroughCustody: Invariant = {
  id: 'I-08',
  statement: 'No entry moves money between borrowers and the house but through custody accounts',
  check: () => ({
    see: (fact) => {
      if (fact.type !== 'EntryPosted') return undefined;
      const [first] = outsideCustody(fact.data.postings);
      return first && `${fact.data.entryId} moves ${formatMinor(first[1], first[0])} ${first[0]} outside custody`;
    },
    unfinished: nothingUnfinished,
  }),
};

export const causesBookOnce: Invariant = {
  id: 'I-06',
  statement: 'One fact is booked once',
  check: () => {
    const booked = new Set<string>();
    return {
      see: (fact) => {
        if (fact.type !== 'EntryPosted') return undefined;
        if (booked.has(fact.data.cause.eventId)) return `${fact.data.cause.eventId} is booked twice`;
        booked.add(fact.data.cause.eventId);
        return undefined;
      },
      unfinished: nothingUnfinished,
    };
  },
};

/** What the loans and registers keep a book of their own of. */
const SUB_LEDGER: ReadonlySet<AccountCode> = new Set([
  ...(['1101', '1102', '1103', '1104', '1105'] as const),
  ...(['2003', '2201'] as const),
]);

/** Minor units by account and currency. */
type Sums = Map<string, bigint>;

const count = (sums: Sums, account: AccountCode, { amount, currency }: MoneyText, sign: 1n | -1n): void => {
  const key = `${account} ${currency}`;
  sums.set(key, (sums.get(key) ?? 0n) + sign * parseMoney({ amount, currency }).minor);
};

/** What a fact changes of what the loans, or a register of what they earn, say of themselves. */
const ownChanges = (fact: LoggedFact): Sums => {
  const changes: Sums = new Map();
  if (fact.type === 'InterestAccrued') {
    const { accrued, suspended } = fact.data.change;
    count(changes, '1105', accrued, 1n);
    count(changes, '2201', suspended, -1n);
  }
  if (!('journal' in fact.data)) return changes;
  const { journal, outstanding } = fact.data;
  for (const { role, side, amount } of linesOf(journal)) {
    const account = ACCOUNT_OF[role];
    if (!SUB_LEDGER.has(account)) continue;
    count(changes, account, { amount, currency: outstanding.currency }, side === 'debit' ? 1n : -1n);
  }
  return changes;
};

const bookedChanges = ({ postings }: Extract<LoggedFact, { type: 'EntryPosted' }>['data']): Sums => {
  const changes: Sums = new Map();
  for (const { account, side, amount } of postings) {
    if (SUB_LEDGER.has(account)) count(changes, account, amount, side === 'debit' ? 1n : -1n);
  }
  return changes;
};

const moves = (changes: Sums): boolean => [...changes.values()].some((change) => change !== 0n);

/** The first account that two sets of changes do not agree on. */
const disagreement = (loan: Sums, books: Sums): string | undefined =>
  [...new Set([...loan.keys(), ...books.keys()])].find((key) => (loan.get(key) ?? 0n) !== (books.get(key) ?? 0n));

export const subLedgerIsGeneralLedger: Invariant = {
  id: 'I-05',
  statement:
    'Every entry changes what is receivable, accrued, suspended and held by what its fact changes of the loans themselves',
  check: () => {
    /** Facts that are not booked yet: the books follow the loans. */
    const unbooked = new Map<string, Sums>();
    return {
      see: (fact) => {
        const changes = ownChanges(fact);
        if (moves(changes)) unbooked.set(fact.id, changes);
        if (fact.type !== 'EntryPosted') return undefined;
        const { eventId } = fact.data.cause;
        const off = disagreement(unbooked.get(eventId) ?? new Map(), bookedChanges(fact.data));
        unbooked.delete(eventId);
        return off ? `${fact.data.entryId} does not change ${off} as ${eventId} does` : undefined;
      },
      unfinished: () => unbooked.size,
    };
  },
};

export const repaymentsAreConserved: Invariant = {
  id: 'I-15',
  statement:
    'Every settled repayment is applied to its loan exactly once: allocation and credit add up to what arrived',
  check: () => {
    const settled = new Map<string, { stream: string; amount: string }>();
    const applied = new Set<string>();
    return {
      see: (fact) => {
        if (fact.type === 'RepaymentSettled' || fact.type === 'RepaymentReceived') {
          if (settled.has(fact.stream)) return 'settled twice';
          settled.set(fact.stream, { stream: fact.stream, amount: fact.data.amount.amount });
        }
        if (fact.type !== 'RepaymentApplied') return undefined;
        const { repaymentId, amount, totals, unapplied, recovered } = fact.data;
        if (applied.has(repaymentId)) return `${repaymentId} is applied twice`;
        applied.add(repaymentId);
        if (settled.get(repaymentId)?.amount !== amount.amount)
          return `${repaymentId} had not settled with that amount`;
        const sum = PORTIONS.reduce(
          (total, portion) => total + parseMoney(totals[portion]).minor,
          parseMoney(unapplied).minor + parseMoney(recovered).minor,
        );
        return sum === parseMoney(amount).minor ? undefined : `${repaymentId}: allocated ${sum} of ${amount.amount}`;
      },
      unfinished: () => [...settled.keys()].filter((repayment) => !applied.has(repayment)).length,
    };
  },
};
