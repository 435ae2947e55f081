import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The house's figures, in Prometheus' exposition format. Labels come from closed sets: never an id, never a person. */
export interface Metrics {
  readonly commands: Counter<'type' | 'outcome'>;
  readonly commandSeconds: Histogram<'type'>;
  readonly requests: Counter<'method' | 'route' | 'status'>;
  readonly requestSeconds: Histogram<'route'>;
  readonly projected: Counter<'reader'>;
  readonly handled: Counter<'saga' | 'cause'>;
  readonly retried: Counter<'saga'>;
  readonly parked: Counter<'reader'>;
  readonly failures: Counter<'reader'>;
  readonly lag: Gauge<'reader'>;
  readonly waiting: Gauge<'reader'>;
  readonly leads: Gauge<'lease'>;
  readonly partnerCalls: Counter<'partner' | 'operation' | 'outcome'>;
  readonly partnerSeconds: Histogram<'partner' | 'operation'>;
  readonly breakers: Gauge<'partner'>;
  /** The exposition text. */
  expose(): Promise<string>;
  readonly contentType: string;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Counter<Label> =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Histogram<Label> =>
    new Histogram({ name, help, labelNames, registers, buckets: SECONDS });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Gauge<Label> =>
    new Gauge({ name, help, labelNames, registers });
  return {
    commands: counter('usance_commands_total', 'Commands by type and outcome', 'type', 'outcome'),
    commandSeconds: histogram('usance_command_seconds', 'Time of a command until it is durable', 'type'),
    requests: counter('usance_http_requests_total', 'HTTP requests', 'method', 'route', 'status'),
    requestSeconds: histogram('usance_http_request_seconds', 'Time of an HTTP request', 'route'),
    projected: counter('usance_projected_events_total', 'Events folded into read models', 'reader'),
    handled: counter('usance_saga_handled_total', 'Events and deadlines that sagas are through with', 'saga', 'cause'),
    retried: counter('usance_saga_retries_total', 'Attempts of sagas that failed and are repeated', 'saga'),
    parked: counter('usance_parked_total', 'Events put aside with a reason', 'reader'),
    failures: counter('usance_service_failures_total', 'Failures of backing services', 'reader'),
    lag: gauge('usance_lag_seconds', 'Time since a reader was last level with the log', 'reader'),
    waiting: gauge('usance_parked_keys', 'Keys held up by something put aside, until an operator decides', 'reader'),
    leads: gauge('usance_leads', '1 while this process does alone what is done in one process at a time', 'lease'),
    partnerCalls: counter('usance_partner_calls_total', 'Calls to partners', 'partner', 'operation', 'outcome'),
    partnerSeconds: histogram('usance_partner_call_seconds', 'Time of a call to a partner', 'partner', 'operation'),
    breakers: gauge('usance_partner_breaker_open', '1 while the breaker of a partner is open', 'partner'),
    expose: () => registry.metrics(),
    contentType: registry.contentType,
  };
};
