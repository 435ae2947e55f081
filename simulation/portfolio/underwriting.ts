import { chance, seededRandom } from '../random';
import { acknowledgementSchema, reviewedSchema, reviewQueueSchema } from './answers';
import { type Caller, done, type Line } from './caller';
import type { Places } from './places';

const APPROVED_SHARE = 0.6;

/** Those who look at what the engine left to people. What the first may not approve alone the second looks at too. */
export interface Underwriters {
  readonly first: Caller;
  readonly second: Caller;
}

/** Works the queue of what the engine left to people. */
export const reviewQueue = async (line: Line, { first, second }: Underwriters, places: Places): Promise<void> => {
  const waiting: string[] = [];
  let page: string | undefined = '/v1/review-queue?limit=100';
  while (page !== undefined) {
    const path: string = page;
    const queue = done(await places.take(() => first.get(path, reviewQueueSchema)), 'review queue');
    waiting.push(...queue.items.map(({ id }) => id));
    page = queue.next;
  }
  const random = seededRandom(line.seed).fork('reviews');
  await places.each(waiting, async (id) => {
    const path = `/v1/applications/${id}`;
    const claim = await first.post(`${path}/review-claim`, {}, `claim ${id}`, acknowledgementSchema);
    // The applicant withdrew, or a colleague was faster.
    if (claim.kind === 'refused' && claim.code === 'WRONG_STATUS') return;
    done(claim, 'claim');
    const approve = chance(random.fork(id), APPROVED_SHARE);
    const note = approve ? 'means and history support it' : 'history does not support it';
    const review = { approve, note };
    const said = done(await first.post(`${path}/review`, review, `review ${id}`, reviewedSchema), 'review');
    if (said.status === 'endorsed') {
      done(await second.post(`${path}/review`, review, `second review ${id}`, reviewedSchema), 'second review');
    }
  });
};
