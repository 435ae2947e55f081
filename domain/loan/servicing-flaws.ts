import { dayOf } from '../calendar';
import { type BusinessDate, parseMoney, type Refusal, refuse } from '../kernel';
import type { Servicing } from './servicing';
import { payoffOn } from './standing';
import { factNamed, isGivenUp, type LentLoan, termsOf } from './state';

/** What may still happen to a loan that owes nothing any more. */
const AFTER_THE_END: ReadonlySet<Servicing['type']> = new Set<Servicing['type']>([
  'ApplyCredit',
  'RefundCreditBalance',
  'ChargeBackRepayment',
  'ReverseFact',
]);

/** What is worked out of the plan as a whole: only loans whose periods are planned together have one. */
const asksForWholePlan = (command: Servicing): boolean => {
  switch (command.type) {
    case 'ReAgeLoan':
    case 'ReAmortizeLoan':
    case 'TerminateContract':
      return true;
    case 'ApplyCredit':
      return command.data.refundsInterest === true;
    default:
      return false;
  }
};

/** What a loan has against a command that names a fact, a due date or an amount of it. */
export const flawOfServicing = (command: Servicing, loan: LentLoan): Refusal | undefined => {
  const { loanId } = command.data;
  const ended = loan.closedOn !== undefined || isGivenUp(loan);
  if (ended && !AFTER_THE_END.has(command.type)) return refuse('LOAN_NOT_ACTIVE', `${loanId} owes nothing any more`);
  if (termsOf(loan).planning === 'cumulative' && asksForWholePlan(command)) {
    return refuse('PLANNED_BY_PERIODS', 'a loan that is planned period by period keeps the plan it began with');
  }
  switch (command.type) {
    case 'WaiveCharge':
    case 'AdjustCharge':
      return isCharge(loan, command.data.of) ? undefined : unknown(command.data.of);
    case 'ChargeBackRepayment':
      return flawOfChargeback(command.data, loan);
    case 'ReverseFact':
      return flawOfReversal(command.data.of, loan);
    case 'MoveDueDate':
    case 'ExtendTerm':
    case 'GrantGrace':
      return isOpenDueDate(loan, command.data.from)
        ? undefined
        : refuse('FACT_UNKNOWN', `no unpaid installment is due on ${command.data.from}`);
    case 'ReAmortizeLoan':
      return hasLaterInstallment(loan, command.data.valueDate)
        ? undefined
        : refuse('LOAN_MATURED', `no installment is due after ${command.data.valueDate}`);
    case 'RefundCreditBalance':
      return parseMoney(command.data.amount).minor <= loan.account.overpaid
        ? undefined
        : refuse('AMOUNT_MISMATCH', 'less is held for the borrower');
    case 'SettleLoan':
      return flawOfSettlement(command.data, loan);
    default:
      return undefined;
  }
};

const unknown = (of: string): Refusal => refuse('FACT_UNKNOWN', `the loan has no such fact as ${of}`);

/** A charge of the staff by its fact, one of the terms by its name. */
const isCharge = (loan: LentLoan, of: string): boolean =>
  factNamed(loan, of)?.kind === 'charge' || loan.account.charges.some(({ fact }) => fact === of);

const isOpenDueDate = ({ account }: LentLoan, day: BusinessDate): boolean =>
  account.installments.some(({ due, metOn }) => due === dayOf(day) && metOn === undefined);

const hasLaterInstallment = ({ account }: LentLoan, day: BusinessDate): boolean =>
  account.installments.some(({ due, kind }) => due > dayOf(day) && kind !== 'additional' && kind !== 'down-payment');

const flawOfChargeback = (
  { of, amount }: Extract<Servicing, { type: 'ChargeBackRepayment' }>['data'],
  loan: LentLoan,
): Refusal | undefined => {
  const fact = factNamed(loan, of);
  if (fact?.kind !== 'credit' || isReversed(loan, fact.id)) return unknown(of);
  const before = loan.facts.reduce(
    (sum, each) =>
      each.kind === 'chargeback' && each.of === fact.id && !isReversed(loan, each.id) ? sum + each.amount : sum,
    0n,
  );
  return before + parseMoney(amount).minor <= fact.amount
    ? undefined
    : refuse('AMOUNT_MISMATCH', `${of} was of less, or has been charged back before`);
};

const flawOfSettlement = (
  { valueDate, amount }: Extract<Servicing, { type: 'SettleLoan' }>['data'],
  loan: LentLoan,
): Refusal | undefined => {
  const payoff = payoffOn(loan, valueDate);
  const whole = payoff === undefined || parseMoney(amount).minor >= parseMoney(payoff.total).minor;
  return whole ? refuse('AMOUNT_MISMATCH', 'a settlement is of less than what is owed') : undefined;
};

const flawOfReversal = (of: string, loan: LentLoan): Refusal | undefined => {
  const fact = factNamed(loan, of);
  if (fact === undefined || isReversed(loan, fact.id)) return unknown(of);
  return fact.kind === 'disbursement'
    ? refuse('WRONG_STATUS', 'money that was paid out comes back as a refund, not by taking back the payout')
    : undefined;
};

/** Whether a fact was taken back, and that not taken back in turn. */
const isReversed = (loan: LentLoan, id: string): boolean =>
  loan.facts.some((fact) => fact.kind === 'undo' && fact.of === id && !isReversed(loan, fact.id));
