import type { NewEvent } from '../platform/event-store';
import { nameOf, uuidOf } from './support';

/** Events of a loan's stream: few enough streams that most appends go to one that is there. */
const EVENTS_PER_STREAM = 5;

/** An event to append and where it belongs: the n-th of its stream. */
export interface Work {
  readonly stream: string;
  readonly revision: number;
  readonly event: NewEvent;
}

/** A repayment: about 350 characters of data and 280 of metadata. */
const repayment = (stream: string, revision: number): NewEvent => {
  const id = uuidOf(`${stream}@${revision}`);
  return {
    id,
    type: 'RepaymentReceived',
    data: JSON.stringify({
      loanId: stream,
      repaymentId: `repayment-${id}`,
      amount: { amount: '1234.56', currency: 'CNY' },
      receivedAt: '2026-03-15T10:11:12.131Z',
      channel: 'unionpay-debit',
      allocation: { fees: '5.00', penalty: '0.00', interest: '212.34', principal: '1017.22' },
      remaining: { principal: '98765.43', interest: '0.00' },
      installment: revision,
    }),
    meta: JSON.stringify({
      schema: 1,
      commandId: id,
      correlationId: id,
      causationId: id,
      actor: { kind: 'system', id: 'collections' },
      valueDate: '2026-03-15',
      bookedAt: '2026-03-15T10:11:12.131Z',
    }),
  };
};

/**
 * One event for each stream in turn, then another one for each in an order that has nothing to do with the first, and
 * so on. Between two events of one stream lie at least `inFlight` others, so that the first is there when it matters.
 */
export const workOf = (count: number, inFlight: number): readonly Work[] => {
  const streams = Math.min(count, Math.max(Math.ceil(count / EVENTS_PER_STREAM), inFlight * 2));
  const names = Array.from({ length: streams }, (_, index) => `loan-${nameOf(String(index))}`);
  // Names are as good as random, so sorting shuffles. Each half stays in its place: that keeps the distance.
  const half = Math.ceil(streams / 2);
  const shuffled = [...names.slice(0, half).toSorted(), ...names.slice(half).toSorted()];
  return Array.from({ length: count }, (_, index) => {
    const revision = Math.floor(index / streams);
    const stream = (revision === 0 ? names : shuffled)[index % streams] ?? '';
    return { stream, revision, event: repayment(stream, revision) };
  });
};
