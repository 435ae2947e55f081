import type { HouseProjection } from './house-projection';

/** Where one event of a correlation is to be found. */
export interface TrailStep {
  readonly stream: string;
  readonly revision: string;
  readonly type: string;
  readonly at: string;
  readonly actor: string;
  readonly eventId: string;
  readonly causationId: string;
}

export interface CorrelationDoc {
  readonly correlationId: string;
  readonly steps: readonly TrailStep[];
}

/** A trail longer than this is read from the log; a document is for people. */
const STEPS_MAX = 500;

/** Everything that one request led to, across all streams. */
export const correlations: HouseProjection<CorrelationDoc> = {
  name: 'correlations',
  version: 1,
  indexes: {},
  keys: ({ meta }) => [meta.correlationId],
  fold: (doc, { stream, revision, type, id, meta }, key) => {
    const steps = doc?.steps ?? [];
    if (steps.length >= STEPS_MAX) return doc;
    const step = {
      stream,
      revision: revision.toString(),
      type,
      at: meta.bookedAt,
      actor: `${meta.actor.kind}:${meta.actor.id}`,
      eventId: id,
      causationId: meta.causationId,
    };
    return { correlationId: key, steps: [...steps, step] };
  },
};
