import { unreachable } from '../../domain/kernel';
import type { FeatureValues } from './catalogue';
import { COUNTED_MOST, type CutOff } from './counting';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** A decision may come a day after its application and still sees all of the time before it. */
const LATE_MS = DAY;
/** Later ones may come in before a decision looks; so many do not hide those that it counts. */
const KEPT_MOST = 250;

/** What is kept of an application besides when it came in: only what its kind of tally is asked for. */
const KINDS = {
  borrower: { longestMs: WEEK, keeps: 'amounts' },
  device: { longestMs: WEEK, keeps: 'amounts' },
  network: { longestMs: WEEK, keeps: 'borrowers' },
  subnet: { longestMs: HOUR, keeps: 'moments' },
  phone: { longestMs: WEEK, keeps: 'borrowers' },
  card: { longestMs: WEEK, keeps: 'borrowers' },
} as const;

/** By what applications are counted. */
export type TallyKind = keyof typeof KINDS;

/** One application as it is counted. */
export interface Submission {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly position: string;
  readonly borrower: string;
  /** Whole units of the currency, rounded down. */
  readonly amount: number;
  readonly currency: string;
}

/** A submission as a tally keeps it. Without names, for a busy address has hundreds and is written again for each. */
type Kept = readonly [at: number, position: string, borrower?: string, amount?: number, currency?: string];

/** The latest applications with one device, from one address, and so on; oldest first. */
export interface Tally {
  readonly submissions: readonly Kept[];
  /** When the latest of those that were more than could be kept came in. */
  readonly droppedAt?: number;
}

const keptOf = (kind: TallyKind, { at, position, borrower, amount, currency }: Submission): Kept => {
  const { keeps } = KINDS[kind];
  switch (keeps) {
    case 'moments':
      return [at, position];
    case 'borrowers':
      return [at, position, borrower];
    case 'amounts':
      return [at, position, borrower, amount, currency];
    default:
      return unreachable(keeps);
  }
};

/** A tally of a kind after one more application. */
export const tallied = (kind: TallyKind, tally: Tally | undefined, submission: Submission): Tally => {
  const oldest = submission.at - KINDS[kind].longestMs - LATE_MS;
  const all = (tally?.submissions ?? []).filter(([at]) => at > oldest);
  all.push(keptOf(kind, submission));
  const dropped = all.length > KEPT_MOST ? all[all.length - KEPT_MOST - 1] : undefined;
  const droppedAt = dropped ? dropped[0] : tally?.droppedAt;
  return { submissions: all.slice(-KEPT_MOST), ...(droppedAt !== undefined && { droppedAt }) };
};

/** What one tally says of a window that ends at the cut-off: `at - window < submission <= at`. */
class Window {
  readonly #inside: readonly Kept[];
  readonly #overflown: boolean;

  constructor(tally: Tally | undefined, { position, at }: CutOff, milliseconds: number) {
    const from = at - milliseconds;
    const inside = (tally?.submissions ?? []).filter(([cameAt, place]) => place <= position && cameAt > from);
    this.#inside = inside.slice(-COUNTED_MOST);
    this.#overflown = tally?.droppedAt !== undefined && tally.droppedAt > from;
  }

  get applications(): number {
    return this.#overflown ? COUNTED_MOST : this.#inside.length;
  }

  get borrowers(): number {
    return new Set(this.#inside.map(([, , borrower]) => borrower)).size;
  }

  /** Of the latest that are counted. */
  amount(currency: string): number {
    return this.#inside.reduce((sum, [, , , amount = 0, of]) => (of === currency ? sum + amount : sum), 0);
  }

  /** When the one before the latest came in. */
  get before(): number | undefined {
    return this.#inside.at(-2)?.[0];
  }
}

type CounterValues = Partial<FeatureValues>;

const byKind: Readonly<
  Record<TallyKind, (tally: Tally | undefined, cutOff: CutOff, currency: string) => CounterValues>
> = {
  borrower: (tally, cutOff, currency) => {
    const week = new Window(tally, cutOff, WEEK);
    const { before } = week;
    return {
      borrowerApplications24h: new Window(tally, cutOff, DAY).applications,
      borrowerAmount7d: week.amount(currency),
      minutesSinceLast: before === undefined ? null : Math.max(0, Math.floor((cutOff.at - before) / 60_000)),
    };
  },
  device: (tally, cutOff, currency) => {
    const [day, week] = [new Window(tally, cutOff, DAY), new Window(tally, cutOff, WEEK)];
    return {
      deviceApplications1h: new Window(tally, cutOff, HOUR).applications,
      deviceApplications24h: day.applications,
      deviceApplications7d: week.applications,
      deviceBorrowers7d: week.borrowers,
      deviceAmount24h: day.amount(currency),
    };
  },
  network: (tally, cutOff) => {
    const day = new Window(tally, cutOff, DAY);
    return {
      networkApplications1h: new Window(tally, cutOff, HOUR).applications,
      networkApplications24h: day.applications,
      networkApplications7d: new Window(tally, cutOff, WEEK).applications,
      networkBorrowers24h: day.borrowers,
    };
  },
  subnet: (tally, cutOff) => ({ subnetApplications1h: new Window(tally, cutOff, HOUR).applications }),
  phone: (tally, cutOff) => {
    const week = new Window(tally, cutOff, WEEK);
    return {
      phoneApplications1h: new Window(tally, cutOff, HOUR).applications,
      phoneApplications24h: new Window(tally, cutOff, DAY).applications,
      phoneApplications7d: week.applications,
      phoneBorrowers7d: week.borrowers,
    };
  },
  card: (tally, cutOff) => {
    const week = new Window(tally, cutOff, WEEK);
    return {
      cardApplications1h: new Window(tally, cutOff, HOUR).applications,
      cardApplications24h: new Window(tally, cutOff, DAY).applications,
      cardApplications7d: week.applications,
      cardBorrowers7d: week.borrowers,
    };
  },
};

/**
 * The counters, as they stood at the cut-off. Later applications are not counted, however late the tallies are read.
 *
 * @param tallies those that this application has a part in; the counters of others are left out
 */
export const countersOf = (
  tallies: ReadonlyMap<TallyKind, Tally | undefined>,
  cutOff: CutOff,
  currency: string,
): CounterValues => {
  const all = [...tallies].map(([kind, tally]) => byKind[kind](tally, cutOff, currency));
  return Object.assign({}, ...all);
};
