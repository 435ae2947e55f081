export { ExpiringLeases, type ExpiringLeasesOptions } from './expiring-leases';
export { type HoldOptions, type Lease, LeaseLost, type Leases } from './lease';
export type { Asked, LeaseTable } from './lease-table';
export { DEFAULT_TTL_MS, type LeaseTerms, termsFor } from './lease-terms';
export type { LeaseTime } from './lease-time';
export { type Leadership, type LeadershipObserver, type Led, whileLeader } from './while-leader';
