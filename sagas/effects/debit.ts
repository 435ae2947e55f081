import { aggregates, type StateReader } from '../../commands';
import { businessDateAt, instantAt, type RepaymentId } from '../../domain/kernel';
import type { DebitOutcome } from '../../domain/repayment';
import { command, nothing, type Reaction } from '../house-saga';
import { accountOf } from './bank-account';
import type { Effect } from './effect';
import type { OutsideWorld } from './outside-world';
import { asOutcome } from './payout';

type Of<Kind extends Effect['kind']> = Extract<Effect, { readonly kind: Kind }>;

const record = (repaymentId: RepaymentId, effectId: string, answer: DebitOutcome): readonly Reaction[] => [
  command('record', { type: 'RecordRepaymentOutcome', data: { repaymentId, effectId, answer } }, nothing),
];

const inFlight = async (read: StateReader, repaymentId: RepaymentId, effectId: string) => {
  const { state } = await read.load(aggregates.repayment, repaymentId);
  if (state.status !== 'initiated' && state.status !== 'unknown' && state.status !== 'escalated') return undefined;
  return state.order.effectId === effectId ? state.order : undefined;
};

type Order = NonNullable<Awaited<ReturnType<typeof inFlight>>>;

const askedOf = ({ amount, mayBePartial }: Order) => ({ amount, ...(mayBePartial && { mayBePartial }) });

/**
 * While a channel is given a rest, what comes meanwhile is not sent at all: it is sent a little later, under the same
 * effect id, and for so long nobody need ask what became of it.
 */
const SEND_AGAIN_MS = 5_000;
const HELD_BACK_MS = 600_000;

/** Debits the borrower's card for a repayment, asked for by the borrower or agreed in a mandate. */
export const sendDebit = async (
  { read, channels, clock }: OutsideWorld,
  { repaymentId, effectId }: Of<'send-debit'>,
): Promise<readonly Reaction[]> => {
  const repayment = await inFlight(read, repaymentId, effectId);
  if (repayment === undefined) return [];
  const payer = await accountOf(read, repayment.borrowerId, repayment.payer.cardId);
  if (payer === undefined) return record(repaymentId, effectId, { outcome: 'failed', reason: 'payer-erased' });
  const now = clock.now();
  const answer = await channels
    .gatewayTo(repayment.channel)
    .debit({ effectId, ...askedOf(repayment), businessDate: businessDateAt(now), payer });
  // Nobody waits for an automatic one; who asks for a debit in person is to hear of it at once.
  const isHeldBack = repayment.kind === 'automatic' && answer.outcome === 'unknown' && answer.reason === 'breaker-open';
  if (isHeldBack && now < Date.parse(repayment.initiatedAt) + HELD_BACK_MS) {
    const at = instantAt(now + SEND_AGAIN_MS);
    return [{ kind: 'deadline', name: `send-${repaymentId}`, at, data: { effectId, repaymentId } }];
  }
  return record(repaymentId, effectId, answer);
};

/** Asks what became of a debit whose outcome is unknown. */
export const queryDebit = async (
  { read, channels, clock }: OutsideWorld,
  { repaymentId, effectId }: Of<'query-debit'>,
): Promise<readonly Reaction[]> => {
  const repayment = await inFlight(read, repaymentId, effectId);
  if (repayment === undefined) return [];
  const answer = await channels.gatewayTo(repayment.channel).query({
    effectId,
    ...askedOf(repayment),
    businessDate: businessDateAt(clock.now()),
    submittedAt: repayment.initiatedAt,
  });
  return record(repaymentId, effectId, asOutcome(answer));
};
