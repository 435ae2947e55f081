export { LeaseServerError, RedisLeaseTable, type RedisLeaseTableOptions } from './redis-lease-table';
