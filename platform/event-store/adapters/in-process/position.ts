import { EventStoreError, type Position, START } from '../../event-store';

const ZEROS = '0000000000000000';
const POSITION = /^[0-9]{16}$/;

/**
 * Positions of an in-process log are the numbers 1, 2, 3 …, written with leading zeros so that texts sort like them.
 */
export const positionOf = (place: number): Position => {
  if (place === 0) return START;
  const digits = String(place);
  return ZEROS.slice(digits.length) + digits;
};

/** The number behind a position; 0 is the start. */
export const placeOf = (position: Position): number => {
  if (position === START) return 0;
  if (!POSITION.test(position)) throw new EventStoreError(`"${position}" is not a position of this log`);
  return Number(position);
};
