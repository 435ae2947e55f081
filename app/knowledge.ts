import { parseMoney } from '../domain/kernel';
import { ProjectionNotReadyError, type ProjectionQueries } from '../platform/processing';
import { projections, tallyKeysOf } from '../projections';
import { associationsOf, type CutOff, countersOf, explore, historyOf } from '../risk/features';
import type { HouseKnowledge } from '../sagas';

/** More dealings than that with one borrower are not looked at: the latest are. */
const DEALINGS_MOST = 500;

/** What the house knows of applicants out of its read models, each waited for up to a deadline. */
export const knowledgeOf = (queries: ProjectionQueries, deadlineMs: number): HouseKnowledge => {
  const velocities = queries.reader(projections.velocities);
  const nodes = queries.reader(projections.associations);
  const dealings = queries.reader(projections.dealings);

  /** What is found once a read model shows everything up to the cut-off; undefined when that does not come in time. */
  const caughtUp = async <Found>(
    { name }: { readonly name: string },
    { position }: CutOff,
    find: () => Promise<Found>,
  ): Promise<Found | undefined> => {
    try {
      return (await queries.waitFor(name, position, deadlineMs)) ? await find() : undefined;
    } catch (error) {
      if (error instanceof ProjectionNotReadyError) return undefined;
      throw error;
    }
  };

  return {
    counters: (of, cutOff) =>
      caughtUp(projections.velocities, cutOff, async () => {
        const keys = tallyKeysOf(of);
        const found = await velocities.getMany([...keys.values()]);
        const tallies = new Map([...keys].map(([kind, key]) => [kind, found.get(key)?.doc]));
        return countersOf(tallies, cutOff, of.amount.currency);
      }),
    associations: ({ borrowerId }, cutOff) =>
      caughtUp(projections.associations, cutOff, async () => {
        const around = await explore(borrowerId, cutOff.position, async (keys) => {
          const found = await nodes.getMany(keys);
          return new Map([...found].map(([key, { doc }]) => [key, doc]));
        });
        return associationsOf(around, borrowerId, cutOff.position);
      }),
    history: ({ borrowerId, applicationId, amount }, cutOff) =>
      caughtUp(projections.dealings, cutOff, async () => {
        const { items } = await dealings.query({
          index: 'byBorrower',
          equals: [borrowerId],
          order: 'descending',
          limit: DEALINGS_MOST,
        });
        const { currency } = parseMoney(amount);
        return historyOf(
          items.map(({ doc }) => doc),
          applicationId,
          cutOff.at,
          currency,
        );
      }),
  };
};
