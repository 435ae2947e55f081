import { formatMoney, type MoneyText, moneyOf, parseMoney } from '../kernel';
import type { Invariant, LoggedFact } from './invariant';

type ReceiptFact = Extract<LoggedFact, { type: 'ReceiptRecorded' | 'ReceiptAssigned' | 'ReceiptRefunded' }>;
type Received = Extract<LoggedFact, { type: 'RepaymentReceived' }>;

const minorOf = (amount: MoneyText): bigint => parseMoney(amount).minor;

/** What a fact of a receipt does to suspense: money in above zero. */
const changeOf = ({ type, data }: ReceiptFact): bigint =>
  type === 'ReceiptRecorded' ? minorOf(data.amount) : -minorOf(data.amount);

/** What an entry does to the suspense account. */
const bookedChange = ({ postings }: Extract<LoggedFact, { type: 'EntryPosted' }>['data']): bigint =>
  postings
    .filter(({ account }) => account === '2101')
    .reduce((sum, { side, amount }) => sum + (side === 'credit' ? 1n : -1n) * minorOf(amount), 0n);

interface Assigned {
  readonly receipt: string;
  readonly loanId: string;
  readonly amount: MoneyText;
}

/** What each receipt holds, the parts that are on their way to their loans, and what the books have yet to say. */
class Suspense {
  readonly #held = new Map<string, bigint>();
  readonly #assigned = new Map<string, Assigned>();
  readonly #received = new Set<string>();
  readonly #unbooked = new Map<string, bigint>();

  take(fact: ReceiptFact): string | undefined {
    const { stream } = fact;
    const change = changeOf(fact);
    const held = (this.#held.get(stream) ?? 0n) + change;
    this.#held.set(stream, held);
    this.#unbooked.set(fact.id, change);
    if (fact.type === 'ReceiptAssigned') {
      const { repaymentId, loanId, amount } = fact.data;
      if (this.#assigned.has(repaymentId) || this.#received.has(repaymentId)) return `${repaymentId} is assigned twice`;
      this.#assigned.set(repaymentId, { receipt: stream, loanId, amount });
    }
    const { currency } = fact.data.amount;
    return held < 0n ? `gives ${formatMoney(moneyOf(-held, currency)).amount} more than it has brought` : undefined;
  }

  receive({ stream, data }: Received): string | undefined {
    const assigned = this.#assigned.get(stream);
    this.#assigned.delete(stream);
    if (this.#received.has(stream)) return 'is received twice';
    this.#received.add(stream);
    const agrees =
      assigned?.receipt === data.receiptId &&
      assigned.loanId === data.loanId &&
      minorOf(assigned.amount) === minorOf(data.amount);
    return agrees ? undefined : `brings ${data.amount.amount} that ${data.receiptId} has not assigned to it`;
  }

  book(entry: Extract<LoggedFact, { type: 'EntryPosted' }>['data']): string | undefined {
    const { eventId, stream } = entry.cause;
    if (!stream.startsWith('receipt-')) return undefined;
    const change = this.#unbooked.get(eventId) ?? 0n;
    this.#unbooked.delete(eventId);
    return bookedChange(entry) === change ? undefined : `${entry.entryId} does not change suspense as ${eventId} does`;
  }

  get underWay(): number {
    return this.#assigned.size + this.#unbooked.size;
  }
}

export const receiptsAreConserved: Invariant = {
  id: 'I-46',
  statement:
    'What came in by itself is assigned to loans, paid back or in suspense, to the cent; each part reaches its loan once',
  check: () => {
    const suspense = new Suspense();
    return {
      see: (fact) => {
        switch (fact.type) {
          case 'ReceiptRecorded':
          case 'ReceiptAssigned':
          case 'ReceiptRefunded':
            return suspense.take(fact);
          case 'RepaymentReceived':
            return suspense.receive(fact);
          case 'EntryPosted':
            return suspense.book(fact.data);
          default:
            return undefined;
        }
      },
      unfinished: () => suspense.underWay,
    };
  },
};
