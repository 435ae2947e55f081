import {
  addDays,
  assert,
  type BusinessDate,
  type MoneyText,
  parseMoney,
  type RepaymentId,
  unreachable,
} from '../kernel';
import type { MandateEvent } from './events';

type DataOf<Type extends MandateEvent['type']> = Extract<MandateEvent, { type: Type }>['data'];

/** The due date that debits are being tried for. */
interface Trying {
  readonly dueDate: BusinessDate;
  /** Attempts that have been ordered. */
  readonly attempts: number;
  /** How many of them met a no of each kind. */
  readonly noFunds: number;
  readonly technical: number;
  /** The attempt that is to be ordered next, if there is to be one. */
  readonly planned?: number;
}

interface Granted extends Pick<DataOf<'MandateGranted'>, 'loanId' | 'borrowerId' | 'number' | 'payer' | 'agreement'> {
  /** Due dates up to and with it have been announced; those that fell before the mandate are not. */
  readonly announcedThrough: BusinessDate;
  /** Due dates up to and with it have been ordered, deferred or passed over. */
  readonly handledThrough: BusinessDate;
  /** The debit whose outcome is not known: there is never a second one beside it. */
  readonly inFlight?: DataOf<'DebitOrdered'>;
  /** The due date that waits for what is in flight. */
  readonly deferred?: BusinessDate;
  readonly trying?: Trying;
  /** What was ordered in the latest calendar month ("2026-03"), less what was not taken; in minor units. */
  readonly month: { readonly month: string; readonly ordered: bigint };
}

/** The permission to debit one loan, and what is being done under it. `live`: debits may be ordered. */
export type MandateState =
  | { readonly status: 'none' }
  | (Granted & { readonly status: 'live' | 'revoked' | 'expired' | 'refused' });

export type KnownMandate = Exclude<MandateState, { readonly status: 'none' }>;

export const noMandate: MandateState = { status: 'none' };

/** What others need to know of a mandate before they send a debit. */
export interface DebitStanding {
  readonly live: boolean;
  /** The debit that is ordered and not concluded, if there is one. */
  readonly ordered?: Pick<DataOf<'DebitOrdered'>, 'repaymentId' | 'amount' | 'payer'>;
}

export const debitStandingOf = (state: MandateState): DebitStanding =>
  state.status === 'none'
    ? { live: false }
    : { live: state.status === 'live', ...(state.inFlight && { ordered: state.inFlight }) };

const monthOf = (date: BusinessDate): string => date.slice(0, 7);

/** What was ordered in the month of a day, in minor units. */
export const orderedInMonth = ({ month: { month, ordered } }: KnownMandate, on: BusinessDate): bigint =>
  month === monthOf(on) ? ordered : 0n;

const later = (one: BusinessDate, other: BusinessDate): BusinessDate => (one > other ? one : other);

const known = (state: MandateState, { type }: MandateEvent): KnownMandate => {
  assert(state.status !== 'none', () => `${type} before the mandate was granted`);
  return state;
};

export const evolve = (state: MandateState, event: MandateEvent): MandateState => {
  switch (event.type) {
    case 'MandateGranted':
      return grant(state, event.data);
    case 'MandateRevoked':
      return { ...known(state, event), status: 'revoked' };
    case 'MandateExpired':
      return { ...known(state, event), status: 'expired' };
    case 'MandateRefused':
      return { ...known(state, event), status: 'refused' };
    case 'DebitAnnounced': {
      const mandate = known(state, event);
      return { ...mandate, announcedThrough: later(mandate.announcedThrough, event.data.dueDate) };
    }
    case 'DebitOrdered':
      return order(known(state, event), event.data);
    case 'DebitDeferred': {
      const { dueDate } = event.data;
      return { ...known(state, event), deferred: dueDate, handledThrough: dueDate };
    }
    case 'DebitPassedOver': {
      const { trying: _, ...mandate } = known(state, event);
      return { ...mandate, handledThrough: later(mandate.handledThrough, event.data.dueDate) };
    }
    case 'DebitTaken':
      return conclude(known(state, event), event.data.repaymentId, event.data.amount, undefined);
    case 'DebitFailed':
      return conclude(known(state, event), event.data.repaymentId, undefined, event.data.kind);
    case 'DebitRetryPlanned':
      return plan(known(state, event), event.data);
    case 'DebitGivenUp': {
      const { trying: _, ...mandate } = known(state, event);
      return mandate;
    }
    default:
      return unreachable(event);
  }
};

const grant = (state: MandateState, data: DataOf<'MandateGranted'>): MandateState => {
  const { loanId, borrowerId, number, payer, agreement, grantedOn } = data;
  const granted = { status: 'live', loanId, borrowerId, number, payer, agreement } as const;
  // What fell due before is not this mandate's; what is unpaid of it comes with the next due date.
  const before = addDays(later(agreement.from, grantedOn), -1);
  if (state.status === 'none') {
    const month = { month: monthOf(grantedOn), ordered: 0n };
    return { ...granted, announcedThrough: before, handledThrough: before, month };
  }
  // What was being tried, or waited, under the agreement before is over; what is in flight is not.
  const { announcedThrough, handledThrough, trying: _, deferred: __, ...rest } = state;
  return {
    ...rest,
    ...granted,
    announcedThrough: later(announcedThrough, before),
    handledThrough: later(handledThrough, before),
  };
};

const order = (mandate: KnownMandate, data: DataOf<'DebitOrdered'>): KnownMandate => {
  const { dueDate, attempt, amount, orderedOn } = data;
  const { trying } = mandate;
  const before = trying?.dueDate === dueDate ? trying : { noFunds: 0, technical: 0 };
  const ordered = orderedInMonth(mandate, orderedOn) + parseMoney(amount).minor;
  return {
    ...mandate,
    inFlight: data,
    handledThrough: later(mandate.handledThrough, dueDate),
    trying: { dueDate, attempts: attempt, noFunds: before.noFunds, technical: before.technical },
    month: { month: monthOf(orderedOn), ordered },
  };
};

/** A debit is over: what was not taken counts no more against the month. */
const conclude = (
  mandate: KnownMandate,
  repaymentId: RepaymentId,
  taken: MoneyText | undefined,
  refused: DataOf<'DebitFailed'>['kind'] | undefined,
): KnownMandate => {
  const { inFlight, ...rest } = mandate;
  assert(inFlight?.repaymentId === repaymentId, () => `${repaymentId} is concluded and was not in flight`);
  const { trying, month } = rest;
  const untaken = parseMoney(inFlight.amount).minor - (taken === undefined ? 0n : parseMoney(taken).minor);
  const counts = month.month === monthOf(inFlight.orderedOn);
  const short = refused === 'no-funds' || (refused === undefined && untaken > 0n);
  return {
    ...rest,
    month: counts ? { ...month, ordered: month.ordered - untaken } : month,
    ...(trying && {
      trying: {
        ...trying,
        noFunds: trying.noFunds + (short ? 1 : 0),
        technical: trying.technical + (refused === 'technical' ? 1 : 0),
      },
    }),
  };
};

const plan = (mandate: KnownMandate, { dueDate, attempt }: DataOf<'DebitRetryPlanned'>): KnownMandate => {
  const { deferred, ...rest } = mandate;
  const { trying } = rest;
  const same = trying?.dueDate === dueDate ? trying : { dueDate, attempts: 0, noFunds: 0, technical: 0 };
  return {
    ...rest,
    ...(deferred !== undefined && deferred !== dueDate && { deferred }),
    trying: { ...same, planned: attempt },
  };
};
