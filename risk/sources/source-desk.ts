import type { Instant } from '../../domain/kernel';
import { instantAt } from '../../domain/kernel';
import { type Clock, RecentMap } from '../../platform/runtime';
import { type PartnerSource, SOURCES } from '../features';

/** What a partner said, or why it said nothing. */
export type Reply<Answer> =
  | { readonly outcome: 'answered'; readonly answer: Answer }
  | { readonly outcome: 'timed-out' | 'failed'; readonly reason: string };

/** One question to one source. */
export interface Inquiry<Answer> {
  readonly source: PartnerSource;
  /** Whom or what it is about, without naming it in clear: the same subject gets the same answer for a while. */
  readonly subject: string;
  /** The consent in force that covers it; without one nobody is asked. */
  readonly consentId: string | undefined;
  /** Asks; undefined when there is nothing to ask about, or nobody to ask. */
  readonly ask: ((consentId: string) => Promise<Reply<Answer>>) | undefined;
}

interface Asked {
  readonly source: PartnerSource;
  readonly consentId?: string;
  /** How long was waited for it, milliseconds. */
  readonly tookMs: number;
  readonly at: Instant;
}

/** What came of an inquiry. */
export type Heard<Answer> = Asked &
  (
    | {
        /** `cached`: said earlier. Not asked because that is fresh, or because asking failed for this reason. */
        readonly outcome: 'answered' | 'cached';
        readonly answer: Answer;
        readonly observedAt: Instant;
        readonly ageMs: number;
        readonly reason?: string;
      }
    | { readonly outcome: 'timed-out' | 'failed'; readonly reason: string }
    | { readonly outcome: 'no-consent' | 'not-supplied' }
  );

interface Kept {
  readonly answer: unknown;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface SourceDeskOptions {
  readonly clock: Clock;
  /** Real milliseconds. */
  readonly stopwatch: () => number;
  /** Answers that are remembered. */
  readonly most?: number;
}

const ANSWERS_MOST = 50_000;

/**
 * Where partners are asked about applicants: never without a consent in force, not again while what they said is fresh,
 * and with what they said last in the place of an answer that does not come. Answers are remembered in memory only,
 * each under the consent that it was given by: a consent that is withdrawn takes its answers with it.
 */
export class SourceDesk {
  readonly #kept: RecentMap<string, Kept>;

  constructor(private readonly options: SourceDeskOptions) {
    this.#kept = new RecentMap(options.most ?? ANSWERS_MOST);
  }

  /** Inquires; never throws for what the source does. Several at once take as long as the slowest. */
  async inquire<Answer>({ source, subject, consentId, ask }: Inquiry<Answer>): Promise<Heard<Answer>> {
    const { clock, stopwatch } = this.options;
    const started = stopwatch();
    const asked = () => ({ source, tookMs: Math.round(stopwatch() - started), at: instantAt(clock.now()) });
    if (consentId === undefined) return { ...asked(), outcome: 'no-consent' };
    if (ask === undefined) return { ...asked(), outcome: 'not-supplied', consentId };
    const key = JSON.stringify([source, consentId, subject]);
    const fresh = this.#recall<Answer>(key, SOURCES[source].freshForMs);
    if (fresh) return { ...asked(), ...fresh, outcome: 'cached', consentId };
    const reply = await ask(consentId);
    if (reply.outcome === 'answered') {
      this.#kept.set(key, { answer: reply.answer, at: clock.now() });
      const { at } = asked();
      return { ...asked(), outcome: 'answered', answer: reply.answer, observedAt: at, ageMs: 0, consentId };
    }
    const stale = this.#recall<Answer>(key, SOURCES[source].usableForMs);
    return stale
      ? { ...asked(), ...stale, outcome: 'cached', reason: reply.reason, consentId }
      : { ...asked(), outcome: reply.outcome, reason: reply.reason, consentId };
  }

  #recall<Answer>(key: string, forMs: number) {
    const kept = this.#kept.get(key);
    const ageMs = this.options.clock.now() - (kept?.at ?? 0);
    if (kept === undefined || ageMs > forMs || ageMs < 0) return undefined;
    // Under this key only answers to this question of this source are kept.
    return { answer: kept.answer as Answer, observedAt: instantAt(kept.at), ageMs };
  }
}
