import { type Currency, formatMinor, parseMoney } from '../kernel';
import { type AccountCode, isBalanced } from '../ledger';
import { PORTIONS, type Portion } from '../loan';
import { type Invariant, type LoggedFact, nothingAtEnd } from './invariant';

export const entriesBalance: Invariant = {
  id: 'I-01',
  statement: 'Every journal entry balances per currency, and names the fact that caused it',
  watch: () => ({
    see: (fact) => {
      if (fact.type !== 'EntryPosted') return undefined;
      if (fact.data.cause.eventId === '') return `${fact.data.entryId} has no cause`;
      return isBalanced(fact.data.postings) ? undefined : `${fact.data.entryId} does not balance`;
    },
    end: nothingAtEnd,
  }),
};

export const trialBalanceIsZero: Invariant = {
  id: 'I-02',
  statement: 'Debits equal credits over all books, per currency, at every moment',
  watch: () => {
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
      end: nothingAtEnd,
    };
  },
};

export const causesBookOnce: Invariant = {
  id: 'I-06',
  statement: 'One fact is booked once',
  watch: () => {
    const booked = new Set<string>();
    return {
      see: (fact) => {
        if (fact.type !== 'EntryPosted') return undefined;
        if (booked.has(fact.data.cause.eventId)) return `${fact.data.cause.eventId} is booked twice`;
        booked.add(fact.data.cause.eventId);
        return undefined;
      },
      end: nothingAtEnd,
    };
  },
};

const RECEIVABLE: Readonly<Record<Portion, AccountCode>> = {
  principal: '1101',
  interest: '1102',
  fee: '1103',
  penalty: '1104',
};

type Sums = Map<string, bigint>;

const count = (sums: Sums, currency: string, what: string, minor: bigint): void => {
  const key = `${what} ${currency}`;
  sums.set(key, (sums.get(key) ?? 0n) + minor);
};

/** What the loans themselves say is receivable, portion by portion. */
const countReceivables = (sums: Sums, fact: LoggedFact): void => {
  const add = (portion: Portion, amount: { amount: string; currency: Currency }, sign: 1n | -1n): void =>
    count(sums, amount.currency, RECEIVABLE[portion], sign * parseMoney(amount).minor);
  switch (fact.type) {
    case 'LoanDisbursed':
      add('principal', fact.data.amount, 1n);
      return;
    case 'InstallmentFellDue':
      add('interest', fact.data.interest, 1n);
      add('fee', fact.data.fee, 1n);
      return;
    case 'PenaltyCharged':
      add('penalty', fact.data.amount, 1n);
      return;
    case 'RepaymentApplied':
      for (const { portion, amount, inAdvance } of fact.data.lines) {
        if (portion === 'principal' || !inAdvance) add(portion, amount, -1n);
      }
      return;
    case 'LoanWrittenOff':
      for (const portion of PORTIONS) add(portion, fact.data.amounts[portion], -1n);
      return;
    default:
      return;
  }
};

export const subLedgerIsGeneralLedger: Invariant = {
  id: 'I-05',
  statement: 'What the loans owe is what the receivable accounts hold, portion by portion',
  watch: () => {
    const loans: Sums = new Map();
    const books: Sums = new Map();
    return {
      see: (fact) => {
        countReceivables(loans, fact);
        if (fact.type !== 'EntryPosted') return undefined;
        for (const { account, side, amount } of fact.data.postings) {
          if (!Object.values(RECEIVABLE).includes(account)) continue;
          const { minor, currency } = parseMoney(amount);
          count(books, currency, account, side === 'debit' ? minor : -minor);
        }
        return undefined;
      },
      // While facts are being booked the books lag behind the loans; at rest they agree.
      end: () =>
        [...new Set([...loans.keys(), ...books.keys()])]
          .filter((key) => (loans.get(key) ?? 0n) !== (books.get(key) ?? 0n))
          .map((key) => ({
            stream: 'ledger',
            detail: `${key}: the loans say ${loans.get(key) ?? 0n}, the books ${books.get(key) ?? 0n} (minor units)`,
          })),
    };
  },
};

export const repaymentsAreConserved: Invariant = {
  id: 'I-15',
  statement:
    'Every settled repayment is applied to its loan exactly once: allocation and credit add up to what arrived',
  watch: () => {
    const settled = new Map<string, { stream: string; amount: string }>();
    const applied = new Set<string>();
    return {
      see: (fact) => {
        if (fact.type === 'RepaymentSettled') {
          if (settled.has(fact.stream)) return 'settled twice';
          settled.set(fact.stream, { stream: fact.stream, amount: fact.data.amount.amount });
        }
        if (fact.type !== 'RepaymentApplied') return undefined;
        const { repaymentId, amount, lines, unapplied } = fact.data;
        if (applied.has(repaymentId)) return `${repaymentId} is applied twice`;
        applied.add(repaymentId);
        if (settled.get(repaymentId)?.amount !== amount.amount)
          return `${repaymentId} had not settled with that amount`;
        const sum = lines.reduce((total, line) => total + parseMoney(line.amount).minor, parseMoney(unapplied).minor);
        return sum === parseMoney(amount).minor ? undefined : `${repaymentId}: allocated ${sum} of ${amount.amount}`;
      },
      end: () =>
        [...settled.keys()]
          .filter((stream) => !applied.has(stream))
          .map((stream) => ({ stream, detail: 'settled but not applied to its loan' })),
    };
  },
};
