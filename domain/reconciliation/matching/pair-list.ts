import { numberAt } from './item-table';
import type { Matching } from './match-items';

const PIECE_BYTES = 1 << 17;
const BLANK = 32;
const LINE_END = 10;

/**
 * The canonical list of what was matched, as UTF-8 in pieces: per matched line, in the order of the statement, the
 * line's id and the references of ours that it was matched with, each line on a line of its own. The same statement
 * against the same events by the same rules gives the same bytes, so the list need not be kept: its hash is, and it can
 * be made again.
 */
export function* pairList({ sides: { ours, theirs }, ourPlaces, theirPlaces }: Matching): Generator<Uint8Array> {
  const { pool } = ours;
  const { heads, next } = itemsByMatch(ourPlaces, Math.min(ours.length, theirs.length));
  let piece = new Uint8Array(PIECE_BYTES);
  let length = 0;
  for (let line = 0; line < theirs.length; line += 1) {
    const match = numberAt(theirPlaces, line);
    if (match < 0 || match >= heads.length) continue;
    const id = numberAt(theirs.ids, line);
    const first = heads[match] ?? -1;
    let needed = pool.lengthOf(id) + 1;
    for (let own = first; own >= 0; own = next[own] ?? -1) needed += pool.lengthOf(numberAt(ours.references, own)) + 1;
    if (length + needed > piece.length) {
      yield piece.subarray(0, length);
      piece = new Uint8Array(Math.max(PIECE_BYTES, needed));
      length = 0;
    }
    length = pool.copy(id, piece, length);
    for (let own = first; own >= 0; own = next[own] ?? -1) {
      piece[length] = BLANK;
      length = pool.copy(numberAt(ours.references, own), piece, length + 1);
    }
    piece[length] = LINE_END;
    length += 1;
  }
  if (length > 0) yield piece.subarray(0, length);
}

/** Our items by the match they are in: the first of each match, and from each item the next one. */
const itemsByMatch = (places: Int32Array, matches: number) => {
  const heads = new Int32Array(matches).fill(-1);
  const next = new Int32Array(places.length).fill(-1);
  for (let own = places.length - 1; own >= 0; own -= 1) {
    const match = numberAt(places, own);
    if (match < 0) continue;
    next[own] = heads[match] ?? -1;
    heads[match] = own;
  }
  return { heads, next };
};
