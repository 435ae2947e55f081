import { compareMoney, type Instant, parseMoney, type Refusal, refuse, unreachable } from '../kernel';
import type { MandateCommand } from './commands';
import type { MandateEvent } from './events';
import { classOf, retryAt } from './retry';
import { type RefusalClass, retryPolicy } from './retry-policy';
import { evolve, type KnownMandate, type MandateState } from './state';

type RecordDebit = Extract<MandateCommand, { type: 'RecordDebit' }>;

/** What became of the debit in flight, what is done next for its due date, and for one that waited behind it. */
export const recordDebit = ({ data, at }: RecordDebit, state: KnownMandate): readonly MandateEvent[] | Refusal => {
  const { repaymentId, result } = data;
  const { inFlight } = state;
  if (inFlight?.repaymentId !== repaymentId) return [];
  const { loanId, dueDate, attempt, amount } = inFlight;
  const of = { loanId, dueDate, repaymentId, attempt };
  switch (result.outcome) {
    case 'taken': {
      const left = compareMoney(parseMoney(result.amount), parseMoney(amount));
      if (left > 0) return refuse('AMOUNT_MISMATCH', `${repaymentId} was of ${amount.amount}`);
      const taken: MandateEvent = { type: 'DebitTaken', data: { ...of, amount: result.amount } };
      return followed(state, [taken], left < 0 ? 'no-funds' : undefined, at);
    }
    case 'failed': {
      const kind = classOf(retryPolicy, result.reason);
      const failed: MandateEvent = { type: 'DebitFailed', data: { ...of, reason: result.reason, kind } };
      return followed(state, [failed, ...ended(state, kind, result.reason)], kind, at);
    }
    case 'withdrawn': {
      const failed: MandateEvent = { type: 'DebitFailed', data: { ...of, reason: result.reason, kind: 'withdrawn' } };
      return followed(state, [failed], undefined, at);
    }
    default:
      return unreachable(result);
  }
};

/** An account that is not to be debited ends the mandate. */
const ended = (
  { status, loanId, number, inFlight }: KnownMandate,
  kind: RefusalClass,
  reason: string,
): readonly MandateEvent[] =>
  kind === 'closed' && status === 'live' && inFlight
    ? [{ type: 'MandateRefused', data: { loanId, number, repaymentId: inFlight.repaymentId, reason } }]
    : [];

const policy = { name: retryPolicy.name, version: retryPolicy.version };

/** The facts, and what follows from them: a further attempt, or none; or the due date that has waited. */
const followed = (
  before: KnownMandate,
  facts: readonly MandateEvent[],
  refused: RefusalClass | undefined,
  at: Instant,
): readonly MandateEvent[] => {
  let after: MandateState = before;
  for (const fact of facts) after = evolve(after, fact);
  if (after.status === 'none' || after.trying === undefined) return facts;
  const { loanId, trying, deferred, agreement } = after;
  const { dueDate } = trying;
  const live = after.status === 'live';
  if (deferred !== undefined && live) {
    return [...facts, { type: 'DebitRetryPlanned', data: { loanId, dueDate: deferred, attempt: 1, at, policy } }];
  }
  if (refused === undefined) return facts;
  if (!live) return [...facts, { type: 'DebitGivenUp', data: { loanId, dueDate, reason: 'mandate-ended' } }];
  const { noFunds, technical, attempts } = trying;
  const next = retryAt(retryPolicy, { kind: refused, dueDate, at, noFunds, technical, payDays: agreement.payDays });
  return next === undefined
    ? [...facts, { type: 'DebitGivenUp', data: { loanId, dueDate, reason: 'tried-enough' } }]
    : [...facts, { type: 'DebitRetryPlanned', data: { loanId, dueDate, attempt: attempts + 1, at: next, policy } }];
};
