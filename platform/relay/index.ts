export { cloudEventOf, type PublicEvent, Relay, type RelayObserver, relayedThrough } from './relay';
