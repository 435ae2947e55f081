import type { EventShape } from '../event-log';
import type { Places } from './keyed-work';
import { type ProcessingObserver, reasonOf } from './observer';
import { carryOut, type DeadlineChange, type Outcome } from './reactions';
import { type Backoff, delayAfter } from './retry';
import type { Cause, Dispatch, EffectHandler, Reaction, Reactions, Saga } from './saga';

export interface HandlingParts<E extends EventShape, Command, Effect, View> {
  readonly saga: Saga<E, Command, Effect, View>;
  readonly view: View;
  readonly dispatch: Dispatch<Command>;
  readonly effects: EffectHandler<Command, Effect>;
  /** Waits so many milliseconds, or until the runner stops. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly observer: ProcessingObserver;
  /** Attempts before it is given up. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** How many are handled at the same time. A cause that waits for its next attempt takes no place. */
  readonly places: Places;
  readonly signal: AbortSignal;
}

export type Handled =
  | { readonly kind: 'handled'; readonly deadlines: readonly DeadlineChange[]; readonly attempts: number }
  | { readonly kind: 'failed'; readonly reason: string; readonly attempts: number }
  /** The runner stopped first. What has been done will be done again, under the same ids. */
  | { readonly kind: 'stopped' };

/** Asks the saga and does what it wants: after an error again, so many times and no more; after a refusal never. */
export const handle = async <E extends EventShape, Command, Effect, View>(
  cause: Cause<E>,
  key: string,
  parts: HandlingParts<E, Command, Effect, View>,
): Promise<Handled> => {
  const { saga, observer, signal } = parts;
  const answers = new Map<string, readonly Reaction<Command, Effect>[]>();
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      const outcome = await parts.places.within(() => attemptOnce(cause, attempt, answers, parts));
      if (outcome.kind === 'done') return { kind: 'handled', deadlines: outcome.deadlines, attempts: attempt };
      return { kind: 'failed', reason: outcome.reason, attempts: attempt };
    } catch (error) {
      if (signal.aborted) break;
      if (attempt >= parts.attempts) return { kind: 'failed', reason: reasonOf(error), attempts: attempt };
      observer.retried({ saga: saga.name, key, attempt, error });
      await parts.pause(delayAfter(parts.backoff, attempt));
    }
  }
  return { kind: 'stopped' };
};

const NOTHING_TO_DO: Outcome = { kind: 'done', deadlines: [] };

const attemptOnce = async <E extends EventShape, Command, Effect, View>(
  cause: Cause<E>,
  attempt: number,
  answers: Map<string, readonly Reaction<Command, Effect>[]>,
  { saga, view, dispatch, effects, signal }: HandlingParts<E, Command, Effect, View>,
): Promise<Outcome> => {
  const reactions = await reactionsTo(cause, saga, view);
  if (reactions.length === 0) return NOTHING_TO_DO;
  const isEvent = cause.kind === 'event';
  return carryOut(reactions, {
    saga: saga.name,
    causeId: isEvent ? cause.event.id : cause.deadline.id,
    correlationId: isEvent ? cause.event.meta.correlationId : cause.deadline.correlationId,
    dispatch,
    effects,
    context: { attempt, signal, ...(isEvent ? { meta: cause.event.meta } : {}) },
    answers,
  });
};

const reactionsTo = <E extends EventShape, Command, Effect, View>(
  cause: Cause<E>,
  saga: Saga<E, Command, Effect, View>,
  view: View,
): Reactions<Command, Effect> => {
  if (cause.kind === 'event') return saga.react(cause.event, view);
  if (saga.onDeadline) return saga.onDeadline(cause.deadline, view);
  throw new Error(`${saga.name} sets deadlines and does not know what to do when they are due`);
};
