import { numberAt } from './item-table';
import type { Matching } from './match-items';

const LINES_AT_ONCE = 2_000;

/**
 * The canonical list of what was matched, in pieces: per matched line, in the order of the statement, the line's id and
 * the references of ours that it was matched with, each on a line of text of its own. The same statement against the
 * same events by the same rules gives the same bytes, so the list need not be kept: its hash is, and it can be made
 * again.
 */
export function* pairList({ sides: { ours, theirs }, ourPlaces, theirPlaces }: Matching): Generator<string> {
  const heads = new Int32Array(Math.min(ours.length, theirs.length)).fill(-1);
  const next = new Int32Array(ours.length).fill(-1);
  for (let own = ours.length - 1; own >= 0; own -= 1) {
    const match = numberAt(ourPlaces, own);
    if (match < 0) continue;
    next[own] = heads[match] ?? -1;
    heads[match] = own;
  }
  let piece = '';
  for (let line = 0, lines = 0; line < theirs.length; line += 1) {
    const match = numberAt(theirPlaces, line);
    if (match < 0 || match >= heads.length) continue;
    piece += theirs.idOf(line);
    for (let own = heads[match] ?? -1; own >= 0; own = next[own] ?? -1) piece += ` ${ours.referenceOf(own)}`;
    piece += '\n';
    lines += 1;
    if (lines % LINES_AT_ONCE === 0) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}
