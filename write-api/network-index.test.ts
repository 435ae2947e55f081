import { createBlindIndexer, masterKey } from '../platform/keys';
import { networkIndexer, subnetOf } from './network-index';

const { index } = createBlindIndexer(masterKey([Buffer.alloc(32, 5)]));

const counted = (most: number) => {
  const made: string[] = [];
  const indexOf = networkIndexer((purpose, value) => {
    if (purpose === 'ip') made.push(value);
    return index(purpose, value);
  }, most);
  return { made, indexOf };
};

describe('the index of a network address', () => {
  it('is the blind index of the address and of its neighbourhood, each under a purpose of its own', () => {
    const { indexOf } = counted(2);
    for (const address of ['10.0.0.1', '::1', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.1']) {
      const subnetIndex = index('subnet', subnetOf(address));
      expect(indexOf(address)).toEqual({ networkIndex: index('ip', address), subnetIndex });
    }
  });

  it('is made once for an address that keeps coming, and so many are remembered', () => {
    const { made, indexOf } = counted(2);
    for (const address of ['a', 'b', 'a', 'b', 'a', 'c', 'a', 'b']) indexOf(address);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('must fit into an event', () => {
    expect(() => networkIndexer(() => 'too short')('10.0.0.1')).toThrow();
  });

  it('is the same for an IPv4 address however it is written', () => {
    const { indexOf } = counted(2);
    expect(indexOf('::ffff:10.0.0.1')).toEqual(indexOf('10.0.0.1'));
  });
});

it.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['2001:0DB8:0001::6', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'],
])('the neighbourhood of %s is %s', (address, subnet) => {
  expect(subnetOf(address)).toBe(subnet);
});
