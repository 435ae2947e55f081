export { ProjectionNotReadyError } from './builds';
export { nextDeadline } from './deadlines';
export type { EventFeed, FeedOptions, FeedPage } from './feed';
export { LogFeed } from './log-feed';
export { type ProcessingObserver, silentObserver } from './observer';
export type { AnyProjection, Projection } from './projection';
export { type ProjectionQueries, type ProjectionReader, StoredProjections } from './projection-queries';
export { type Committed, ProjectionRunner, type ProjectionRunnerOptions } from './projection-runner';
export { reactionId } from './reactions';
export type {
  Deadline,
  Dispatch,
  DispatchContext,
  DispatchResult,
  EffectContext,
  Parked,
  Reaction,
  Saga,
} from './saga';
export { SagaRunner, type SagaRunnerOptions } from './saga-runner';
export { Sagas } from './sagas';
