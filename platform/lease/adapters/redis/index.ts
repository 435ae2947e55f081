export { LeaseServerError, RedisLeaseTable } from './redis-lease-table';
