import fc from 'fast-check';
import { cny } from '../../tests/support/example-loan';
import { formatMoney, moneyOf, parseMoney } from '../kernel';
import { type ChannelCost, costOf } from './cost';

const costs = (cost: ChannelCost, amount: string): string => formatMoney(costOf(cost, parseMoney(cny(amount)))).amount;

describe('A movement costs', () => {
  it('a flat fee whatever its amount', () => {
    expect(costs({ kind: 'flat', fee: cny('1.50') }, '99999.99')).toBe('1.50');
  });

  it('a share of the amount, rounded as agreed, at least and at most so much', () => {
    const share = {
      kind: 'share',
      share: '0.0038',
      rounding: 'HALF_EVEN',
      least: cny('0.10'),
      most: cny('25.00'),
    } as const;
    expect(costs(share, '1000.00')).toBe('3.80');
    expect(costs(share, '1234.56')).toBe('4.69');
    expect(costs(share, '1.00')).toBe('0.10');
    expect(costs(share, '1000000.00')).toBe('25.00');
    expect(costs({ kind: 'share', share: '0.0005', rounding: 'DOWN' }, '19.99')).toBe('0.00');
    expect(costs({ kind: 'share', share: '0.0005', rounding: 'UP' }, '19.99')).toBe('0.01');
  });

  it('what the first tier says whose bound it does not exceed', () => {
    const tiers: ChannelCost = {
      kind: 'tiers',
      tiers: [
        { upTo: cny('1000.00'), fee: { kind: 'flat', fee: cny('1.00') } },
        { upTo: cny('5000.00'), fee: { kind: 'flat', fee: cny('2.00') } },
        { fee: { kind: 'share', share: '0.001', rounding: 'HALF_UP' } },
      ],
    };
    expect(['1000.00', '1000.01', '5000.00', '5000.01', '123456.78'].map((amount) => costs(tiers, amount))).toEqual([
      '1.00',
      '2.00',
      '2.00',
      '5.00',
      '123.46',
    ]);
  });

  it('never less for more, where its price is one share or one fee', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 12n });
    const share = fc.integer({ min: 0, max: 100_000 }).map((ppm) => `0.${ppm.toString().padStart(6, '0')}`);
    const rounding = fc.constantFrom('HALF_EVEN', 'HALF_UP', 'DOWN', 'UP');
    fc.assert(
      fc.property(amount, amount, share, rounding, (a, b, text, how) => {
        const cost: ChannelCost = { kind: 'share', share: text, rounding: how };
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(costOf(cost, moneyOf(less, 'CNY')).minor <= costOf(cost, moneyOf(more, 'CNY')).minor).toBe(true);
      }),
    );
  });
});
