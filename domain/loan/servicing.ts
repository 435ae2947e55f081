import { unreachable } from '../kernel';
import { type FactText, knownOn } from './account';
import type { LoanCommand } from './commands';
import type { LoanEvent } from './events';
import { factId, factNamed, type LentLoan } from './state';

const SERVICING = [
  'ApplyCredit',
  'RefundCreditBalance',
  'AddCharge',
  'WaiveCharge',
  'AdjustCharge',
  'ChargeBackRepayment',
  'ChangeRate',
  'MoveDueDate',
  'ExtendTerm',
  'GrantGrace',
  'ReAgeLoan',
  'ReAmortizeLoan',
  'PauseInterest',
  'ChargeOffLoan',
  'TerminateContract',
  'SettleLoan',
  'ReverseFact',
] as const satisfies readonly LoanCommand['type'][];

/** A command that is one fact of a lent loan, and nothing besides. */
export type Servicing = Extract<LoanCommand, { type: (typeof SERVICING)[number] }>;

export const isServicing = (command: LoanCommand): command is Servicing =>
  SERVICING.some((type) => type === command.type);

/** The events that say nothing beyond their fact. */
type ServicingEvent = Extract<
  LoanEvent['type'],
  | 'CreditApplied'
  | 'CreditBalanceRefunded'
  | 'ChargeAdded'
  | 'ChargeWaived'
  | 'ChargeAdjusted'
  | 'RepaymentChargedBack'
  | 'RateChanged'
  | 'DueDateMoved'
  | 'TermExtended'
  | 'GraceGranted'
  | 'LoanReAged'
  | 'LoanReAmortized'
  | 'InterestPaused'
  | 'LoanChargedOff'
  | 'ContractTerminated'
  | 'LoanSettled'
  | 'FactReversed'
>;

/** The fact that a command puts on record, named by the command's own id, and the event that carries it. */
export const servicingOf = (
  command: Servicing,
  loan: LentLoan,
): { readonly fact: FactText; readonly event: ServicingEvent } => {
  const dated = { id: factId(loan, command.id), ...knownOn(command.businessDate, command.data.valueDate) };
  const named = (name: string): string => factNamed(loan, name)?.id ?? name;
  switch (command.type) {
    case 'ApplyCredit': {
      const { credit, amount, refundsInterest } = command.data;
      const fact = { ...dated, kind: 'credit', credit, amount: amount.amount } as const;
      return { event: 'CreditApplied', fact: refundsInterest === undefined ? fact : { ...fact, refundsInterest } };
    }
    case 'RefundCreditBalance':
      return {
        event: 'CreditBalanceRefunded',
        fact: { ...dated, kind: 'credit-balance-refund', amount: command.data.amount.amount },
      };
    case 'AddCharge': {
      const { charge, calculation, dueOn } = command.data;
      const fact = { ...dated, kind: 'charge', charge, calculation } as const;
      return { event: 'ChargeAdded', fact: dueOn === undefined ? fact : { ...fact, dueOn } };
    }
    case 'WaiveCharge': {
      const { of, installment } = command.data;
      const fact = { ...dated, kind: 'charge-waiver', of: named(of) } as const;
      return { event: 'ChargeWaived', fact: installment === undefined ? fact : { ...fact, installment } };
    }
    case 'AdjustCharge': {
      const { of, amount } = command.data;
      return {
        event: 'ChargeAdjusted',
        fact: { ...dated, kind: 'charge-adjustment', of: named(of), amount: amount.amount },
      };
    }
    case 'ChargeBackRepayment': {
      const { of, amount } = command.data;
      return {
        event: 'RepaymentChargedBack',
        fact: { ...dated, kind: 'chargeback', of: named(of), amount: amount.amount },
      };
    }
    case 'ChangeRate':
      return { event: 'RateChanged', fact: { ...dated, kind: 'rate-change', perYear: command.data.perYear } };
    case 'MoveDueDate': {
      const { from, to } = command.data;
      return { event: 'DueDateMoved', fact: { ...dated, kind: 'due-date-move', from, to } };
    }
    case 'ExtendTerm': {
      const { from, installments: count } = command.data;
      return { event: 'TermExtended', fact: { ...dated, kind: 'extra-installments', from, count } };
    }
    case 'GrantGrace': {
      const { from, principal, interest } = command.data;
      return { event: 'GraceGranted', fact: { ...dated, kind: 'grace', from, principal, interest } };
    }
    case 'ReAgeLoan': {
      const { period, startsOn, installments, interest } = command.data;
      return { event: 'LoanReAged', fact: { ...dated, kind: 're-age', period, startsOn, installments, interest } };
    }
    case 'ReAmortizeLoan':
      return { event: 'LoanReAmortized', fact: { ...dated, kind: 're-amortize', interest: command.data.interest } };
    case 'PauseInterest':
      return { event: 'InterestPaused', fact: { ...dated, kind: 'interest-pause', through: command.data.through } };
    case 'ChargeOffLoan':
      return { event: 'LoanChargedOff', fact: { ...dated, kind: 'charge-off' } };
    case 'TerminateContract':
      return { event: 'ContractTerminated', fact: { ...dated, kind: 'termination' } };
    case 'SettleLoan':
      return { event: 'LoanSettled', fact: { ...dated, kind: 'settlement', amount: command.data.amount.amount } };
    case 'ReverseFact':
      return { event: 'FactReversed', fact: { ...dated, kind: 'undo', of: named(command.data.of) } };
    default:
      return unreachable(command);
  }
};
