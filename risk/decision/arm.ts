import type { Arm, Strategy } from '../../domain/policy';
import { canonicalHash } from '../../platform/event-log';

const WHOLE = 10_000;
const HEX_DIGITS = 12;

/** A place from 0 to 9999 that follows from the experiment and the borrower, and from nothing else. */
const placeOf = (experiment: string, borrowerId: string): number =>
  Number.parseInt(canonicalHash({ experiment, borrowerId }).slice(0, HEX_DIGITS), 16) % WHOLE;

/** The arm that a borrower is in, the same at every application: as wide as its share. */
export const armFor = ({ experiment, arms }: Strategy, borrowerId: string): Arm => {
  const place = placeOf(experiment, borrowerId);
  let upTo = 0;
  for (const arm of arms) {
    upTo += arm.share;
    if (place < upTo) return arm;
  }
  throw new Error(`the shares of ${experiment} make ${upTo}`);
};
