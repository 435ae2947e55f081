import { type Page, type ReadAllOptions, START } from '../../event-store';
import { failureOf, isFinal } from './failure';
import { Follower, type FollowerParts } from './follower';
import { linked } from './linked-signal';
import { pageSizeOf } from './log-reading';

/**
 * Follows the log: one subscription after another, each from where the one before broke off. Gives up when that
 * happens again and again without a page in between.
 */
export async function* follow(parts: FollowerParts, options: ReadAllOptions): AsyncGenerator<Page> {
  const size = pageSizeOf(options);
  const follower = new Follower(parts, options.after ?? START, options.categories, size);
  const own = linked([parts.closed, ...(options.signal ? [options.signal] : [])]);
  try {
    if (options.signal?.aborted) return;
    await follower.checkStart(own.signal);
    yield* sittings(parts, follower, own.signal);
  } catch (error) {
    // What was aborted ends without an error, whatever else went wrong on the way.
    if (!options.signal?.aborted) throw error;
  } finally {
    own.release();
  }
}

async function* sittings({ patience }: FollowerParts, follower: Follower, signal: AbortSignal): AsyncGenerator<Page> {
  for (let failures = 1; ; failures += 1) {
    try {
      for await (const page of follower.sitting(signal)) {
        failures = 1;
        yield page;
      }
      throw new Error('the server has ended the subscription');
    } catch (error) {
      signal.throwIfAborted();
      if (isFinal(error)) throw failureOf('following the log', error);
      if (failures >= patience.settings.attempts) {
        throw failureOf(`following the log: given up after ${failures} attempts`, error);
      }
    }
    await patience.pause(failures, [signal]);
    signal.throwIfAborted();
  }
}
