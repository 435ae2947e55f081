import type { BusinessDate, MoneyText } from '../domain/kernel';
import type { BureauPerson } from './people';
import type { VirtualClock } from './virtual-clock';

/** Who calls the house. */
export type CallerKind = 'borrower' | 'partner' | 'operator' | 'underwriter' | 'collector' | 'finance';

export interface HouseRequest {
  readonly token: string;
  /** JSON; sent with POST only. */
  readonly body?: object;
  readonly idempotencyKey?: string;
  readonly consistencyToken?: string;
}

export interface HouseAnswer {
  readonly status: number;
  /** The JSON that came back, read; undefined when there was none. */
  readonly body: unknown;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Money that nobody has asked for, or that goes back to who has sent it: as the channel's statement will show it. */
export interface Transfer {
  readonly channel: string;
  readonly movement: 'received' | 'returned';
  /** What the statement calls it. */
  readonly key: string;
  readonly amount: MoneyText;
  readonly on: BusinessDate;
}

/** The house as the simulation meets it: its HTTP API from outside, and the few handles by which time is moved. */
export interface HousePort {
  /** The clock that the house, its sagas and its partners go by. */
  readonly clock: VirtualClock;
  /** One HTTP request. Rejects when no answer came; any status is an answer. */
  request(method: 'GET' | 'POST', path: string, request: HouseRequest): Promise<HouseAnswer>;
  /** A bearer token that stays valid for the whole play; asked for once per caller. */
  token(kind: CallerKind, id: string): Promise<string>;
  /** Tells the bureau whom it knows; before anybody applies. */
  seedPeople(people: readonly BureauPerson[]): Promise<void>;
  /**
   * Resolves when nothing is in flight: sagas and their effects are done, deadlines due by now fired, reads up to date.
   */
  settle(): Promise<void>;
  /** Lets time pass to an instant (ms since 1970): what is due by then is done, each thing at its own time. */
  waitUntil(epochMs: number): Promise<void>;
  /** Lets somebody send money to the house through a channel by themselves, or have it sent back. */
  transfer(transfer: Transfer): Promise<void>;
  /** Orders the debits of a calendar day under the mandates of the borrowers, and has them made. */
  debit(date: BusinessDate): Promise<void>;
  /** Ends a calendar day, weekends too: whatever is due on it is done and its statements are reconciled. */
  closeDay(date: BusinessDate): Promise<void>;
}
