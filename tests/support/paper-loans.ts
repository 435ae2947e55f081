import {
  type ApplicationId,
  assert,
  type BorrowerId,
  type BusinessDate,
  isRefusal,
  type LoanId,
  loanId,
  type MoneyText,
  type PayoutId,
  parseMoney,
  payoutId,
  productId,
  repaymentId,
} from '../../domain/kernel';
import { duesOn, type LoanState, loanCommands, loanDecider, nextAgingDate, standingOf } from '../../domain/loan';
import type { Quote } from '../../domain/schedule';
import { type LoanDoc, projections } from '../../projections';
import { issuedOn } from './decider-specification';
import { answer as factsOf, type Given } from './example-loan';

interface Lent {
  readonly id: LoanId;
  readonly borrower: BorrowerId;
  state: LoanState;
  doc: LoanDoc | undefined;
  /** The next day on which time brings it something. */
  ages: BusinessDate | undefined;
}

/** What the staff may do to a loan, by the last part of its path. */
const SERVICES = {
  'write-off': 'WriteOffLoan',
  credits: 'ApplyCredit',
  charges: 'AddCharge',
  'charge-waivers': 'WaiveCharge',
  'rate-changes': 'ChangeRate',
  'due-date-moves': 'MoveDueDate',
  'term-extensions': 'ExtendTerm',
  reversals: 'ReverseFact',
} as const;

export interface Contract {
  readonly applicationId: ApplicationId;
  readonly borrower: BorrowerId;
  readonly productKey: string;
  readonly cardId: string;
  readonly contract: Quote;
}

/** The loans of the paper house: the real decider and the real read model of loans, over a map. */
export class PaperLoans {
  readonly loans = new Map<string, Lent>();

  at(id: string): Lent {
    const loan = this.loans.get(id);
    assert(loan !== undefined, `no ${id}`);
    return loan;
  }

  /** Opens the loan of a contract; one that is lent in one sum is paid out at once. */
  open({ applicationId, borrower, productKey, cardId, contract }: Contract, today: BusinessDate): LoanId {
    const id = loanId(applicationId);
    const loan: Lent = { id, borrower, state: loanDecider.initial, doc: undefined, ages: undefined };
    this.loans.set(id, loan);
    this.#obey(loan, today, {
      type: 'OpenLoan',
      data: {
        loanId: id,
        applicationId,
        borrowerId: borrower,
        productId: productId(productKey),
        contract,
        documentHash: 'a1',
        payee: { cardId, bank: 'Paper Bank', lastFour: '0000' },
      },
      facts: { cap: '0.24' },
    });
    if (!contract.terms.tranches.several) this.disburse(id, payoutId(id), contract.principal, today);
    return id;
  }

  disburse(id: LoanId, payout: PayoutId, amount: MoneyText, today: BusinessDate): void {
    const data = { loanId: id, payoutId: payout, amount, settledOn: today, channel: 'paper' };
    this.#obey(this.at(id), today, { type: 'DisburseLoan', data });
  }

  /** The code of a refusal, if it is one. */
  draw(loan: Lent, payout: PayoutId, amount: MoneyText, today: BusinessDate): string | undefined {
    const data = { loanId: loan.id, borrowerId: loan.borrower, payoutId: payout, amount };
    return this.#try(loan, today, { type: 'DrawTranche', data });
  }

  /** What a repayment of this kind is of; undefined when nothing is owed. */
  amountOf(id: string, asked: MoneyText | undefined, today: BusinessDate): MoneyText | undefined {
    const { payoff } = standingOf(this.at(id).state, today);
    const amount = payoff === undefined ? undefined : (asked ?? payoff);
    assert(amount === undefined || parseMoney(amount).minor > 0n, 'nothing is paid');
    return amount;
  }

  /** Takes what is due and unpaid. */
  debit(id: LoanId, on: BusinessDate): void {
    const { status, unpaid } = duesOn(this.at(id).state, on);
    if (status !== 'active' || unpaid === undefined || parseMoney(unpaid).minor <= 0n) return;
    this.repay(id, `debit-${on}-${id.slice(5)}`, unpaid, on);
  }

  repay(id: string, key: string, amount: MoneyText, valueDate: BusinessDate): void {
    const loan = this.at(id);
    const data = { loanId: loan.id, repaymentId: repaymentId(key), amount, valueDate };
    this.#obey(loan, valueDate, { type: 'ApplyRepayment', data });
  }

  /** The code of a refusal, if it is one. */
  serve(id: string, way: string, body: object, today: BusinessDate): string | undefined {
    const type = SERVICES[way as keyof typeof SERVICES];
    assert(type !== undefined, `nobody does ${way}`);
    const data = loanCommands[type].parse({ loanId: id, ...body });
    // The data was read by the command's own schema.
    return this.#try(this.at(id), today, { type, data } as Given);
  }

  factsOf(id: string): readonly { readonly id: string; readonly kind: string }[] {
    const { state } = this.at(id);
    return state.status === 'lent' ? state.facts.map(({ id: of, kind }) => ({ id: of, kind })) : [];
  }

  /** Brings every loan to what time has brought it. */
  age(today: BusinessDate): void {
    for (const loan of this.loans.values()) {
      for (let asOf = loan.ages; asOf !== undefined && asOf <= today; asOf = loan.ages) {
        this.#obey(loan, today, { type: 'AgeLoan', data: { loanId: loan.id, asOf } });
      }
    }
  }

  #try(loan: Lent, today: BusinessDate, command: Given): string | undefined {
    const outcome = loanDecider.decide({ ...issuedOn(today), ...command }, loan.state);
    if (isRefusal(outcome)) return outcome.code;
    this.#obey(loan, today, command);
    return undefined;
  }

  /** The facts that follow, and the read model's own document of them. */
  #obey(loan: Lent, today: BusinessDate, command: Given): void {
    for (const event of factsOf(loan.state, today, command)) {
      loan.state = loanDecider.evolve(loan.state, event);
      // The fold of loans looks at a fact's stream, type and data alone.
      const fact = { ...event, stream: loan.id } as unknown as Parameters<typeof projections.loans.fold>[1];
      loan.doc = projections.loans.fold(loan.doc, fact, loan.id);
    }
    loan.ages = nextAgingDate(loan.state);
  }
}
