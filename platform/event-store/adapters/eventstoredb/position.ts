import { EventStoreError, type Position } from '../../event-store';

/** A place in the server's transaction file. */
export interface LogPlace {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Digits of the largest unsigned 64-bit number, so that texts sort like the pairs of numbers they stand for. */
const DIGITS = 20;
const POSITION = /^([0-9]{20})\/([0-9]{20})$/;

const padded = (place: bigint): string => String(place).padStart(DIGITS, '0');

export const positionOf = ({ commit, prepare }: LogPlace): Position => `${padded(commit)}/${padded(prepare)}`;

/** The place behind a position; undefined is the start of the log. */
export const placeOf = (position: Position): LogPlace | undefined => {
  if (position === '') return undefined;
  const [, commit, prepare] = POSITION.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) {
    throw new EventStoreError(`"${position}" is not a position of this log`);
  }
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};

export const later = (one: Position, other: Position): Position => (one > other ? one : other);
