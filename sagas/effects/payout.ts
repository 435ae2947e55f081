import { aggregates, type StateReader } from '../../commands';
import { businessDateAt, type PayoutId } from '../../domain/kernel';
import type { ChannelOutcome } from '../../domain/payout';
import type { DebitOutcome } from '../../domain/repayment';
import type { QueryOutcome } from '../../gateways/instructions';
import { command, nothing, type Reaction } from '../house-saga';
import { accountOf } from './bank-account';
import type { Effect } from './effect';
import type { OutsideWorld } from './outside-world';

type Of<Kind extends Effect['kind']> = Extract<Effect, { readonly kind: Kind }>;

const record = (payoutId: PayoutId, effectId: string, answer: ChannelOutcome): readonly Reaction[] => [
  command('record', { type: 'RecordPayoutOutcome', data: { payoutId, effectId, answer } }, nothing),
];

/** The instruction in flight under this effect id, if it still is. */
const inFlight = async (read: StateReader, payoutId: PayoutId, effectId: string) => {
  const { state } = await read.load(aggregates.payout, payoutId);
  if (state.status !== 'submitted' && state.status !== 'unknown' && state.status !== 'escalated') return undefined;
  return state.attempt.effectId === effectId ? { ...state.request, attempt: state.attempt } : undefined;
};

/** Pays out. Carried out again after a crash it goes out under the same effect id: one effect at the channel. */
export const sendPayout = async (
  { read, channels }: OutsideWorld,
  { payoutId, effectId, sentOn }: Of<'send-payout'>,
): Promise<readonly Reaction[]> => {
  const payout = await inFlight(read, payoutId, effectId);
  if (payout === undefined) return [];
  const payee = await accountOf(read, payout.borrowerId, payout.payee.cardId);
  if (payee === undefined) return record(payoutId, effectId, { outcome: 'failed', reason: 'payee-erased' });
  const answer = await channels
    .gatewayTo(payout.attempt.channel)
    .payout({ effectId, amount: payout.amount, businessDate: sentOn, payee });
  return record(payoutId, effectId, answer);
};

/** `not-found` is a definite no: the channel never had it and can no longer act on it. */
export const asOutcome = (answer: QueryOutcome | DebitOutcome): DebitOutcome =>
  answer.outcome === 'not-found' ? { outcome: 'failed', reason: 'never-received' } : answer;

/** Asks what became of an instruction whose outcome is unknown. */
export const queryPayout = async (
  { read, channels, clock }: OutsideWorld,
  { payoutId, effectId }: Of<'query-payout'>,
): Promise<readonly Reaction[]> => {
  const payout = await inFlight(read, payoutId, effectId);
  if (payout === undefined) return [];
  const answer = await channels.gatewayTo(payout.attempt.channel).query({
    effectId,
    amount: payout.amount,
    businessDate: businessDateAt(clock.now()),
    submittedAt: payout.attempt.submittedAt,
  });
  return record(payoutId, effectId, asOutcome(answer));
};
