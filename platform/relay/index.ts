export {
  cloudEventOf,
  type PublicEvent,
  Relay,
  type RelayLag,
  type RelayObserver,
  type RelayOptions,
  relayedThrough,
} from './relay';
