import type { FastifyReply, FastifyRequest } from 'fastify';
import { RecentMap } from '../runtime';
import { httpProblem, type Problem } from './problem';
import type { TokenActor } from './tokens';

/** How much a server takes on. What is over is refused at once, so that what was let in is served in time. */
export interface Limits {
  /** Requests being served at the same time. */
  readonly inFlight: number;
  /** Answers that stay open, live views, at the same time. They wait more than they work. */
  readonly stayOpen: number;
  /** Requests a second of one caller, and how many of them at once; undefined: as many as they like. */
  readonly rateOf: (actor: TokenActor) => { readonly perSecond: number; readonly burst: number } | undefined;
}

/** Callers whose requests are counted; those who have not called for longest are forgotten, and begin anew. */
const CALLERS_MAX = 50_000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Counts what is under way and how often who calls. */
export interface Admission {
  /** Counts a request in until its answer has ended. A problem: there is no room. */
  enter(request: FastifyRequest, reply: FastifyReply): Problem | undefined;
  /** Counts a call. A problem: the caller has called too often, and is told when to call again. */
  call(actor: TokenActor, reply: FastifyReply): Problem | undefined;
}

/**
 * Bounds on what a server takes on: a bound on what is under way, and per caller a token bucket.
 *
 * @param now milliseconds of a clock that never goes back
 */
export const createAdmission = (limits: Limits, now: () => number): Admission => {
  const buckets = new RecentMap<string, Bucket>(CALLERS_MAX);
  let inFlight = 0;
  let staying = 0;
  const leave = (): void => {
    inFlight -= 1;
  };
  const leaveOpen = (): void => {
    staying -= 1;
  };

  return {
    enter: ({ routeOptions }, reply) => {
      const { unbounded, staysOpen } = routeOptions.config;
      if (unbounded) return undefined;
      if (staysOpen) {
        if (staying >= limits.stayOpen) return httpProblem('OVERLOADED');
        staying += 1;
        reply.raw.once('close', leaveOpen);
        return undefined;
      }
      if (inFlight >= limits.inFlight) return httpProblem('OVERLOADED');
      inFlight += 1;
      reply.raw.once('close', leave);
      return undefined;
    },

    call: (actor, reply) => {
      const rate = limits.rateOf(actor);
      if (rate === undefined) return undefined;
      const at = now();
      let bucket = buckets.get(actor.id);
      if (bucket === undefined) {
        bucket = { tokens: rate.burst, filledAt: at };
        buckets.set(actor.id, bucket);
      }
      bucket.tokens = Math.min(rate.burst, bucket.tokens + ((at - bucket.filledAt) * rate.perSecond) / 1_000);
      bucket.filledAt = at;
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return undefined;
      }
      reply.header('retry-after', String(Math.max(1, Math.ceil((1 - bucket.tokens) / rate.perSecond))));
      return httpProblem('TOO_MANY_REQUESTS');
    },
  };
};
