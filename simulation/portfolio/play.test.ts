import { CONSENT_SCOPES } from '../../domain/borrower';
import { businessDate } from '../../domain/kernel';
import { ARREARS_BUCKETS } from '../../domain/loan';
import type { Timers } from '../../platform/runtime';
import { PaperHouse } from '../../tests/support/paper-house';
import { firstOpenDay } from '../calendar';
import { generateApplicants } from '../people';
import { chance, seededRandom } from '../random';
import { VirtualClock } from '../virtual-clock';
import { type PortfolioOptions, type PortfolioProgress, playPortfolio } from './play';

const startDate = businessDate('2026-03-16');
const seed = 'seven';

/** Pauses end at once, and are counted. */
const impatient = (): Timers & { pauses: number[] } => {
  const pauses: number[] = [];
  return {
    pauses,
    after: (milliseconds, run) => {
      pauses.push(milliseconds);
      setImmediate(run);
      return { cancel: () => undefined };
    },
  };
};

const openHouse = (): PaperHouse => new PaperHouse(new VirtualClock(Date.parse('2026-01-01T00:00:00Z')));

const play = async (house: PaperHouse, days: number, count: number, changes: Partial<PortfolioOptions> = {}) => {
  const applicants = generateApplicants(count, { seed, startDate, businessDays: days });
  return playPortfolio(house, { applicants, startDate, businessDays: days, seed, timers: impatient(), ...changes });
};

const stages = (house: PaperHouse): ReadonlySet<string> =>
  new Set([...house.applications.values()].map(({ stage }) => stage));

