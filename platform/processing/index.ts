export { ProjectionNotReadyError } from './builds';
export type { EventFeed, FeedOptions, FeedPage } from './feed';
export { LogFeed, type LogFeedOptions } from './log-feed';
export { type ProcessingObserver, silentObserver } from './observer';
export type { AnyProjection, Projection } from './projection';
export { type ProjectionQueries, type ProjectionReader, StoredProjections } from './projection-queries';
export {
  type Committed,
  type ProjectionLag,
  ProjectionRunner,
  type ProjectionRunnerOptions,
} from './projection-runner';
export { reactionId } from './reactions';
export type {
  Cause,
  Deadline,
  DeadlineData,
  Dispatch,
  DispatchContext,
  DispatchResult,
  EffectContext,
  EffectHandler,
  Parked,
  Reaction,
  Reactions,
  Saga,
} from './saga';
export { type SagaLimits, SagaRunner, type SagaRunnerOptions } from './saga-runner';
export { type RunningSaga, type SagaLag, Sagas, type Unparked } from './sagas';
export type { SlotLimits } from './slot';
