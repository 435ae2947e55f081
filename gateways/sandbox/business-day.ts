import { type BusinessDate, businessDateSchema, fromEpochDay } from '../../domain/kernel';
import type { MessageHeaders } from '../http';
import { headerOf } from '../http';

const MS_PER_DAY = 86_400_000;
/** Banks in China keep the business date of Asia/Shanghai: UTC+8, no summer time. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** The day in Shanghai at an instant given in milliseconds since 1970. */
export const dayAt = (now: number): BusinessDate => fromEpochDay(Math.floor((now + SHANGHAI_OFFSET_MS) / MS_PER_DAY));

/** The business date that a question is for: the one it names, or today's. */
export const businessDateOf = (headers: MessageHeaders, now: number): BusinessDate => {
  const named = headerOf(headers, 'x-business-date');
  return named === undefined ? dayAt(now) : businessDateSchema.parse(named);
};
