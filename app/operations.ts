import type { DomainEvent } from '../domain/events';
import type { Parked, ProjectionRunner, Sagas } from '../platform/processing';
import type { Operations, ParkedView } from '../write-api';

const causeOf = ({ cause }: Parked): string =>
  cause.kind === 'event' ? `${cause.type} ${cause.stream}@${cause.revision}` : `deadline ${cause.deadline.name}`;

const viewOf = (parked: Parked): ParkedView => ({
  id: parked.id,
  reader: parked.saga,
  key: parked.key,
  state: parked.state,
  cause: causeOf(parked),
  reason: parked.reason,
  attempts: parked.attempts,
  since: parked.since,
});

/** The machinery of a process: the sagas, the read models, or both. */
export interface Machinery {
  readonly sagas?: Sagas | undefined;
  /** Undefined while another process keeps the read models up to date. */
  readonly projections: () => ProjectionRunner<DomainEvent> | undefined;
  readonly projectionNames: readonly string[];
}

/** What operators can see and do of the machinery of this process. */
export const operationsOf = ({ sagas, projections, projectionNames }: Machinery): Operations => ({
  parked: async () => ((await sagas?.listParked()) ?? []).map(viewOf),
  retry: async (id) => sagas !== undefined && (await sagas.retryParked(id)).kind !== 'unknown',
  skip: async (id, by) => sagas !== undefined && (await sagas.skipParked(id, by)).kind !== 'unknown',
  lag: async () => [
    ...((await projections()?.lag()) ?? []).map(({ projection, position, head }) => ({
      reader: projection,
      behind: position < head,
      checkpoint: position,
    })),
    ...((await sagas?.lag()) ?? []).map(({ saga, position, head }) => ({
      reader: saga,
      behind: position < head,
      checkpoint: position,
    })),
  ],
  rebuild: async (name) => {
    const runner = projections();
    if (runner === undefined || !projectionNames.includes(name)) return false;
    // Runs beside the live documents; how far it is shows in the lag.
    runner.rebuild(name).catch(() => undefined);
    return true;
  },
});
