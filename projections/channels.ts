import type { ChannelEvent, ChannelStatus, ChannelTerms, Heartbeat } from '../domain/channel';
import { amountBand, costOf } from '../domain/channel';
import {
  addDays,
  type BusinessDate,
  businessDateAt,
  type Currency,
  formatMoney,
  type MoneyText,
  parseMoney,
} from '../domain/kernel';
import { type Fact, type HouseProjection, minus, nought, plus } from './house-projection';

/** For how many business dates a channel's doings are kept and count. */
export const MEASURED_DAYS = 30;

/** So many anomalies are remembered, the latest first. */
const ANOMALIES_KEPT = 20;

/** A channel that will say later what became of an instruction has answered. */
const TAKEN_OVER = 'accepted';

export type Direction = 'out' | 'in';

/** What became of a day's movements of one direction, amount band and bank. */
export interface ChannelCell {
  readonly settled: number;
  readonly failed: number;
  /** From instruction to settlement, of all that settled. */
  readonly seconds: number;
  /** Of all that settled. */
  readonly volume: MoneyText;
  readonly cost: MoneyText;
}

export interface ChannelDay {
  /** Moved or on the way: what a day's limit is held against. */
  readonly used: Readonly<Record<Direction, MoneyText>>;
  /** By {@link cellKey}. */
  readonly cells: Readonly<Record<string, ChannelCell>>;
}

/** An instruction whose outcome is not known for sure. */
interface UnderWay {
  readonly direction: Direction;
  readonly amount: MoneyText;
  readonly bank: string;
  readonly date: BusinessDate;
  readonly at: string;
  readonly unknown: boolean;
}

/** All that a channel ever did in one direction. */
export interface ChannelTotals {
  readonly settled: number;
  readonly failed: number;
  /** Instructions that had no answer at first, and those of them whose outcome was found out. */
  readonly unanswered: number;
  readonly foundOut: number;
  /** Of all that settled. */
  readonly volume: MoneyText;
  readonly cost: MoneyText;
}

/** What a month's settled movements of one direction came to. */
export type ChannelMonth = Pick<ChannelTotals, 'settled' | 'volume' | 'cost'>;

export interface ChannelDoc {
  readonly id: string;
  readonly channel: string;
  readonly status: ChannelStatus;
  readonly terms: ChannelTerms;
  readonly heartbeat?: Heartbeat;
  readonly health: {
    readonly failuresInARow: number;
    /** Instructions one after the other that had no answer at first. */
    readonly silencesInARow: number;
    readonly lastSettledAt?: string;
    readonly anomalies: readonly { readonly anomaly: string; readonly detail: string; readonly at: string }[];
  };
  readonly underWay: Readonly<Record<string, UnderWay>>;
  readonly days: Readonly<Record<string, ChannelDay>>;
  readonly totals: Readonly<Record<Direction, ChannelTotals>>;
  /** By the month in which they were recorded as settled, "2026-03". */
  readonly months: Readonly<Record<string, Readonly<Partial<Record<Direction, ChannelMonth>>>>>;
}

/** What a movement is counted under: the bank's name comes last, it may hold anything. */
export const cellKey = (direction: Direction, band: string, bank: string): string => `${direction} ${band} ${bank}`;

export const readCellKey = (
  key: string,
): { readonly direction: Direction; readonly band: string; readonly bank: string } => {
  const [direction = '', band = '', ...bank] = key.split(' ');
  return { direction: direction === 'out' ? 'out' : 'in', band, bank: bank.join(' ') };
};

type Enrolled = Extract<ChannelEvent, { readonly type: 'ChannelEnrolled' }>;
type Settlement = Extract<Fact, { readonly type: 'PayoutSettled' | 'RepaymentSettled' }>;
type OfChannel = Exclude<ChannelEvent, Enrolled>;

const nothingYet = (currency: Currency): ChannelTotals => ({
  ...{ settled: 0, failed: 0, unanswered: 0, foundOut: 0 },
  ...{ volume: nought(currency), cost: nought(currency) },
});

const enrolled = (id: string, { data }: Enrolled): ChannelDoc => ({
  id,
  channel: id.slice(id.indexOf('-') + 1),
  status: 'in-service',
  terms: data.terms,
  health: { failuresInARow: 0, silencesInARow: 0, anomalies: [] },
  underWay: {},
  days: {},
  totals: { out: nothingYet(data.terms.currency), in: nothingYet(data.terms.currency) },
  months: {},
});