describe('a portfolio of a few days', () => {
  test('everybody registers, consents, binds a card and applies; the approved sign and are paid', async () => {
    const house = openHouse();
    const report = await play(house, 10, 60);
    expect(report).toMatchObject({
      products: { 'equal-installments': 'product-1', revolving: 'product-6' },
      from: '2026-03-16',
      to: '2026-03-27',
      arrived: 60,
      applied: 60,
      retries: 0,
    });
    expect(house.borrowers.size).toBe(60);
    expect(
      [...house.borrowers.values()].every(({ consents, cardId }) => consents.size === CONSENT_SCOPES.length && cardId),
    ).toBe(true);
    expect(house.applications.size).toBe(60);
    expect(stages(house)).toContain('completed');
    expect(stages(house)).toContain('rejected');
    expect(house.loans.size).toBeGreaterThan(20);
    expect(report.requests).toBe(house.requests.length);
  });

  test('what the engine leaves to people is reviewed the next morning, some approved, some not', async () => {
    const house = openHouse();
    await play(house, 10, 150);
    const reviews = house.requests.filter((request) => request.includes('/review '));
    expect(reviews.length).toBeGreaterThan(3);
    const waiting = [...house.applications.values()].filter(({ referred }) => referred);
    expect(waiting.length).toBeLessThan(reviews.length);
  });

  test('every calendar day is closed, weekends too, and the clock stands in the last one', async () => {
    const house = openHouse();
    await play(house, 6, 5);
    expect(house.closed).toEqual([
      '2026-03-16',
      '2026-03-17',
      '2026-03-18',
      '2026-03-19',
      '2026-03-20',
      '2026-03-21',
      '2026-03-22',
      '2026-03-23',
    ]);
    expect(house.today).toBe('2026-03-23');
  });

  test('progress is told for every open day', async () => {
    const told: PortfolioProgress[] = [];
    await play(openHouse(), 6, 5, { onProgress: (progress) => void told.push(progress) });
    expect(told.map(({ day }) => day)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(told.at(-1)).toEqual({ day: 6, days: 6, date: '2026-03-23' });
  });

  test('the same seed makes the same requests, another seed others', async () => {
    const requestsOf = async (of: string): Promise<readonly string[]> => {
      const house = openHouse();
      await play(house, 10, 40, { seed: of });
      return house.requests.toSorted();
    };
    const first = await requestsOf('seven');
    expect(await requestsOf('seven')).toEqual(first);
    expect(await requestsOf('eight')).not.toEqual(first);
  });

  test('never more requests at a time than allowed', async () => {
    const house = openHouse();
    await play(house, 2, 60, { inFlight: 5 });
    expect(house.inFlightMost).toBe(5);
  });

  test('those whose day lies after the last one do not come', async () => {
    const house = openHouse();
    const applicants = generateApplicants(60, { seed, startDate, businessDays: 180 });
    const early = applicants.filter(({ arrivesOn }) => arrivesOn < 3).length;
    expect(await play(house, 3, 0, { applicants })).toMatchObject({ arrived: early });
  });
});

describe('a house that is not well', () => {
  test('a request that failed is sent again under the same key, and done once', async () => {
    const house = openHouse();
    const luck = seededRandom('ill');
    const timers = impatient();
    house.fault = () => {
      if (chance(luck, 1 / 12)) return { status: 503, body: { code: 'STORE_UNAVAILABLE' }, headers: {} };
      if (chance(luck, 1 / 20)) return { status: 409, body: { code: 'BUSY' }, headers: {} };
      return undefined;
    };
    house.loses = () => chance(luck, 1 / 20);
    const report = await play(house, 5, 30, { timers });
    expect(report.retries).toBeGreaterThan(20);
    expect(timers.pauses).toHaveLength(report.retries);
    expect(house.borrowers.size).toBe(30);
    expect(house.applications.size).toBe(30);
    const keyed = house.requests.filter((request) => request.startsWith('POST'));
    expect(new Set(keyed).size).toBeLessThan(keyed.length);
  });

  test.each([
    ['stays down', { status: 503, body: { code: 'STORE_UNAVAILABLE' }, headers: {} }, '503 STORE_UNAVAILABLE'],
    ['refuses what is right', { status: 422, body: { code: 'WRONG_STATUS' }, headers: {} }, 'WRONG_STATUS'],
    ['answers nonsense', { status: 200, body: { nothing: true }, headers: {} }, 'a body of another shape'],
    ['answers an error without a code', { status: 404, body: 'gone', headers: {} }, '404'],
  ])('one that %s ends the play and says why', async (_what, fault, message) => {
    const house = openHouse();
    house.fault = (path) => (path === '/v1/applications' ? fault : undefined);
    await expect(play(house, 5, 30)).rejects.toThrow(message);
  });

  test('a connection that never works ends it with its own error', async () => {
    const house = openHouse();
    house.fault = () => new Error('connection refused');
    await expect(play(house, 1, 1)).rejects.toThrow('connection refused');
  });
});

describe('a portfolio of 180 days', () => {
  test('ends with loans in every arrears bucket and some closed early, within the requests allowed', async () => {
    const house = openHouse();
    const from = firstOpenDay(businessDate('2026-11-20'), 180);
    const applicants = generateApplicants(220, { seed, startDate: from });
    const report = await playPortfolio(house, { applicants, startDate: from, seed });
    expect(report).toMatchObject({ arrived: 220, applied: 220, to: '2026-11-20' });
    expect(report.requests).toBeLessThan(220 * 24);

    const docs = [...house.loans.values()].flatMap(({ doc }) => (doc ? [doc] : []));
    const active = docs.filter(({ status }) => status === 'active');
    for (const bucket of ARREARS_BUCKETS) {
      expect(active.filter((loan) => loan.bucket === bucket).length).toBeGreaterThan(0);
    }
    expect(active.filter(({ bucket }) => bucket === 'current').length / active.length).toBeGreaterThan(0.6);
    const early = docs.filter(({ status, installments }) => {
      const last = installments.at(-1);
      return status === 'closed' && last !== undefined && last.due > '2026-11-20';
    });
    expect(early.length).toBeGreaterThan(0);
  }, 120_000);
});
