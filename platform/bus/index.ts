export {
  type Bus,
  BusError,
  type BusMessage,
  type BusReport,
  type Handler,
  type Report,
  type SubscribeOptions,
  type Subscription,
  type UnreadableMessage,
} from './bus';
export { BusFeed, type BusFeedOptions } from './bus-feed';
export { type CloudEvent, cloudEventSchema } from './cloud-event';
export { deduplicated, prepareSeen, type SeenEvents, seenInMemory, seenInStore } from './dedupe';
export type { Backoff } from './lanes';
export type { Consumer, ParkedMessage } from './parked-messages';
export { ParkingConsumer, type ParkingOptions } from './parking-consumer';
