import type { Silence } from './partner-answer';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** One call to a partner, as it is counted. Never carries what was asked or answered. */
export interface PartnerCall {
  readonly partner: string;
  readonly operation: string;
  readonly outcome: 'answered' | 'refused' | Silence;
  /** From the question to its outcome, with waiting and retries. */
  readonly milliseconds: number;
  /** Requests sent: 0 when nothing left the house. */
  readonly attempts: number;
}

/** Where a partner client reports what it does. */
export interface PartnerMetrics {
  called(call: PartnerCall): void;
  breaker(partner: string, state: BreakerState): void;
}

export const noPartnerMetrics: PartnerMetrics = { called: () => undefined, breaker: () => undefined };
