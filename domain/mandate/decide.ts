import {
  automaticRepaymentId,
  compareMoney,
  formatMoney,
  isPositive,
  type Money,
  minMoney,
  moneyOf,
  parseMoney,
  type Refusal,
  refuse,
  unreachable,
} from '../kernel';
import type { DebitFacts, MandateCommand } from './commands';
import type { Agreement, MandateEvent, OBSTACLES } from './events';
import { recordDebit } from './record-debit';
import { type KnownMandate, type MandateState, orderedInMonth } from './state';

type CommandOfType<Type extends MandateCommand['type']> = Extract<MandateCommand, { type: Type }>;
type Outcome = readonly MandateEvent[] | Refusal;
type Obstacle = (typeof OBSTACLES)[number];

/**
 * What follows from a command on a mandate. A debit is ordered only while the mandate is live, only for what is due and
 * unpaid, and never beside another one whose outcome is not known; every due date is handled once.
 */
export const decide = (command: MandateCommand, state: MandateState): Outcome => {
  if (command.type === 'GrantMandate') return grant(command, state);
  if (state.status === 'none') return refuse('NOT_FOUND', `there is no ${command.data.mandateId}`);
  switch (command.type) {
    case 'RevokeMandate':
      return revoke(command, state);
    case 'ExpireMandate':
      return expire(command, state);
    case 'AnnounceDebit':
      return announce(command, state);
    case 'OrderDebit':
      return orderDebit(command, state);
    case 'RecordDebit':
      return recordDebit(command, state);
    default:
      return unreachable(command);
  }
};

const grant = ({ data, facts, businessDate }: CommandOfType<'GrantMandate'>, state: MandateState): Outcome => {
  const { mandateId, loanId, borrowerId, agreement } = data;
  const { dues, borrower, payer } = facts;
  if (state.status === 'live') return refuse('ALREADY_EXISTS', `${mandateId} is in force; revoke it first`);
  if (dues.borrowerId !== borrowerId) return refuse('NOT_FOUND', `there is no ${loanId}`);
  if (dues.status !== 'active' && dues.status !== 'opened') {
    return refuse('LOAN_NOT_ACTIVE', `${loanId} is ${dues.status}`);
  }
  if (payer === undefined) return refuse('CARD_UNKNOWN', 'the card is not bound to the borrower');
  if (!borrower.consents.includes('direct-debit')) return refuse('CONSENT_NOT_IN_FORCE', 'direct-debit');
  const fault = faultIn(agreement) ?? (agreement.to < businessDate ? 'to: it is over already' : undefined);
  if (fault !== undefined) return refuse('MANDATE_TERMS_INVALID', fault);
  if (dues.unpaid !== undefined && dues.unpaid.currency !== agreement.perDebit.currency) {
    return refuse('CURRENCY_MISMATCH', `the loan is in ${dues.unpaid.currency}`);
  }
  const number = state.status === 'none' ? 1 : state.number + 1;
  const granted = { loanId, borrowerId, number, payer, agreement, grantedOn: businessDate };
  return [{ type: 'MandateGranted', data: granted }];
};

/** The first thing that is wrong with an agreement; undefined when it can stand. */
const faultIn = ({ perDebit, perMonth, from, to, payDays }: Agreement): string | undefined => {
  if (perDebit.currency !== perMonth.currency) return 'perMonth: another currency than perDebit';
  if (!isPositive(parseMoney(perDebit))) return 'perDebit: above zero';
  if (compareMoney(parseMoney(perDebit), parseMoney(perMonth)) > 0) return 'perDebit: above what a month allows';
  if (from > to) return 'from: after the last day';
  return new Set(payDays).size === payDays.length ? undefined : 'payDays: one is named twice';
};

/** With the mandate ends the trying again; a debit that has been ordered goes on. */
const andNoMore = ({ loanId, trying }: KnownMandate): readonly MandateEvent[] =>
  trying?.planned === undefined
    ? []
    : [{ type: 'DebitGivenUp', data: { loanId, dueDate: trying.dueDate, reason: 'mandate-ended' } }];

const revoke = ({ data }: CommandOfType<'RevokeMandate'>, state: KnownMandate): Outcome => {
  const { mandateId, borrowerId, reason } = data;
  if (state.borrowerId !== borrowerId) return refuse('NOT_FOUND', `there is no ${mandateId}`);
  if (state.status !== 'live') return [];
  const { loanId, number } = state;
  return [{ type: 'MandateRevoked', data: { loanId, number, reason } }, ...andNoMore(state)];
};

