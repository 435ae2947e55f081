import type { PartnerMetrics } from '../gateways/http';
import type { LeadershipObserver } from '../platform/lease';
import type { ProcessingObserver } from '../platform/processing';
import type { RelayObserver } from '../platform/relay';
import type { Logger, Metrics } from '../platform/telemetry';

/** What the runners tell, as metrics and log lines. Keys and ids go into the log, never into a label. */
export const processingObserver = (metrics: Metrics, logger: Logger): ProcessingObserver => ({
  committed: ({ reader, events }) => metrics.projected.inc({ reader }, events),
  handled: ({ saga, cause }) => metrics.handled.inc({ saga, cause }),
  retried: ({ saga, key, attempt, error }) => {
    metrics.retried.inc({ saga });
    logger.warn({ saga, key, attempt, err: error }, 'an attempt failed and will be repeated');
  },
  parked: ({ reader, key, id, reason }) => {
    metrics.parked.inc({ reader });
    logger.error({ reader, key, parked: id, reason }, 'put aside');
  },
  failed: ({ reader, doing, error }) => {
    metrics.failures.inc({ reader });
    logger.error({ reader, doing, err: error }, 'a backing service failed');
  },
});

export const relayObserver = (metrics: Metrics, logger: Logger): RelayObserver => ({
  published: ({ relay, events }) => metrics.projected.inc({ reader: `relay:${relay}` }, events),
  failed: ({ relay, attempt, error }) => {
    metrics.failures.inc({ reader: `relay:${relay}` });
    logger.warn({ relay, attempt, err: error }, 'the relay could not go on; it tries again');
  },
});

export const leadershipObserver = (metrics: Metrics, logger: Logger): LeadershipObserver => ({
  leads: ({ lease, token }) => {
    metrics.leads.set({ lease }, 1);
    logger.info({ lease, token: String(token) }, 'this process does it from now on');
  },
  leadsNoMore: ({ lease, token, why }) => {
    metrics.leads.set({ lease }, 0);
    logger.info({ lease, token: String(token), why }, 'this process does it no longer');
  },
  failed: ({ lease, doing, error }) => {
    metrics.failures.inc({ reader: `lease:${lease}` });
    logger.warn({ lease, doing, err: error }, 'a duty could not be taken up or laid down');
  },
});

export const partnerMetrics = (metrics: Metrics): PartnerMetrics => ({
  called: ({ partner, operation, outcome, milliseconds }) => {
    metrics.partnerCalls.inc({ partner, operation, outcome });
    metrics.partnerSeconds.observe({ partner, operation }, milliseconds / 1000);
  },
  breaker: (partner, state) => metrics.breakers.set({ partner }, state === 'closed' ? 0 : 1),
});
