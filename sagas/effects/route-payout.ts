import { aggregates, chooseChannel, loansDrawn } from '../../commands';
import type { RoutedMovement, RoutingDecision } from '../../domain/channel';
import { businessDateAt, instantAt } from '../../domain/kernel';
import { command, type Reaction } from '../house-saga';
import type { Effect } from './effect';
import type { OutsideWorld } from './outside-world';

/** When no channel can take a payout, it is looked for again after so long. */
const LOOK_AGAIN_MS = 10 * 60_000;

/**
 * Chooses the channel of a payout's next attempt and puts it on record with the reasons. There is a next attempt only
 * while no earlier one may have moved the money. Channels that refused are left out as long as there is another.
 */
export const routePayout = async (
  { read, channels, clock }: OutsideWorld,
  { payoutId, effectId }: Extract<Effect, { readonly kind: 'route-payout' }>,
): Promise<readonly Reaction[]> => {
  const { state } = await read.load(aggregates.payout, payoutId);
  if (state.status !== 'requested' && (state.status !== 'failed' || state.final)) return [];
  const { amount, payee, borrowerId } = state.request;
  const now = clock.now();
  const movement: RoutedMovement = {
    kind: 'payout',
    amount,
    bank: payee.bank,
    // Whoever has waited for an attempt that failed is not kept waiting.
    urgency: state.failed.length > 0 ? 'urgent' : 'normal',
    mayBePartial: false,
    borrower: { loansDrawn: await loansDrawn(read, borrowerId) },
    refusedBy: [...new Set(state.failed.map(({ channel }) => channel))],
    at: instantAt(now),
    businessDate: businessDateAt(now),
  };
  const choose = (among: RoutedMovement) => chooseChannel(read, channels.routing, among);
  const first = await choose(movement);
  const refused = first?.ranking.length === 0 && movement.refusedBy.length > 0;
  const routing = refused ? await choose({ ...movement, refusedBy: [] }) : first;
  const channel = routing === undefined ? channels.own : routing.ranking[0]?.channel;
  return channel === undefined
    ? [{ kind: 'deadline', name: 'route', at: instantAt(now + LOOK_AGAIN_MS), data: { effectId } }]
    : [submit(payoutId, effectId, channel, routing)];
};

const submit = (
  payoutId: Extract<Effect, { readonly kind: 'route-payout' }>['payoutId'],
  effectId: string,
  channel: string,
  routing: RoutingDecision | undefined,
): Reaction =>
  command('submit', {
    type: 'SubmitPayout',
    data: { payoutId, channel, effectId, ...(routing && { routing }) },
  });