const foldChannel = (doc: ChannelDoc, event: OfChannel): ChannelDoc => {
  switch (event.type) {
    case 'ChannelTermsRevised':
      return { ...doc, terms: event.data.terms };
    case 'ChannelHeartbeatHeard':
      return { ...doc, heartbeat: event.data };
    case 'ChannelDegraded': {
      const { anomaly, detail, degradedAt: at } = event.data;
      const anomalies = [{ anomaly, detail, at }, ...doc.health.anomalies].slice(0, ANOMALIES_KEPT);
      return { ...doc, status: 'degraded', health: { ...doc.health, anomalies } };
    }
    case 'ChannelRestored':
      return { ...doc, status: 'in-service', health: { ...doc.health, failuresInARow: 0, silencesInARow: 0 } };
    case 'ChannelSuspended':
      return { ...doc, status: 'suspended' };
    case 'ChannelRetired':
      return { ...doc, status: 'retired' };
    case 'ChannelProbed':
      return doc;
  }
};

const dayOf = ({ days, terms }: ChannelDoc, date: BusinessDate): ChannelDay => {
  const none = nought(terms.currency);
  return days[date] ?? { used: { out: none, in: none }, cells: {} };
};

const instructed = (doc: ChannelDoc, effectId: string, movement: Omit<UnderWay, 'unknown'>): ChannelDoc => {
  const { date, direction, amount } = movement;
  const day = dayOf(doc, date);
  const used = { ...day.used, [direction]: plus(day.used[direction], amount) };
  const oldest = addDays(date, 1 - MEASURED_DAYS);
  const kept = Object.entries(doc.days).filter(([each]) => each >= oldest);
  return {
    ...doc,
    underWay: { ...doc.underWay, [effectId]: { ...movement, unknown: false } },
    days: { ...Object.fromEntries(kept), [date]: { ...day, used } },
  };
};

const withCell = (
  doc: ChannelDoc,
  { direction, amount, bank, date }: UnderWay,
  change: (cell: ChannelCell) => ChannelCell,
  used: (sum: MoneyText) => MoneyText = (sum) => sum,
): ChannelDoc => {
  const day = dayOf(doc, date);
  const none = nought(doc.terms.currency);
  const key = cellKey(direction, amountBand(amount), bank);
  const cell = day.cells[key] ?? { settled: 0, failed: 0, seconds: 0, volume: none, cost: none };
  return {
    ...doc,
    days: {
      ...doc.days,
      [date]: {
        used: { ...day.used, [direction]: used(day.used[direction]) },
        cells: { ...day.cells, [key]: change(cell) },
      },
    },
  };
};

const withTotals = (
  doc: ChannelDoc,
  direction: Direction,
  change: (totals: ChannelTotals) => Partial<ChannelTotals>,
): ChannelDoc => {
  const before = doc.totals[direction];
  return { ...doc, totals: { ...doc.totals, [direction]: { ...before, ...change(before) } } };
};

const foundOut = (totals: ChannelTotals, { unknown }: UnderWay): number => totals.foundOut + (unknown ? 1 : 0);

const without = (doc: ChannelDoc, effectId: string): ChannelDoc => {
  const { [effectId]: _over, ...underWay } = doc.underWay;
  return { ...doc, underWay };
};

const withMonth = (
  { months, terms }: ChannelDoc,
  { direction, amount }: UnderWay,
  month: string,
  cost: MoneyText,
): ChannelDoc['months'] => {
  const before = months[month]?.[direction] ?? nothingYet(terms.currency);
  const after = {
    settled: before.settled + 1,
    volume: plus(before.volume, amount),
    cost: plus(before.cost, cost),
  };
  return { ...months, [month]: { ...months[month], [direction]: after } };
};

/** Of a debit that might be partial less may have moved than was asked for: the rest is free for the day again. */
const settled = (
  doc: ChannelDoc,
  { effectId, amount }: Settlement['data'],
  asked: UnderWay,
  at: string,
): ChannelDoc => {
  const movement = { ...asked, amount };
  const cost = formatMoney(costOf(doc.heartbeat?.cost ?? doc.terms.cost, parseMoney(amount)));
  const seconds = Math.max(0, Math.floor((Date.parse(at) - Date.parse(movement.at)) / 1_000));
  const summed = withTotals(without(doc, effectId), movement.direction, (totals) => ({
    settled: totals.settled + 1,
    foundOut: foundOut(totals, movement),
    volume: plus(totals.volume, amount),
    cost: plus(totals.cost, cost),
  }));
  const counted = withCell(
    summed,
    asked,
    (cell) => ({
      ...cell,
      settled: cell.settled + 1,
      seconds: cell.seconds + seconds,
      volume: plus(cell.volume, amount),
      cost: plus(cell.cost, cost),
    }),
    (sum) => minus(sum, minus(asked.amount, amount)),
  );
  const silencesInARow = movement.unknown ? doc.health.silencesInARow : 0;
  const months = withMonth(doc, movement, businessDateAt(Date.parse(at)).slice(0, 7), cost);
  return { ...counted, months, health: { ...doc.health, failuresInARow: 0, silencesInARow, lastSettledAt: at } };
};

