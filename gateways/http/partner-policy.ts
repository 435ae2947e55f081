import {
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhenResult,
  type IPolicy,
  retry,
  wrap,
} from 'cockatiel';
import type { PartnerAnswer, Silence } from './partner-answer';
import type { BreakerState } from './partner-metrics';

export interface PolicyOptions {
  readonly connections: number;
  readonly queue: number;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly breakerFailures: number;
  readonly breakerOpenMs: number;
}

export interface PartnerPolicy {
  /** For what may be asked again under the same key. */
  readonly repeatable: IPolicy;
  /** For what may be sent once only. */
  readonly once: IPolicy;
  readonly breakerState: () => BreakerState;
  /** The breaker is open, and its time is not over: whatever were asked now would be turned away. */
  readonly turnsAway: () => boolean;
  readonly onBreaker: (listener: (state: BreakerState) => void) => void;
}

const isSilence = (result: unknown, reasons: ReadonlySet<Silence>): boolean => {
  // The policies only ever see what PartnerClient's attempts return.
  const answer = result as PartnerAnswer<unknown>;
  return answer.kind === 'silent' && reasons.has(answer.reason);
};

/** A status that we did not expect means that we asked wrongly: the partner is well, and asking again will not help. */
const PARTNER_IS_ILL: ReadonlySet<Silence> = new Set([
  'timed-out',
  'connection-failed',
  'server-error',
  'unsigned',
  'badly-signed',
  'unparsable',
  'too-large',
]);
const WORTH_ASKING_AGAIN: ReadonlySet<Silence> = new Set([
  'connection-failed',
  'server-error',
  'unsigned',
  'badly-signed',
  'unparsable',
]);

const stateName = (state: CircuitState): BreakerState => {
  if (state === CircuitState.Closed) return 'closed';
  return state === CircuitState.HalfOpen ? 'half-open' : 'open';
};

/**
 * The protection around one partner, outermost first: a bounded queue in front of a bounded number of calls, retries
 * with growing, jittered pauses, and a breaker that sees every single attempt.
 */
export const partnerPolicy = (options: PolicyOptions): PartnerPolicy => {
  const limit = bulkhead(options.connections, options.queue);
  const breaker = circuitBreaker(
    handleWhenResult((result) => isSilence(result, PARTNER_IS_ILL)),
    { halfOpenAfter: options.breakerOpenMs, breaker: new ConsecutiveBreaker(options.breakerFailures) },
  );
  const again = retry(
    handleWhenResult((result) => isSilence(result, WORTH_ASKING_AGAIN)),
    {
      maxAttempts: options.retries,
      backoff: new ExponentialBackoff({ initialDelay: options.retryDelayMs, maxDelay: options.retryDelayMs * 16 }),
    },
  );
  // Told from a clock of our own: each call that the breaker turns away costs an error with its stack.
  let openUntil = 0;
  breaker.onBreak(() => {
    openUntil = performance.now() + options.breakerOpenMs;
  });
  breaker.onReset(() => {
    openUntil = 0;
  });
  return {
    turnsAway: () => performance.now() < openUntil,
    repeatable: wrap(limit, again, breaker),
    once: wrap(limit, breaker),
    breakerState: () => stateName(breaker.state),
    onBreaker: (listener) => {
      breaker.onStateChange((state) => listener(stateName(state)));
    },
  };
};
