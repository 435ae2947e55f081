import { aggregates, chooseChannel, loansDrawn } from '../../commands';
import type { RoutingDecision } from '../../domain/channel';
import { type BorrowerId, businessDateAt, instantAt, type MoneyText, mandateId } from '../../domain/kernel';
import { debitStandingOf } from '../../domain/mandate';
import { command, type Reaction } from '../house-saga';
import type { Effect } from './effect';
import type { OutsideWorld } from './outside-world';

type RouteDebit = Extract<Effect, { readonly kind: 'route-debit' }>;

/** When no channel can take a debit, it is looked for again after so long. */
const LOOK_AGAIN_MS = 10 * 60_000;

/**
 * Chooses the channel of a debit that a mandate has ordered, and puts the repayment on record with the reasons, before
 * anything is sent. Carried out again it finds the repayment there.
 */
export const routeDebit = async (
  { read, channels, clock }: OutsideWorld,
  { loanId, repaymentId }: RouteDebit,
): Promise<readonly Reaction[]> => {
  const { state } = await read.load(aggregates.mandate, mandateId(loanId));
  const { ordered } = debitStandingOf(state);
  if (state.status === 'none' || ordered?.repaymentId !== repaymentId) return [];
  const repayment = (await read.load(aggregates.repayment, repaymentId)).state;
  if (repayment.status !== 'none') return [];
  const now = clock.now();
  const routing = await chooseChannel(read, channels.routing, {
    kind: 'debit',
    amount: ordered.amount,
    bank: ordered.payer.bank,
    urgency: 'normal',
    // Of what is not taken the mandate orders a further attempt.
    mayBePartial: true,
    borrower: { loansDrawn: await loansDrawn(read, state.borrowerId) },
    refusedBy: [],
    at: instantAt(now),
    businessDate: businessDateAt(now),
  });
  const channel = routing === undefined ? channels.own : routing.ranking[0]?.channel;
  return channel === undefined
    ? [{ kind: 'deadline', name: 'route', at: instantAt(now + LOOK_AGAIN_MS), data: { repaymentId } }]
    : [initiate({ loanId, repaymentId }, { ...ordered, borrowerId: state.borrowerId }, channel, routing)];
};

const initiate = (
  { loanId, repaymentId }: Pick<RouteDebit, 'loanId' | 'repaymentId'>,
  { amount, borrowerId }: { readonly amount: MoneyText; readonly borrowerId: BorrowerId },
  channel: string,
  routing: RoutingDecision | undefined,
): Reaction => {
  const effectId = `${repaymentId}.1`;
  const of = { repaymentId, loanId, borrowerId, kind: 'automatic', amount } as const;
  return command(
    'initiate',
    { type: 'InitiateRepayment', data: { ...of, channel, effectId, ...(routing && { routing }) } },
    (code) => (code === 'ALREADY_EXISTS' ? [] : [withdrawn({ loanId, repaymentId }, code)]),
  );
};

/** It was not sent, and will not be: the mandate has ended, or the loan owes nothing any more. */
const withdrawn = ({ loanId, repaymentId }: Pick<RouteDebit, 'loanId' | 'repaymentId'>, reason: string): Reaction => {
  const result = { outcome: 'withdrawn', reason } as const;
  return command('withdraw', { type: 'RecordDebit', data: { mandateId: mandateId(loanId), repaymentId, result } });
};