const failed = (doc: ChannelDoc, effectId: string, movement: UnderWay): ChannelDoc => {
  const summed = withTotals(without(doc, effectId), movement.direction, (totals) => ({
    failed: totals.failed + 1,
    foundOut: foundOut(totals, movement),
  }));
  const counted = withCell(
    summed,
    movement,
    (cell) => ({ ...cell, failed: cell.failed + 1 }),
    (sum) => minus(sum, movement.amount),
  );
  const silencesInARow = movement.unknown ? doc.health.silencesInARow : 0;
  const failuresInARow = doc.health.failuresInARow + 1;
  return { ...counted, health: { ...doc.health, failuresInARow, silencesInARow } };
};

/** An instruction is silence once, however often it is asked about. */
const unanswered = (doc: ChannelDoc, effectId: string, movement: UnderWay): ChannelDoc =>
  movement.unknown
    ? doc
    : {
        ...withTotals(doc, movement.direction, ({ unanswered: before }) => ({ unanswered: before + 1 })),
        underWay: { ...doc.underWay, [effectId]: { ...movement, unknown: true } },
        health: { ...doc.health, silencesInARow: doc.health.silencesInARow + 1 },
      };

const begun = (doc: ChannelDoc, effectId: string, movement: Omit<UnderWay, 'unknown'>): ChannelDoc =>
  movement.amount.currency === doc.terms.currency ? instructed(doc, effectId, movement) : doc;

const foldMovement = (doc: ChannelDoc, event: Fact): ChannelDoc => {
  if (event.type === 'PayoutSubmitted') {
    const { effectId, amount, routing, submittedAt: at, valueDate: date } = event.data;
    return begun(doc, effectId, { direction: 'out', amount, bank: routing?.movement.bank ?? '', date, at });
  }
  if (event.type === 'RepaymentInitiated') {
    const { effectId, amount, payer, initiatedAt: at } = event.data;
    const date = businessDateAt(Date.parse(at));
    return begun(doc, effectId, { direction: 'in', amount, bank: payer.bank, date, at });
  }
  const movement = 'effectId' in event.data ? doc.underWay[event.data.effectId] : undefined;
  return movement ? foldOutcome(doc, event, movement) : doc;
};

const foldOutcome = (doc: ChannelDoc, event: Fact, movement: UnderWay): ChannelDoc => {
  switch (event.type) {
    case 'PayoutSettled':
    case 'RepaymentSettled':
      return settled(doc, event.data, movement, event.meta.bookedAt);
    case 'PayoutFailed':
    case 'RepaymentFailed':
      return failed(doc, event.data.effectId, movement);
    case 'PayoutUnknown':
    case 'RepaymentUnknown':
      return event.data.reason === TAKEN_OVER ? doc : unanswered(doc, event.data.effectId, movement);
    default:
      return doc;
  }
};

const isOfChannel = (event: Fact): event is Fact & OfChannel => event.stream.startsWith('channel-');

/**
 * The enrolled payment channels: terms, health, and what became of their movements by direction, amount band and bank
 * over the last business dates. A channel that is not enrolled has no document.
 */
export const channels: HouseProjection<ChannelDoc> = {
  name: 'channels',
  version: 4,
  categories: ['channel', 'payout', 'repayment'],
  indexes: { byStatus: ({ status, channel }) => [status, channel] },
  keys: (event) => {
    if (isOfChannel(event)) return [event.stream];
    return 'channel' in event.data && 'effectId' in event.data ? [`channel-${event.data.channel}`] : [];
  },
  fold: (doc, event, key) => {
    if (event.type === 'ChannelEnrolled') return enrolled(key, event);
    if (doc === undefined) return undefined;
    return isOfChannel(event) ? foldChannel(doc, event) : foldMovement(doc, event);
  },
};
