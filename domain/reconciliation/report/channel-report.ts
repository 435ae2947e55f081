import {
  type BusinessDate,
  type Currency,
  formatMoney,
  type MoneyText,
  moneyOf,
  parseMoney,
  unreachable,
} from '../../kernel';
import { ageOf, type SettlingAction } from '../corrections';
import type { Break, Movement } from '../events';

/** A settled movement of ours, and the date of the statement that it was held against, if one has been. */
export interface ReportedMovement extends Movement {
  readonly heldOn?: BusinessDate;
}

/** A break from its opening to its end. */
export interface ReportedBreak {
  readonly found: Break;
  /** The date of the statement that showed it. */
  readonly openedOn: BusinessDate;
  readonly owner?: string;
  readonly end?: { readonly on: BusinessDate; readonly by: 'explanation' | SettlingAction };
}

/** All that has happened between us and one channel (or the custody bank), in one currency, in any order. */
export interface ChannelFacts {
  readonly channel: string;
  readonly currency: Currency;
  readonly movements: Iterable<ReportedMovement>;
  /** What the rules let the channel keep, by statement. */
  readonly fees: Iterable<{ readonly on: BusinessDate; readonly amount: MoneyText }>;
  readonly breaks: Iterable<ReportedBreak>;
}

export const ACTIVITIES = ['repayments', 'payouts', 'fees', 'corrections'] as const;
export type Activity = (typeof ACTIVITIES)[number];

interface Total {
  readonly items: number;
  /** Money in above zero, out below. */
  readonly amount: MoneyText;
}

/** One channel over some days, in three blocks: the balance as we have it, what has settled, and what is in dispute. */
export interface ChannelReport {
  readonly channel: string;
  readonly currency: Currency;
  readonly from: BusinessDate;
  readonly through: BusinessDate;
  /** Opening + Σ activity = closing. */
  readonly balance: {
    readonly opening: MoneyText;
    readonly activity: Readonly<Record<Activity, Total>>;
    readonly closing: MoneyText;
  };
  readonly settlement: {
    /** By date of the statement that movements were held against, in the days of the report. */
    readonly settled: readonly ({ readonly statementOf: BusinessDate } & Total)[];
    /** Movements that no statement has been held against at the end. */
    readonly notYetSettled: Total;
    readonly waiting: readonly (Pick<Movement, 'reference' | 'stream' | 'direction' | 'amount' | 'valueDate'> & {
      readonly ageInDays: number;
    })[];
  };
  readonly disputes: {
    readonly open: readonly {
      readonly breakId: string;
      readonly type: Break['type'];
      readonly reference: string;
      readonly difference: MoneyText;
      readonly priority: Break['priority'];
      readonly suggestion: Break['suggestion']['action'];
      readonly openedOn: BusinessDate;
      readonly ageInDays: number;
      readonly owner?: string;
    }[];
    /** Σ of what breaks say of the difference and no entry has booked. */
    readonly unbooked: MoneyText;
  };
  /** Closing − not yet settled − unbooked: what the channel's own statements must add up to. */
  readonly statedByThem: MoneyText;
}

/** Actions whose difference is in the books once the break is resolved. */
const isBooked = (by: 'explanation' | SettlingAction): boolean => {
  switch (by) {
    case 'book-suspense':
    case 'return-double-payment':
    case 'claim-from-channel':
    case 'write-off-fee':
      return true;
    case 'explanation':
    case 'confirm-settled':
    case 'correct-amount':
      return false;
    default:
      return unreachable(by);
  }
};

interface Period {
  readonly from: BusinessDate;
  readonly through: BusinessDate;
}

/**
 * The report of one channel over some days. Whatever the facts, opening + activity is closing, and closing less what
 * has not settled and what is not booked of the breaks is what the channel has said.
 */
