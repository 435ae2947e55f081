import { createBlindIndexer, masterKey } from '../platform/keys';
import { networkIndexer } from './network-index';

const { index } = createBlindIndexer(masterKey([Buffer.alloc(32, 5)]));

const counted = (most: number) => {
  const made: string[] = [];
  const indexOf = networkIndexer((purpose, value) => {
    made.push(value);
    return index(purpose, value);
  }, most);
  return { made, indexOf };
};

describe('the index of a network address', () => {
  it('is the blind index of the address, under the purpose of its own', () => {
    const { indexOf } = counted(2);
    for (const address of ['10.0.0.1', '::1', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.1']) {
      expect(indexOf(address)).toBe(index('ip', address));
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
});
