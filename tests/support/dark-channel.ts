import { createHash } from 'node:crypto';
import { businessDateAt } from '../../domain/kernel';
import type { ChannelOutcome } from '../../domain/payout';

export const MINUTE = 60_000;
export const BEGIN = Date.parse('2026-03-02T00:00:00.000Z');
export const PAYOUTS = 500;
export const EVERY_MS = 30_000;
/** From the 100th payout on, for two hours. */
const DARK = { from: BEGIN + 100 * EVERY_MS, to: BEGIN + 100 * EVERY_MS + 120 * MINUTE };
const SETTLE_LATE_MS = MINUTE;
export const DAY = 24 * 60 * MINUTE;
/** Shares of reports. */
const DUPLICATE = 0.05;
const OUT_OF_ORDER = 0.05;

export const MODES = [
  'did it',
  'did not',
  'does it later',
  'did it and cannot be asked',
  'not found, then settles',
] as const;
export type Mode = (typeof MODES)[number];

const chance = (...of: readonly (string | number)[]): number =>
  Number.parseInt(createHash('sha256').update(of.join(' ')).digest('hex').slice(0, 12), 16) / 2 ** 48;

/** A channel outside: refuses a share of what it is asked, and while it is dark answers nothing. */
export class Outside {
  /** What it did, by effect id, and from when on that can be seen. */
  readonly done = new Map<string, number>();
  readonly #refused = new Set<string>();
  /** How many instructions it reported on more than once, and the wrong way round. */
  repeated = 0;
  swapped = 0;

  constructor(
    readonly name: string,
    private readonly refuses: number,
    private readonly dark: Mode | undefined,
    private readonly darkUntil: number = DARK.to,
  ) {}

  instruct(effectId: string, now: number): ChannelOutcome {
    if (this.#isDark(now)) {
      if (this.dark !== 'did not') {
        const later = this.dark === 'does it later' || this.dark === 'not found, then settles';
        this.done.set(effectId, later ? now + SETTLE_LATE_MS / 2 : now);
      }
      return { outcome: 'unknown', reason: 'timed-out' };
    }
    if (chance(this.name, effectId) < this.refuses) {
      this.#refused.add(effectId);
      return { outcome: 'failed', reason: 'declined' };
    }
    this.done.set(effectId, now);
    return this.#settled(effectId, now);
  }

  query(effectId: string, submittedAt: number, now: number): ChannelOutcome {
    if (this.#isDark(now) && this.dark === 'did it and cannot be asked') {
      return { outcome: 'unknown', reason: 'timed-out' };
    }
    const seenFrom = this.done.get(effectId);
    if (seenFrom !== undefined && seenFrom <= now) return this.#settled(effectId, now);
    if (this.#refused.has(effectId)) return { outcome: 'failed', reason: 'declined' };
    return now < submittedAt + SETTLE_LATE_MS
      ? { outcome: 'unknown', reason: 'not-found-yet' }
      : { outcome: 'failed', reason: 'never-received' };
  }

  /**
   * What it reports of its own accord about an instruction, and how long after: first that it was taken over, then what
   * became of it. Some reports come twice or three times, some the wrong way round; in the dark none leaves.
   */
  reports(effectId: string, now: number): readonly Report[] {
    const doneAt = this.done.get(effectId);
    if (doneAt === undefined && !this.#refused.has(effectId)) return [];
    const outcome: ChannelOutcome =
      doneAt === undefined ? { outcome: 'failed', reason: 'declined' } : this.#settled(effectId, doneAt);
    const draw = (what: string): number => chance(this.name, effectId, what);
    const light = this.#isDark(now) ? this.darkUntil - now : 0;
    const [soon, late] = [light + draw('soon') * MINUTE, light + MINUTE + draw('late') * 120 * MINUTE];
    const swapped = draw('order') < OUT_OF_ORDER;
    const taken: ChannelOutcome = { outcome: 'unknown', reason: 'accepted' };
    const once = [
      { after: swapped ? late : soon, answer: taken },
      { after: swapped ? soon : soon + 1_000, answer: outcome },
    ];
    if (swapped) this.swapped += 1;
    if (draw('twice') >= DUPLICATE) return once;
    this.repeated += 1;
    return [...once, { after: late, answer: outcome }, { after: late + MINUTE, answer: outcome }];
  }

  answers(now: number): boolean {
    return !this.#isDark(now);
  }

  #isDark(now: number): boolean {
    return this.dark !== undefined && DARK.from <= now && now < this.darkUntil;
  }

  #settled(effectId: string, now: number): ChannelOutcome {
    return { outcome: 'settled', channelReference: effectId, settledOn: businessDateAt(now) };
  }
}

interface Report {
  /** Milliseconds. */
  readonly after: number;
  readonly answer: ChannelOutcome;
}