const expire = ({ data, businessDate }: CommandOfType<'ExpireMandate'>, state: KnownMandate): Outcome => {
  const { loanId, number, agreement } = state;
  if (state.status !== 'live' || data.number !== number || businessDate <= agreement.to) return [];
  return [{ type: 'MandateExpired', data: { loanId, number, expiredOn: businessDate } }, ...andNoMore(state)];
};

const announce = (
  { data: { dueDate }, facts: { dues }, businessDate }: CommandOfType<'AnnounceDebit'>,
  state: KnownMandate,
): Outcome => {
  if (state.status !== 'live' || dueDate <= state.announcedThrough || dueDate < businessDate) return [];
  const { loanId, borrowerId, payer, agreement } = state;
  if (dueDate < agreement.from || dueDate > agreement.to || dues.status !== 'active') return [];
  if (dues.unpaid === undefined) return [];
  const amount = minMoney(parseMoney(dues.unpaid), parseMoney(agreement.perDebit));
  if (!isPositive(amount)) return [];
  const told = { loanId, dueDate, borrowerId, amount: formatMoney(amount), payer, announcedOn: businessDate };
  return [{ type: 'DebitAnnounced', data: told }];
};

const orderDebit = (command: CommandOfType<'OrderDebit'>, state: KnownMandate): Outcome => {
  const { data, facts, businessDate } = command;
  const { mandateId, loanId, dueDate, attempt } = data;
  if (loanId !== state.loanId) return refuse('NOT_FOUND', `${mandateId} is for ${state.loanId}`);
  if (dueDate > businessDate) return refuse('VALUE_DATE_INVALID', `${dueDate} has not come`);
  if (state.status !== 'live') return refuse('MANDATE_NOT_LIVE', `${mandateId} is ${state.status}`);
  if (!isNext(state, data)) return [];
  const { inFlight, trying, borrowerId, payer } = state;
  if (inFlight) {
    return [{ type: 'DebitDeferred', data: { loanId, dueDate, behind: inFlight.repaymentId } }];
  }
  const superseded = trying?.planned !== undefined && trying.dueDate !== dueDate ? trying.dueDate : undefined;
  const before: readonly MandateEvent[] =
    superseded === undefined
      ? []
      : [{ type: 'DebitGivenUp', data: { loanId, dueDate: superseded, reason: 'next-due-date' } }];
  const found = obstacleOrAmount(state, facts, businessDate);
  if (typeof found === 'string') {
    const type = attempt === 1 ? 'DebitPassedOver' : 'DebitGivenUp';
    return [...before, { type, data: { loanId, dueDate, reason: found } }];
  }
  const { due, amount } = found;
  const ordered = {
    ...{ loanId, dueDate, attempt, repaymentId: automaticRepaymentId(loanId, dueDate, attempt), borrowerId, payer },
    ...{ due: formatMoney(due), amount: formatMoney(amount), orderedOn: businessDate },
  };
  return [...before, { type: 'DebitOrdered', data: ordered }];
};

/** Whether it is this attempt's turn: the first for a due date that comes next, or the one that is planned. */
const isNext = (
  { handledThrough, trying }: KnownMandate,
  { dueDate, attempt }: CommandOfType<'OrderDebit'>['data'],
): boolean => (trying?.dueDate === dueDate ? trying.planned === attempt : attempt === 1 && dueDate > handledThrough);

/** What is due and unpaid, and how much of it may be debited now; or what stands in the way. */
const obstacleOrAmount = (
  state: KnownMandate,
  { dues, borrower }: DebitFacts,
  on: CommandOfType<'OrderDebit'>['businessDate'],
): Obstacle | { readonly due: Money; readonly amount: Money } => {
  const { agreement, payer } = state;
  if (on < agreement.from || on > agreement.to) return 'not-in-force';
  if (!borrower.consents.includes('direct-debit')) return 'consent-not-in-force';
  if (!borrower.cards.includes(payer.cardId)) return 'card-unknown';
  if (dues.status !== 'active' || dues.unpaid === undefined) return 'loan-not-active';
  const due = parseMoney(dues.unpaid);
  if (!isPositive(due)) return 'nothing-due';
  const perMonth = parseMoney(agreement.perMonth);
  const leftInMonth = moneyOf(perMonth.minor - orderedInMonth(state, on), perMonth.currency);
  if (!isPositive(leftInMonth)) return 'limit-reached';
  return { due, amount: minMoney(due, minMoney(parseMoney(agreement.perDebit), leftInMonth)) };
};
