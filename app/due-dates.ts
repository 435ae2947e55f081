import { businessDateSchema, loanIdSchema } from '../domain/kernel';
import type { Position } from '../platform/event-store';
import type { ProjectionQueries } from '../platform/processing';
import { MANDATE_PARTITIONS, nextOf, projections } from '../projections';
import type { DueDates } from '../sagas';

/** So long is waited for the read model; a run that has waited in vain is tried again later. */
const CATCH_UP_MS = 300_000;

const PAGE = 32;

/** The due dates under live mandates, from the read model of mandates. */
export const dueDatesOf = (log: { head(): Promise<Position> }, queries: ProjectionQueries): DueDates => {
  const mandates = queries.reader(projections.mandates);
  return {
    partitions: MANDATE_PARTITIONS,
    caughtUp: async () => {
      const seen = await queries.waitFor(projections.mandates.name, await log.head(), CATCH_UP_MS);
      if (!seen) throw new Error('the read model of mandates does not keep up with the log');
    },
    open: async (what, partition, through, after) => {
      const { items, next } = await mandates.query({
        index: what === 'due' ? 'byDue' : 'byNotice',
        equals: [partition],
        most: through,
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      const open = items.flatMap(({ doc }) => {
        const dueDate = nextOf(doc, what);
        return dueDate === undefined
          ? []
          : [{ loanId: loanIdSchema.parse(doc.loanId), dueDate: businessDateSchema.parse(dueDate) }];
      });
      return { items: open, ...(next !== undefined && { next }) };
    },
  };
};
