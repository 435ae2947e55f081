import {
  add,
  assert,
  compareMoney,
  formatMinor,
  formatMoney,
  isPositive,
  isZero,
  type Money,
  moneyOf,
  parseMoney,
  type Refusal,
  refuse,
  subtract,
  unreachable,
} from '../kernel';
import type { CreditLineCommand } from './commands';
import type { CreditLineEvent } from './events';
import { type CreditLineState, type OpenCreditLine, usageOf } from './state';

type Outcome = readonly CreditLineEvent[] | Refusal;
type Given<Type extends CreditLineCommand['type']> = Extract<CreditLineCommand, { readonly type: Type }>;

/** Nothing is left to do: what the command asks for is so already. */
const NOTHING: readonly CreditLineEvent[] = [];

/**
 * What follows from a command on a credit line. A frozen line reserves nothing new; what was reserved before can still
 * be drawn, because by then a contract has been signed and the money has moved.
 */
export const decide = (command: CreditLineCommand, state: CreditLineState): Outcome => {
  if (command.type === 'OpenCreditLine') return open(command, state);
  return state.status === 'none' ? decideUnopened(command) : decideOpened(command, state);
};

const open = ({ data: { borrowerId, limit } }: Given<'OpenCreditLine'>, state: CreditLineState): Outcome => {
  if (state.status === 'none') {
    return isPositive(parseMoney(limit))
      ? [{ type: 'CreditLineOpened', data: { borrowerId, limit } }]
      : refuse('AMOUNT_NOT_POSITIVE', `a limit of ${limit.amount} ${limit.currency}`);
  }
  return state.borrowerId === borrowerId ? NOTHING : refuse('ALREADY_EXISTS', 'the line belongs to another borrower');
};

type OnOpened = Exclude<CreditLineCommand, Given<'OpenCreditLine'>>;

/** A line that was never opened has nothing free, and nothing to give back. */
const decideUnopened = (command: OnOpened): Outcome => {
  switch (command.type) {
    case 'ReserveCredit':
      return refuse('CREDIT_LINE_INSUFFICIENT', 'the borrower has no credit line');
    case 'ReleaseCredit':
      return NOTHING;
    default:
      return refuse('NOT_FOUND', `no credit line ${command.data.creditLineId}`);
  }
};

const decideOpened = (command: OnOpened, state: OpenCreditLine): Outcome => {
  switch (command.type) {
    case 'ReserveCredit':
      return reserve(command, state);
    case 'ReleaseCredit':
      return release(command, state);
    case 'DrawCredit':
      return draw(command, state);
    case 'RestoreCredit':
      return restore(command, state);
    case 'FreezeCreditLine':
      return state.status === 'frozen'
        ? NOTHING
        : [{ type: 'CreditLineFrozen', data: { reason: command.data.reason } }];
    case 'UnfreezeCreditLine':
      return state.status === 'open'
        ? NOTHING
        : [{ type: 'CreditLineUnfrozen', data: { reason: command.data.reason } }];
    default:
      return unreachable(command);
  }
};

/** An amount that can be used on this line, or why it cannot. */
const usable = (money: Money, state: OpenCreditLine): Refusal | undefined => {
  if (money.currency !== state.limit.currency) {
    return refuse('CURRENCY_MISMATCH', `the line is in ${state.limit.currency}`);
  }
  return isPositive(money) ? undefined : refuse('AMOUNT_NOT_POSITIVE', `an amount of ${formatMoney(money).amount}`);
};

const reserve = ({ data: { applicationId, amount } }: Given<'ReserveCredit'>, state: OpenCreditLine): Outcome => {
  // What was given back can be reserved again: a rejected application may be looked at once more.
  const before = state.reservations.get(applicationId);
  if (before !== undefined && before.status !== 'released') return NOTHING;
  if (state.status === 'frozen') return refuse('CREDIT_LINE_FROZEN', 'nothing can be reserved in a frozen line');
  const asked = parseMoney(amount);
  const unusable = usable(asked, state);
  if (unusable) return unusable;
  const { free } = usageOf(state);
  return compareMoney(asked, free) <= 0
    ? [{ type: 'CreditReserved', data: { applicationId, amount } }]
    : refuse('CREDIT_LINE_INSUFFICIENT', `${formatMoney(free).amount} ${free.currency} is free`);
};

/** Gives back exactly what was reserved. Releasing what is not reserved (any more) changes nothing. */
const release = ({ data: { applicationId, reason } }: Given<'ReleaseCredit'>, state: OpenCreditLine): Outcome => {
  const reservation = state.reservations.get(applicationId);
  if (reservation?.status !== 'reserved') return NOTHING;
  const amount = formatMoney(moneyOf(reservation.minor, state.limit.currency));
  return [{ type: 'CreditReleased', data: { applicationId, amount, reason } }];
};

const draw = ({ data: { applicationId, loanId, amount } }: Given<'DrawCredit'>, state: OpenCreditLine): Outcome => {
  const reservation = state.reservations.get(applicationId);
  if (reservation?.status === 'drawn' && reservation.loanId === loanId) return NOTHING;
  if (reservation?.status !== 'reserved') {
    return refuse('RESERVATION_NOT_FOUND', `nothing is reserved for ${applicationId}`);
  }
  const drawn = parseMoney(amount);
  const unusable = usable(drawn, state);
  if (unusable) return unusable;
  const reserved = moneyOf(reservation.minor, state.limit.currency);
  if (compareMoney(drawn, reserved) > 0) {
    return refuse('AMOUNT_MISMATCH', `${formatMoney(reserved).amount} is reserved, ${amount.amount} was to be drawn`);
  }
  const released = subtract(reserved, drawn);
  assert(compareMoney(add(drawn, released), reserved) === 0, 'a draw uses up its reservation');
  return [{ type: 'CreditDrawn', data: { applicationId, loanId, amount, released: formatMoney(released) } }];
};

const restore = ({ data: { loanId, cause, amount } }: Given<'RestoreCredit'>, state: OpenCreditLine): Outcome => {
  const restored = parseMoney(amount);
  if (state.restoredBy.has(cause) || isZero(restored)) return NOTHING;
  const unusable = usable(restored, state);
  if (unusable) return unusable;
  const drawn = state.drawn.get(loanId) ?? 0n;
  return restored.minor <= drawn
    ? [{ type: 'CreditRestored', data: { loanId, cause, amount } }]
    : refuse('AMOUNT_MISMATCH', `${loanId} has ${formatMinor(drawn, restored.currency)} drawn`);
};
