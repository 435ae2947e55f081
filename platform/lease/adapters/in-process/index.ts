export { InProcessLeases } from './in-process-leases';
