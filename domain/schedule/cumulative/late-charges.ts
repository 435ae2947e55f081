import type { Day } from '../../calendar';
import { amountRulesOf } from './amounts';
import { chargeLate } from './charges';
import { left, type Row } from './row';
import type { Demand, Story } from './story';

/** What was judged of overdue installments, and the charges that came of it. */
export interface Judged {
  readonly rows: readonly Row[];
  readonly story: Story;
  readonly judged: Set<string>;
  readonly lateDemands: Demand[];
}

/**
 * Charges on overdue installments: an installment of which something is left once its grace days are over bears each
 * of them, worked out of what is left then. What is paid later does not take them back.
 */
export const judgeLate = (books: Judged, before: Day): void => {
  const { rows, story } = books;
  for (const charge of story.terms.charges) {
    if (charge.time !== 'overdue-installment') continue;
    for (const [index, row] of rows.entries()) {
      const id = `${charge.name} ${index + 1}`;
      const isOver = row.due + (charge.graceDays ?? 0) < before && row.kind === 'regular';
      if (!isOver || books.judged.has(id)) continue;
      books.judged.add(id);
      if (left(row, 'principal') + left(row, 'interest') === 0n) continue;
      const { calculation, kind } = charge;
      const demand: Demand = { id, portion: kind, calculation, since: row.due, dueOn: row.due };
      chargeLate(row, demand, row.due, story, amountRulesOf(story.terms));
      books.lateDemands.push(demand);
    }
  }
};
