export type { EventFeed, FeedOptions, FeedPage } from './feed';
export { type ProcessingObserver, silentObserver } from './observer';
export type { AnyProjection, Projection } from './projection';
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