export const channelReport = (facts: ChannelFacts, period: Period): ChannelReport => {
  const { channel, currency } = facts;
  const { from, through } = period;
  const money = (minor: bigint): MoneyText => formatMoney(moneyOf(minor, currency));
  const books = new Books(from);
  const movements = [...facts.movements].filter(
    ({ amount, valueDate }) => amount.currency === currency && valueDate <= through,
  );
  for (const movement of movements) {
    books.add(movement.direction === 'in' ? 'repayments' : 'payouts', movement.valueDate, signedMinor(movement));
  }
  for (const { on, amount } of facts.fees) if (on <= through) books.add('fees', on, -parseMoney(amount).minor);
  const { open, unbooked, booked } = disputesOf(facts.breaks, through);
  for (const { on, minor } of booked) books.add('corrections', on, -minor);

  const waiting = movements.filter(({ heldOn }) => heldOn === undefined || heldOn > through);
  const outstanding = waiting.reduce((sum, movement) => plus(sum, signedMinor(movement)), NOTHING);
  const closing = books.closing();
  return {
    channel,
    currency,
    from,
    through,
    balance: { opening: money(books.opening), activity: books.activity(money), closing: money(closing) },
    settlement: {
      settled: settledIn(movements, period).map(([statementOf, { items, minor }]) => ({
        statementOf,
        items,
        amount: money(minor),
      })),
      notYetSettled: { items: outstanding.items, amount: money(outstanding.minor) },
      waiting: waiting.map(({ reference, stream, direction, amount, valueDate }) => ({
        ...{ reference, stream, direction, amount, valueDate },
        ageInDays: ageOf(valueDate, through),
      })),
    },
    disputes: { open: open.map((each) => disputed(each, through)), unbooked: money(unbooked) },
    statedByThem: money(closing - outstanding.minor - unbooked),
  };
};

/** Sums by date of the statement that movements were held against, of the statements of a period, oldest first. */
const settledIn = (movements: readonly ReportedMovement[], { from, through }: Period) => {
  const settled = new Map<BusinessDate, Sum>();
  for (const movement of movements) {
    const { heldOn } = movement;
    if (heldOn === undefined || heldOn < from || heldOn > through) continue;
    settled.set(heldOn, plus(settled.get(heldOn) ?? NOTHING, signedMinor(movement)));
  }
  return [...settled].toSorted(([a], [b]) => (a < b ? -1 : 1));
};

/** As breaks stood at the end of a day: those without an end, what corrections had booked by then, and what had not. */
const disputesOf = (breaks: ChannelFacts['breaks'], through: BusinessDate) => {
  const open: ReportedBreak[] = [];
  const booked: { readonly on: BusinessDate; readonly minor: bigint }[] = [];
  let unbooked = 0n;
  for (const each of breaks) {
    if (each.openedOn > through) continue;
    const { minor } = parseMoney(each.found.difference);
    const ended = each.end !== undefined && each.end.on <= through ? each.end : undefined;
    if (ended === undefined) open.push(each);
    if (ended !== undefined && isBooked(ended.by)) booked.push({ on: ended.on, minor });
    else unbooked += minor;
  }
  return { open, booked, unbooked };
};

const disputed = (
  { found, openedOn, owner }: ReportedBreak,
  through: BusinessDate,
): ChannelReport['disputes']['open'][number] => {
  const { breakId, type, reference, difference, priority, suggestion } = found;
  const age = { openedOn, ageInDays: ageOf(openedOn, through) };
  return {
    breakId,
    type,
    reference,
    difference,
    priority,
    suggestion: suggestion.action,
    ...age,
    ...(owner && { owner }),
  };
};

const signedMinor = ({ direction, amount }: Movement): bigint => {
  const { minor } = parseMoney(amount);
  return direction === 'in' ? minor : -minor;
};

interface Sum {
  readonly items: number;
  readonly minor: bigint;
}

const NOTHING: Sum = { items: 0, minor: 0n };
const plus = ({ items, minor }: Sum, more: bigint): Sum => ({ items: items + 1, minor: minor + more });

/** What came before the report's first day, and what happened on its days. */
class Books {
  readonly #from: BusinessDate;
  readonly #sums = new Map<Activity, Sum>();
  opening = 0n;

  constructor(from: BusinessDate) {
    this.#from = from;
  }

  add(activity: Activity, on: BusinessDate, minor: bigint): void {
    if (on < this.#from) this.opening += minor;
    else this.#sums.set(activity, plus(this.#of(activity), minor));
  }

  closing(): bigint {
    return ACTIVITIES.reduce((sum, activity) => sum + this.#of(activity).minor, this.opening);
  }

  activity(money: (minor: bigint) => MoneyText): ChannelReport['balance']['activity'] {
    const total = (activity: Activity): Total => {
      const { items, minor } = this.#of(activity);
      return { items, amount: money(minor) };
    };
    return {
      repayments: total('repayments'),
      payouts: total('payouts'),
      fees: total('fees'),
      corrections: total('corrections'),
    };
  }

  #of(activity: Activity): Sum {
    return this.#sums.get(activity) ?? NOTHING;
  }
}
