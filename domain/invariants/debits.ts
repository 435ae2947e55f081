import { compareMoney, parseMoney } from '../kernel';
import { unpaidOf } from '../loan';
import type { LoanAccount } from '../schedule';
import type { Invariant, LoggedFact } from './invariant';

type Ordered = Extract<LoggedFact, { type: 'DebitOrdered' }>['data'];
type Initiated = Extract<LoggedFact, { type: 'RepaymentInitiated' }>['data'];
type Agreed = Extract<LoggedFact, { type: 'MandateGranted' }>['data']['agreement'];

const isMore = (one: Ordered['amount'], other: Ordered['amount']): boolean =>
  compareMoney(parseMoney(one), parseMoney(other)) > 0;

/** Whether as much is unpaid, of what is due by the day of the order, by the loan's own account. */
const isUnpaid = (account: LoanAccount, { due, orderedOn }: Ordered): boolean =>
  unpaidOf(account, orderedOn) >= parseMoney(due).minor;

/** Orders by loan: at most one at a time, each under a live mandate, for a due date that has not been paid by one. */
class Orders {
  /** Sent, and whether a part of what was ordered will do. */
  readonly #sent = new Map<string, boolean>();
  readonly #live = new Map<string, Agreed>();
  readonly #open = new Map<string, Ordered>();
  /** The latest due date of a loan that a debit has taken all of that it was for. */
  readonly #taken = new Map<string, string>();

  grant(loan: string, agreement: Agreed): void {
    this.#live.set(loan, agreement);
  }

  end(loan: string): void {
    this.#live.delete(loan);
  }

  get open(): number {
    return this.#open.size;
  }

  /** @param accounts the loan's own, as whoever ordered this may have seen it */
  order(order: Ordered, accounts: readonly LoanAccount[]): string | undefined {
    const { loanId, repaymentId, dueDate, due, amount, orderedOn } = order;
    const agreed = this.#live.get(loanId);
    const beside = this.#open.get(loanId);
    this.#open.set(loanId, order);
    if (agreed === undefined) return `${repaymentId} is ordered without a live mandate`;
    if (orderedOn < agreed.from || orderedOn > agreed.to) return `${repaymentId} is ordered outside of its mandate`;
    if (beside !== undefined) return `${repaymentId} is ordered beside ${beside.repaymentId}`;
    if (dueDate <= (this.#taken.get(loanId) ?? '')) return `${dueDate} of ${loanId} is debited again`;
    if (isMore(amount, due) || isMore(amount, agreed.perDebit)) {
      return `${repaymentId} takes ${amount.amount} of ${due.amount}`;
    }
    return accounts.some((account) => isUnpaid(account, order))
      ? undefined
      : `${repaymentId} is for ${due.amount}, which ${loanId} does not owe on ${orderedOn}`;
  }

  initiate(repayment: string, { loanId: loan, amount, mayBePartial }: Initiated): string | undefined {
    const order = this.#open.get(loan);
    this.#sent.set(repayment, mayBePartial === true);
    if (order?.repaymentId !== repayment) return `${repayment} is sent without an order`;
    return order.amount.amount === amount.amount
      ? undefined
      : `${order.amount.amount} is ordered, not ${amount.amount}`;
  }

  settle(repayment: string, loan: string, amount: Ordered['amount']): string | undefined {
    const order = this.#open.get(loan);
    if (order?.repaymentId !== repayment) return undefined;
    const mayBePartial = this.#sent.get(repayment) === true;
    this.#sent.delete(repayment);
    if (isMore(amount, order.amount)) return `${amount.amount} is taken of ${order.amount.amount}`;
    if (amount.amount === order.amount.amount) this.#taken.set(loan, order.dueDate);
    else if (!mayBePartial) return `${amount.amount} is taken, where all of ${order.amount.amount} was asked for`;
    return undefined;
  }

  conclude(loan: string, repayment: string): string | undefined {
    const order = this.#open.get(loan);
    this.#open.delete(loan);
    return order?.repaymentId === repayment ? undefined : `${repayment} is concluded and was not ordered`;
  }
}

export const debitsHaveMandates: Invariant = {
  id: 'I-24',
  statement:
    'No debit without a live mandate; what falls due is debited once at most, and never more than is due and agreed',
  check: ({ accounts }) => {
    const orders = new Orders();
    return {
      see: (fact) => {
        switch (fact.type) {
          case 'MandateGranted':
            orders.grant(fact.data.loanId, fact.data.agreement);
            return undefined;
          case 'MandateRevoked':
          case 'MandateExpired':
          case 'MandateRefused':
            orders.end(fact.data.loanId);
            return undefined;
          case 'DebitOrdered':
            return orders.order(fact.data, accounts.seenBy(fact.data.loanId, fact.meta.bookedAt));
          case 'RepaymentInitiated':
            return fact.data.kind === 'automatic' ? orders.initiate(fact.stream, fact.data) : undefined;
          case 'RepaymentSettled':
            return orders.settle(fact.stream, fact.data.loanId, fact.data.amount);
          case 'DebitTaken':
          case 'DebitFailed':
            return orders.conclude(fact.data.loanId, fact.data.repaymentId);
          default:
            return undefined;
        }
      },
      unfinished: () => orders.open,
    };
  },
};
