import { isIPv4 } from 'node:net';
import { type BlindIndex, blindIndexSchema } from '../domain/kernel';
import { RecentMap } from '../platform/runtime';
import type { WriteContext } from './write-context';

/** Networks whose indexes are remembered: nearly all requests come from few, by a proxy or a kept connection. */
const NETWORKS_MOST = 1_000;

export interface NetworkIndexes {
  readonly networkIndex: BlindIndex;
  readonly subnetIndex: BlindIndex;
}

const MAPPED = /^::ffff:(?=[\d.]+$)/i;

/** An address as it is compared: an IPv4 address that was mapped into IPv6 is that IPv4 address. */
export const plainAddress = (address: string): string => address.replace(MAPPED, '');

/** The neighbourhood of an address: the first 24 bits of an IPv4 address, 48 of an IPv6 one. */
export const subnetOf = (address: string): string => {
  const plain = plainAddress(address);
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  const [head = '', tail] = plain.split('::');
  const leading = head.split(':').filter((group) => group !== '');
  const trailing = (tail ?? '').split(':').filter((group) => group !== '');
  const gap = tail === undefined ? 0 : 8 - leading.length - trailing.length;
  const groups = [...leading, ...Array.from({ length: gap }, () => '0'), ...trailing];
  const network = groups.slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/48`;
};

/**
 * The blind indexes of a network address and of its neighbourhood, made once for each address that is seen again and
 * again.
 *
 * @param most how many addresses are remembered; the least recently used goes first
 */
export const networkIndexer = (
  blindIndex: WriteContext['blindIndex'],
  most = NETWORKS_MOST,
): ((address: string) => NetworkIndexes) => {
  const remembered = new RecentMap<string, NetworkIndexes>(most);
  return (address) => {
    const known = remembered.get(address);
    if (known) return known;
    const made = {
      networkIndex: blindIndexSchema.parse(blindIndex('ip', plainAddress(address))),
      subnetIndex: blindIndexSchema.parse(blindIndex('subnet', subnetOf(address))),
    };
    remembered.set(address, made);
    return made;
  };
};
