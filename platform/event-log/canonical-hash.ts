import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json';

/** SHA-256 of a value's canonical JSON (RFC 8785), hex: equal values have equal hashes, however they were written. */
export const canonicalHash = (value: unknown): string => hash('sha256', canonicalJson(value), 'hex');
