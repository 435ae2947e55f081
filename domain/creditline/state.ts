import {
  type ApplicationId,
  assert,
  type BorrowerId,
  type LoanId,
  type Money,
  moneyOf,
  parseMoney,
  unreachable,
} from '../kernel';
import type { CreditLineEvent } from './events';

/** What an application reserved. Each application reserves once in its life; its end stays on record. */
export type Reservation =
  | { readonly status: 'reserved'; readonly minor: bigint }
  | { readonly status: 'released' }
  | { readonly status: 'drawn'; readonly loanId: LoanId };

/** A borrower's credit line. Amounts are minor units of the limit's currency; Σ reserved + Σ drawn ≤ limit, always. */
export type CreditLineState =
  | { readonly status: 'none' }
  | {
      readonly status: 'open' | 'frozen';
      readonly borrowerId: BorrowerId;
      readonly limit: Money;
      readonly reservations: ReadonlyMap<ApplicationId, Reservation>;
      /** Principal drawn and not yet repaid, per loan; a loan that owes nothing any more is not in it. */
      readonly drawn: ReadonlyMap<LoanId, bigint>;
      /** Ids of the facts that restored credit. */
      readonly restoredBy: ReadonlySet<string>;
    };

export type OpenCreditLine = Exclude<CreditLineState, { readonly status: 'none' }>;

export const initial: CreditLineState = { status: 'none' };

export const evolve = (state: CreditLineState, event: CreditLineEvent): CreditLineState => {
  if (event.type === 'CreditLineOpened') {
    return {
      status: 'open',
      borrowerId: event.data.borrowerId,
      limit: parseMoney(event.data.limit),
      reservations: new Map(),
      drawn: new Map(),
      restoredBy: new Set(),
    };
  }
  return state.status === 'none' ? state : evolveOpened(state, event);
};

const evolveOpened = (
  state: OpenCreditLine,
  event: Exclude<CreditLineEvent, { readonly type: 'CreditLineOpened' }>,
): CreditLineState => {
  switch (event.type) {
    case 'CreditReserved': {
      const { applicationId, amount } = event.data;
      return withReservation(state, applicationId, { status: 'reserved', minor: parseMoney(amount).minor });
    }
    case 'CreditReleased':
      return withReservation(state, event.data.applicationId, { status: 'released' });
    case 'CreditDrawn': {
      const { applicationId, loanId, amount } = event.data;
      const before = state.drawn.get(loanId) ?? 0n;
      return {
        ...withReservation(state, applicationId, { status: 'drawn', loanId }),
        drawn: new Map(state.drawn).set(loanId, before + parseMoney(amount).minor),
      };
    }
    case 'CreditRestored': {
      const { loanId, cause, amount } = event.data;
      const left = (state.drawn.get(loanId) ?? 0n) - parseMoney(amount).minor;
      const drawn = new Map(state.drawn);
      if (left > 0n) drawn.set(loanId, left);
      else drawn.delete(loanId);
      return { ...state, drawn, restoredBy: new Set(state.restoredBy).add(cause) };
    }
    case 'CreditLineFrozen':
      return { ...state, status: 'frozen' };
    case 'CreditLineUnfrozen':
      return { ...state, status: 'open' };
    default:
      return unreachable(event);
  }
};

const withReservation = (state: OpenCreditLine, id: ApplicationId, reservation: Reservation): OpenCreditLine => ({
  ...state,
  reservations: new Map(state.reservations).set(id, reservation),
});

const reservedMinor = (state: OpenCreditLine): bigint => {
  let minor = 0n;
  for (const each of state.reservations.values()) if (each.status === 'reserved') minor += each.minor;
  return minor;
};

const drawnMinor = (state: OpenCreditLine): bigint => {
  let minor = 0n;
  for (const each of state.drawn.values()) minor += each;
  return minor;
};

/** How the limit is used: limit = reserved + drawn + free. Asserts that the line is not exceeded. */
export const usageOf = (
  state: OpenCreditLine,
): { readonly reserved: Money; readonly drawn: Money; readonly free: Money } => {
  const { currency } = state.limit;
  const reserved = reservedMinor(state);
  const drawn = drawnMinor(state);
  const free = state.limit.minor - reserved - drawn;
  assert(free >= 0n, `credit line exceeded: limit ${state.limit.minor}, reserved ${reserved}, drawn ${drawn}`);
  return { reserved: moneyOf(reserved, currency), drawn: moneyOf(drawn, currency), free: moneyOf(free, currency) };
};

/** Does the borrower owe anything, or has asked to? */
export const isInUse = (state: CreditLineState): boolean =>
  state.status !== 'none' && reservedMinor(state) + drawnMinor(state) > 0n;
