import { businessDate } from '../kernel';
import { capInForce, legalCapOn, type Offering } from '.';
import { CAP_RULES } from './legal-cap-table';
import { ONE_YEAR_LPR } from './lpr';

const cap = (licence: Offering['licence'], on: string): string => capInForce('CN', licence, businessDate(on));

describe('the legal cap', () => {
  it('for licensed lenders is 24 % a year in all (法发〔2017〕22号)', () => {
    for (const licence of ['micro-lender', 'consumer-finance'] as const) {
      expect([cap(licence, '2018-01-01'), cap(licence, '2026-11-22')]).toEqual(['0.24', '0.24']);
    }
  });

  // 法释〔2015〕18号 art. 26, then four times the one-year LPR by 法释〔2020〕6号; a publication counts from its own day.
  it.each([
    ['2015-09-01', '0.24'],
    ['2019-08-20', '0.24'],
    ['2020-08-19', '0.24'],
    ['2020-08-20', '0.154'],
    ['2021-12-19', '0.154'],
    ['2021-12-20', '0.152'],
    ['2022-01-19', '0.152'],
    ['2022-08-21', '0.148'],
    ['2023-06-20', '0.142'],
    ['2023-08-21', '0.138'],
    ['2024-10-20', '0.134'],
    ['2025-05-19', '0.124'],
    ['2025-05-20', '0.12'],
    ['2026-08-20', '0.12'],
  ])('for private lending on %s is %s', (on, rate) => {
    expect(cap('private-lender', on)).toBe(rate);
  });

  it('before the oldest entry is the oldest: the house never lends under a looser cap than it knows', () => {
    expect(cap('micro-lender', '2000-01-01')).toBe('0.24');
    expect(cap('private-lender', '2000-01-01')).toBe('0.24');
  });

  it('says how it comes about: a stated rate, and the rate above which an agreement was void', () => {
    const privately = { jurisdiction: 'CN', licence: 'private-lender', product: 'personal-loan' } as const;
    expect(legalCapOn(privately, businessDate('2019-08-20'))).toEqual({
      rate: '0.24',
      voidAbove: '0.36',
      method: { kind: 'fixed', rate: '0.24', voidAbove: '0.36' },
      from: '2015-09-01',
      source: '法释〔2015〕18号 art. 26',
    });
    expect(legalCapOn(privately, businessDate('2022-08-21'))).toMatchObject({
      rate: '0.148',
      method: { kind: 'one-year-lpr', times: 4n },
      oneYearLpr: '0.037',
      from: '2020-08-20',
    });
  });

  it('of a kind of product is its own rule, from the day that there is one', () => {
    const online = { jurisdiction: 'CN', licence: 'consumer-finance', product: 'internet-loan' } as const;
    const sources = ['2025-09-30', '2025-10-01'].map((on) => legalCapOn(online, businessDate(on)).source);
    expect(sources).toEqual(['法发〔2017〕22号 item 2', '金规〔2025〕9号']);
    const offline = { ...online, product: 'personal-loan' } as const;
    expect(legalCapOn(offline, businessDate('2026-01-01')).source).toBe('法发〔2017〕22号 item 2');
  });

  it('stands in histories that run from the oldest to the newest', () => {
    for (const history of [CAP_RULES, ONE_YEAR_LPR]) {
      expect(history.map(({ from }) => from)).toEqual(history.map(({ from }) => from).toSorted());
    }
  });
});
