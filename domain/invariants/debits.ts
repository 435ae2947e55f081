import { compareMoney, parseMoney } from '../kernel';
import type { Invariant, LoggedFact } from './invariant';

type Ordered = Extract<LoggedFact, { type: 'DebitOrdered' }>['data'];
type Agreed = Extract<LoggedFact, { type: 'MandateGranted' }>['data']['agreement'];

const isMore = (one: Ordered['amount'], other: Ordered['amount']): boolean =>
  compareMoney(parseMoney(one), parseMoney(other)) > 0;

/** Orders by loan: at most one at a time, each under a live mandate, for a due date that has not been paid by one. */
class Orders {
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

  order(order: Ordered): string | undefined {
    const { loanId, repaymentId, dueDate, due, amount, orderedOn } = order;
    const agreed = this.#live.get(loanId);
    const beside = this.#open.get(loanId);
    this.#open.set(loanId, order);
    if (agreed === undefined) return `${repaymentId} is ordered without a live mandate`;
    if (orderedOn < agreed.from || orderedOn > agreed.to) return `${repaymentId} is ordered outside of its mandate`;
    if (beside !== undefined) return `${repaymentId} is ordered beside ${beside.repaymentId}`;
    if (dueDate <= (this.#taken.get(loanId) ?? '')) return `${dueDate} of ${loanId} is debited again`;
    return isMore(amount, due) || isMore(amount, agreed.perDebit)
      ? `${repaymentId} takes ${amount.amount} of ${due.amount}`
      : undefined;
  }

  initiate(repayment: string, loan: string, amount: Ordered['amount']): string | undefined {
    const order = this.#open.get(loan);
    if (order?.repaymentId !== repayment) return `${repayment} is sent without an order`;
    return order.amount.amount === amount.amount
      ? undefined
      : `${order.amount.amount} is ordered, not ${amount.amount}`;
  }

  settle(repayment: string, loan: string, amount: Ordered['amount']): string | undefined {
    const order = this.#open.get(loan);
    if (order?.repaymentId !== repayment) return undefined;
    if (isMore(amount, order.amount)) return `${amount.amount} is taken of ${order.amount.amount}`;
    if (amount.amount === order.amount.amount) this.#taken.set(loan, order.dueDate);
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
  check: () => {
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
            return orders.order(fact.data);
          case 'RepaymentInitiated': {
            const { kind, loanId, amount } = fact.data;
            return kind === 'automatic' ? orders.initiate(fact.stream, loanId, amount) : undefined;
          }
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
