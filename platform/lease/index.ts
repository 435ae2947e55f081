export { ExpiringLeases } from './expiring-leases';
export { type HoldOptions, type Lease, LeaseLost, type Leases } from './lease';
export type { Asked, LeaseTable } from './lease-table';
export { type LeaseTerms, termsFor } from './lease-terms';
export { type Leadership, type LeadershipObserver, type Led, whileLeader } from './while-leader';
