import {
  type ChannelFacts,
  type RoutedMovement,
  type RoutingDecision,
  type RoutingPolicy,
  route,
} from '../domain/channel';
import { type BorrowerId, channelId, creditLineId } from '../domain/kernel';
import { aggregates } from './aggregates';
import type { StateReader } from './entry';

type Measures = Pick<ChannelFacts, 'usedToday' | 'measured'>;

/** What choosing a channel needs besides the streams of the channels themselves. */
export interface RoutingTable {
  /** The channels that the house has a way to. */
  readonly names: readonly string[];
  readonly policy: RoutingPolicy;
  /** What became of movements like this one. May lag behind: it weighs, it does not permit. */
  readonly measuresFor: (name: string, movement: RoutedMovement) => Promise<Measures>;
}

/**
 * Chooses a channel for a movement among those that are enrolled; undefined when none is, so that there is no choice.
 * Terms, status and heartbeat come from the channels' own streams.
 */
export const chooseChannel = async (
  read: StateReader,
  { names, policy, measuresFor }: RoutingTable,
  movement: RoutedMovement,
): Promise<RoutingDecision | undefined> => {
  const facts: ChannelFacts[] = [];
  for (const channel of names) {
    const { state } = await read.load(aggregates.channel, channelId(channel));
    if (state.status === 'none') continue;
    const { status, terms, heartbeat } = state;
    facts.push({
      channel,
      status,
      terms,
      ...(heartbeat && { heartbeat }),
      ...(await measuresFor(channel, movement)),
    });
  }
  return facts.length === 0 ? undefined : route(movement, facts, policy);
};

/** How often money has moved for a borrower: the loans drawn so far. */
export const loansDrawn = async (read: StateReader, borrower: BorrowerId): Promise<number> => {
  const { state } = await read.load(aggregates.creditLine, creditLineId(borrower));
  if (state.status === 'none') return 0;
  return [...state.reservations.values()].filter(({ status }) => status === 'drawn').length;
};
