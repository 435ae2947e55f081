import { chance, seededRandom } from '../random';
import { acknowledgementSchema, reviewQueueSchema } from './answers';
import { type Caller, done, type Line } from './caller';
import type { Places } from './places';

const APPROVED_SHARE = 0.6;

/** Works the queue of what the engine left to people. */
export const reviewQueue = async (line: Line, underwriter: Caller, places: Places): Promise<void> => {
  const waiting: string[] = [];
  let page: string | undefined = '/v1/review-queue?limit=100';
  while (page !== undefined) {
    const path: string = page;
    const queue = done(await places.take(() => underwriter.get(path, reviewQueueSchema)), 'review queue');
    waiting.push(...queue.items.map(({ id }) => id));
    page = queue.next;
  }
  const random = seededRandom(line.seed).fork('reviews');
  await places.each(waiting, async (id) => {
    const approve = chance(random.fork(id), APPROVED_SHARE);
    const note = approve ? 'means and history support it' : 'history does not support it';
    const reply = await underwriter.post(
      `/v1/applications/${id}/review`,
      { approve, note },
      `review ${id}`,
      acknowledgementSchema,
    );
    // The applicant withdrew, or a colleague was faster.
    if (reply.kind === 'done' || reply.code !== 'WRONG_STATUS') done(reply, 'review');
  });
};
