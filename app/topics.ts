/** Where public events go: everything that partners and other services may see, keyed by loan or application. */
export const PUBLIC_TOPIC = 'usance.events';
