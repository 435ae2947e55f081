import { type BlindIndex, blindIndexSchema } from '../domain/kernel';
import { RecentMap } from '../platform/runtime';
import type { WriteContext } from './write-context';

/** Network addresses whose index is remembered: nearly all requests come from few, by a proxy or a kept connection. */
const NETWORKS_MOST = 1_000;

/**
 * The blind index of a network address, made once for each address that is seen again and again.
 *
 * @param most how many addresses are remembered; the least recently used goes first
 */
export const networkIndexer = (
  blindIndex: WriteContext['blindIndex'],
  most = NETWORKS_MOST,
): ((address: string) => BlindIndex) => {
  const remembered = new RecentMap<string, BlindIndex>(most);
  return (address) => {
    const known = remembered.get(address);
    if (known) return known;
    const index = blindIndexSchema.parse(blindIndex('ip', address));
    remembered.set(address, index);
    return index;
  };
};
