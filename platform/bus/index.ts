export type { Bus, BusMessage } from './bus';
export { BusFeed } from './bus-feed';
export type { CloudEvent } from './cloud-event';
