import { EventStoreError, type Position, START } from '../../event-store';

const DIGITS = 16;
const POSITION = /^[0-9]{16}$/;

/** Positions of an in-process log are the numbers 1, 2, 3 …, written with leading zeros so that texts sort like them. */
export const positionOf = (place: number): Position => (place === 0 ? START : String(place).padStart(DIGITS, '0'));

/** The number behind a position; 0 is the start. */
export const placeOf = (position: Position): number => {
  if (position === START) return 0;
  if (!POSITION.test(position)) throw new EventStoreError(`"${position}" is not a position of this log`);
  return Number(position);
};
