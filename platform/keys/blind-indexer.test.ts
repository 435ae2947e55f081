import { createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { createBlindIndexer, masterKey } from '.';

const root = Buffer.alloc(32, 5);
const indexer = createBlindIndexer(masterKey([root]));

describe('the blind indexer', () => {
  it('gives 32 digits that fit an id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(indexer.index('phone', value)).toMatch(/^[0-9a-z]{32}$/);
      }),
    );
  });

  it('finds equal values and tells others apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(indexer.index('phone', one) === indexer.index('phone', other)).toBe(one === other);
      }),
    );
  });

  it('cannot be compared across purposes, nor across master keys', () => {
    const elsewhere = createBlindIndexer(masterKey([Buffer.alloc(32, 6)]));
    const indexes = [indexer.index('phone', '1'), indexer.index('card', '1'), elsewhere.index('phone', '1')];
    expect(new Set(indexes).size).toBe(3);
  });

  it('survives a rotation of the master key', () => {
    const rotated = createBlindIndexer(masterKey([Buffer.alloc(32, 6), root]));
    expect(rotated.index('phone', '13800000000')).toBe(indexer.index('phone', '13800000000'));
  });

  it('is the first 160 bits of an HMAC-SHA-256 under a key derived by HKDF, for values of any length', () => {
    const key = Buffer.from(hkdfSync('sha256', root, '', 'usance blind index phone v1', 32));
    const expected = (value: string): string => {
      const mac = createHmac('sha256', key).update(value, 'utf8').digest().subarray(0, 20);
      const bits = [...mac].map((byte) => byte.toString(2).padStart(8, '0')).join('');
      const digits = bits.match(/.{5}/g)?.map((five) => '0123456789abcdefghjkmnpqrstvwxyz'[Number.parseInt(five, 2)]);
      return digits?.join('') ?? '';
    };
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (value) => {
        expect(indexer.index('phone', value)).toBe(expected(value));
      }),
      { examples: [[''], ['13800000000'], ['张'.repeat(256)], ['张'.repeat(257)], ['x'.repeat(256)]] },
    );
  });
});
