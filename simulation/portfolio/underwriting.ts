import { chance, seededRandom } from '../random';
import { acknowledgementSchema, type ReviewQueue, reviewQueueSchema } from './answers';
import { type Caller, done, type Line } from './caller';
import { inParallel } from './parallel';

const APPROVED_SHARE = 0.6;

/** Works the queue of what the engine left to people; gives how many were decided. */
export const reviewQueue = async (line: Line, underwriter: Caller, inFlight: number): Promise<number> => {
  const waiting: string[] = [];
  let page: string | undefined = '/v1/review-queue?limit=100';
  while (page !== undefined) {
    const queue: ReviewQueue = done(await underwriter.get(page, reviewQueueSchema), 'review queue');
    waiting.push(...queue.items.map(({ id }) => id));
    page = queue.next;
  }
  const random = seededRandom(line.seed).fork('reviews');
  const reviewed = await inParallel(waiting, inFlight, async (id) => {
    const approve = chance(random.fork(id), APPROVED_SHARE);
    const note = approve ? 'means and history support it' : 'history does not support it';
    const reply = await underwriter.post(
      `/v1/applications/${id}/review`,
      { approve, note },
      `review ${id}`,
      acknowledgementSchema,
    );
    // The applicant withdrew, or a colleague was faster.
    if (reply.kind === 'refused' && reply.code === 'WRONG_STATUS') return 0;
    done(reply, 'review');
    return 1;
  });
  return reviewed.reduce<number>((sum, one) => sum + one, 0);
};
