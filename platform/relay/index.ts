export { cloudEventOf, type PublicEvent, Relay, type RelayLag, type RelayObserver, type RelayOptions } from './relay';
