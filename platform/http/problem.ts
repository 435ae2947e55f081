import { z } from 'zod';

/** What every error looks like on the wire (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    /** Stable; documented in the error catalogue. */
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string(),
    /** The same request may succeed later. */
    retryable: z.boolean(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457). The code is stable; see the error catalogue.' });

export type ProblemDocument = z.infer<typeof problemSchema>;

interface HttpProblem {
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
}

/** What can go wrong before a request reaches the rules of the house. */
export const HTTP_PROBLEMS = {
  MALFORMED_REQUEST: { status: 400, title: 'The request cannot be read', remedy: 'Send well-formed JSON.' },
  VALIDATION_FAILED: { status: 400, title: 'The request does not fit its schema', remedy: 'Correct the fields named.' },
  INVALID_CURSOR: {
    status: 400,
    title: 'The cursor is not one of ours for this list',
    remedy: 'Follow the `next` address as it was given.',
  },
  IDEMPOTENCY_KEY_MISSING: {
    status: 400,
    title: 'A write needs an Idempotency-Key header',
    remedy: 'Send a UUID, or 16 to 255 visible characters, new for each new request.',
  },
  UNAUTHENTICATED: { status: 401, title: 'The token is missing, expired or not ours', remedy: 'Get a new token.' },
  FORBIDDEN: { status: 403, title: 'This role may not do this', remedy: 'Use a token of a role that may.' },
  NO_SUCH_ROUTE: { status: 404, title: 'There is nothing at this address', remedy: 'See /docs.' },
  NOT_FOUND: { status: 404, title: 'There is no such thing, or it is not yours', remedy: 'Check the id.' },
  NOT_ACCEPTABLE: { status: 406, title: 'This is not to be had in that form', remedy: 'Correct the Accept header.' },
  STATE_NOT_DERIVABLE: {
    status: 409,
    title: 'The facts of that moment make no state by themselves',
    remedy: 'One was booked late and builds on others. Ask for a later day, or for what was known before it.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    title: 'The request did not arrive whole in time',
    remedy: 'Send the same request again with the same key.',
  },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The body is too large', remedy: 'Send less.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Only JSON is read', remedy: 'Send application/json.' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests', remedy: 'Slow down; see Retry-After.' },
  INTERNAL: { status: 500, title: 'Something is wrong on our side', remedy: 'Send the same request again later.' },
  STORE_UNAVAILABLE: {
    status: 503,
    title: 'What stands behind this is out of reach right now',
    remedy: 'Send the same request again with the same key.',
  },
  NOT_YET_VISIBLE: {
    status: 503,
    title: 'What you wrote is not visible here yet',
    remedy: 'Ask again in a moment with the same consistency token.',
  },
  PARTNER_UNAVAILABLE: { status: 503, title: 'A partner does not answer', remedy: 'Ask again later.' },
  OVERLOADED: { status: 503, title: 'More requests than can be served', remedy: 'Ask again after Retry-After.' },
} as const satisfies Record<string, HttpProblem>;

export type HttpProblemCode = keyof typeof HTTP_PROBLEMS;

/** Thrown by handlers and hooks; the server writes it as a problem document. Never carries personal data. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: ProblemDocument['errors'];

  constructor(of: {
    status: number;
    code: string;
    title: string;
    detail?: string;
    errors?: NonNullable<ProblemDocument['errors']>;
  }) {
    super(of.title);
    this.status = of.status;
    this.code = of.code;
    this.title = of.title;
    this.detail = of.detail;
    this.errors = of.errors;
  }
}

export const httpProblem = (
  code: HttpProblemCode,
  detail?: string,
  errors?: NonNullable<ProblemDocument['errors']>,
): Problem => {
  const { status, title } = HTTP_PROBLEMS[code];
  return new Problem({ status, code, title, ...(detail ? { detail } : {}), ...(errors ? { errors } : {}) });
};

export const problemDocument = (problem: Problem, requestId: string): ProblemDocument => ({
  type: `/docs/errors#${problem.code}`,
  title: problem.title,
  status: problem.status,
  code: problem.code,
  ...(problem.detail ? { detail: problem.detail } : {}),
  requestId,
  retryable: problem.status === 408 || problem.status === 429 || problem.status >= 500,
  ...(problem.errors ? { errors: problem.errors } : {}),
});
