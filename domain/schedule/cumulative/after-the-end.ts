import type { Day } from '../../calendar';
import type { NotedRun } from './bearing';
import { interestBetween, lateIn } from './interest';
import { payOlder } from './payments';
import { noteRow } from './plan-notes';
import { type Row, rowOf } from './row';
import type { Walk } from './walk';

/**
 * The plan is over and something is overdue: it goes on bearing interest, which falls due with every payment and today
 * in installments of interest alone.
 */
export const goOnAfterTheEnd = (walk: Walk): void => {
  if (walk.late.size === 0 || walk.flat !== undefined) return;
  const { today } = walk.story;
  let since = walk.from;
  let begins = walk.from;
  let interest = 0n;
  let runs: NotedRun[] | undefined = walk.story.notes && [];
  const close = (on: Day): void => {
    if (interest > 0n) {
      const row = rowOf('regular', begins, on, 0n, interest);
      row.isAfterTheEnd = true;
      walk.rows.push(row);
      noteAfterTheEnd(walk, row, runs);
    }
    begins = on;
    interest = 0n;
    runs = runs && [];
  };
  while (since < today && isLate(walk)) {
    walk.number += 1;
    const payment = walk.payments[walk.taken];
    const next = Math.min(walk.dates.due(walk.number), payment?.on ?? today, today);
    if (next > since) interest += interestBetween(walk, since, next, runs);
    since = Math.max(since, next);
    if (payment === undefined || payment.on > since) continue;
    walk.number -= 1;
    close(since);
    walk.taken += 1;
    payOlder(walk, payment);
  }
  close(since);
};

const noteAfterTheEnd = ({ story: { notes } }: Walk, row: Row, runs: readonly NotedRun[] = []): void => {
  if (notes === undefined) return;
  notes.current.interest = { kind: 'days', runs, putOff: 0n, carriedIn: 0n, room: undefined, isPutOff: false };
  noteRow(notes, row);
};

const isLate = (walk: Walk): boolean => walk.rows.some((row) => lateIn(walk, row) > 0n);
