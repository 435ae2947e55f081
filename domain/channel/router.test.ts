import fc from 'fast-check';
import { BANK_TRANSFER, E_ACCOUNT, factsOf, movementOf, POLICY } from '../../tests/support/example-channels';
import { cny } from '../../tests/support/example-loan';
import { businessDate, formatMoney, instant, moneyOf, parseMoney } from '../kernel';
import {
  type ChannelFacts,
  type ChannelTerms,
  costOf,
  type RoutedMovement,
  type RoutingPolicy,
  replay,
  route,
  routingDecisionSchema,
} from '.';

const names = ({ ranking }: { readonly ranking: readonly { readonly channel: string }[] }): readonly string[] =>
  ranking.map(({ channel }) => channel);

const eAccount = factsOf('e-account', E_ACCOUNT);
const transfer = factsOf('transfer', BANK_TRANSFER);
const measured = (attempts: number, settled: number, seconds: number): ChannelFacts['measured'] => ({
  bandAndBank: { attempts, settled, seconds },
  band: { attempts: 0, settled: 0, seconds: 0 },
  channel: { attempts, settled, seconds },
});

describe('Movements go', () => {
  it('small and frequent to e-accounts that decide by themselves, even where another is better in all else', () => {
    const movement = movementOf({ borrower: { loansDrawn: 4 } });
    const free: ChannelTerms = { ...BANK_TRANSFER, cost: { kind: 'flat', fee: cny('0.00') }, promisedSeconds: 0 };
    const decision = route(movement, [factsOf('transfer', free), eAccount], POLICY);
    expect(decision).toMatchObject({ preference: 'small-and-frequent' });
    expect(names(decision)).toEqual(['e-account', 'transfer']);
  });

  it('large to channels that look at each', () => {
    const decision = route(movementOf({ amount: cny('50000.00') }), [eAccount, transfer], POLICY);
    expect(decision).toMatchObject({ preference: 'large' });
    expect(names(decision)).toEqual(['transfer', 'e-account']);
  });

  it('else where approval, cost and speed together are best; in a hurry speed counts for more', () => {
    const dearAndFast = factsOf('fast', {
      ...E_ACCOUNT,
      cost: { kind: 'flat', fee: cny('9.00') },
      promisedSeconds: 10,
    });
    const cheapAndSlow = factsOf('slow', {
      ...E_ACCOUNT,
      cost: { kind: 'flat', fee: cny('0.10') },
      promisedSeconds: 900,
    });
    const both = [dearAndFast, cheapAndSlow];
    expect(names(route(movementOf(), both, POLICY))[0]).toBe('slow');
    expect(names(route(movementOf({ urgency: 'urgent' }), both, POLICY))[0]).toBe('fast');
  });

  it('where attempts have settled, once there are enough of them to tell', () => {
    const poor = { ...eAccount, channel: 'a-poor', measured: measured(100, 60, 3_000) };
    const good = { ...eAccount, channel: 'b-good', measured: measured(100, 99, 4_950) };
    const few = { ...eAccount, channel: 'c-few', measured: measured(10, 1, 30) };
    const decision = route(movementOf(), [poor, good, few], POLICY);
    expect(names(decision)).toEqual(['b-good', 'c-few', 'a-poor']);
    expect(decision.ranking.map(({ evidence }) => evidence)).toEqual(['band-and-bank', 'terms', 'band-and-bank']);
  });

  it('by the price that the channel tells now', () => {
    const heartbeat = {
      available: true,
      cost: { kind: 'flat', fee: cny('30.00') },
      heardAt: instant('2026-03-02T01:59:00.000Z'),
      expiresAt: instant('2026-03-02T02:01:00.000Z'),
    } as const;
    const dearer = factsOf('a-dearer', E_ACCOUNT, { heartbeat });
    expect(route(movementOf(), [dearer, eAccount], POLICY).ranking).toMatchObject([
      { channel: 'e-account', cost: cny('1.00') },
      { channel: 'a-dearer', cost: cny('30.00') },
    ]);
  });

  it('of equal channels to the one whose name comes first', () => {
    const [a, b] = [factsOf('a', E_ACCOUNT), factsOf('b', E_ACCOUNT)];
    expect(names(route(movementOf(), [b, a], POLICY))).toEqual(['a', 'b']);
  });
});

describe('A channel takes no movement', () => {
  const heartbeat = (more: object) => ({
    available: true,
    heardAt: instant('2026-03-02T01:00:00.000Z'),
    expiresAt: instant('2026-03-02T03:00:00.000Z'),
    ...more,
  });
  const terms = (more: Partial<ChannelTerms>): Partial<ChannelFacts> => ({ terms: { ...BANK_TRANSFER, ...more } });
  test.each<[string, string, Partial<ChannelFacts>, Partial<RoutedMovement>]>([
    ['NOT_IN_SERVICE', 'when suspended', { status: 'suspended' }, {}],
    ['NOT_IN_SERVICE', 'when retired', { status: 'retired' }, {}],
    ['DEGRADED', 'when something is wrong with it', { status: 'degraded' }, {}],
    ['SILENT', 'when it says so', { heartbeat: heartbeat({ available: false }) }, {}],
    [
      'SILENT',
      'when what it said has expired',
      { heartbeat: heartbeat({ expiresAt: instant('2026-03-02T02:00:00.000Z') }) },
      {},
    ],
    ['CANNOT_DO', 'that it cannot make', terms({ abilities: ['debit'] }), {}],
    ['OTHER_CURRENCY', 'in another currency', {}, { amount: { amount: '3000.00', currency: 'USD' } }],
    ['BANK_NOT_SERVED', 'to a bank that it does not reach', terms({ banks: ['Other Bank'] }), {}],
    ['BELOW_LEAST', 'below its least amount', {}, { amount: cny('99.99') }],
    ['ABOVE_MOST', 'above its most', {}, { amount: cny('500000.01') }],
    ['OVER_DAY_LIMIT', 'beyond what a day allows', { usedToday: cny('8997000.01') }, {}],
    ['CLOSED', 'before it opens', {}, { at: instant('2026-03-02T00:29:59.999Z') }],
    ['CLOSED', 'when it closes', {}, { at: instant('2026-03-02T09:00:00.000Z') }],
    ['CLOSED', 'on a holiday', {}, { at: instant('2026-05-01T02:00:00.000Z') }],
    ['BALANCE_TOO_LOW', 'above its balance', { heartbeat: heartbeat({ balance: cny('2999.99') }) }, {}],
    ['REFUSED_BEFORE', 'that it has refused before', {}, { refusedBy: ['transfer'] }],
  ])('%s %s', (reason, _when, facts, movement) => {
    const decision = route(movementOf(movement), [{ ...transfer, ...facts }], POLICY);
    expect(decision).toMatchObject({ ranking: [], excluded: [{ channel: 'transfer', reasons: [reason] }] });
  });

  it('and each reason is named', () => {
    const { excluded } = route(
      movementOf({ amount: cny('600000.00'), at: instant('2026-03-01T02:00:00.000Z') }),
      [{ ...transfer, status: 'degraded' }],
      POLICY,
    );
    expect(excluded).toEqual([{ channel: 'transfer', reasons: ['DEGRADED', 'ABOVE_MOST', 'CLOSED'] }]);
  });

  it('but up to its limits it does; on the day a weekend is worked it is open', () => {
    const takes = (facts: Partial<ChannelFacts>, movement: Partial<RoutedMovement>): void =>
      expect(names(route(movementOf(movement), [{ ...transfer, ...facts }], POLICY))).toEqual(['transfer']);
    takes({}, { amount: cny('100.00') });
    takes({}, { amount: cny('500000.00') });
    takes({ usedToday: cny('8997000.00') }, {});
    takes({ heartbeat: heartbeat({ balance: cny('3000.00') }) }, {});
    takes({}, { at: instant('2026-03-02T00:30:00.000Z') });
    takes({}, { at: instant('2026-05-09T02:00:00.000Z') });
  });

  it('above its most unless it is a debit of which it may take a part', () => {
    const debit = movementOf({ kind: 'debit', amount: cny('60000.00'), mayBePartial: true });
    const decision = route(debit, [eAccount, transfer], POLICY);
    expect(names(decision)).toEqual(['transfer', 'e-account']);
    expect(names(route({ ...debit, mayBePartial: false }, [eAccount, transfer], POLICY))).toEqual(['transfer']);
  });
});

const minor = (most: number) => fc.integer({ min: 1, max: most }).map((n) => formatMoney(moneyOf(BigInt(n), 'CNY')));
const cell = fc
  .record({ attempts: fc.nat(200), refused: fc.nat(200), perAttempt: fc.nat(5_000) })
  .map(({ attempts, refused, perAttempt }) => {
    const settled = Math.max(0, attempts - refused);
    return { attempts, settled, seconds: settled * perAttempt };
  });
const fee = fc.oneof(
  fc
    .integer({ min: 0, max: 3_000 })
    .map((n) => ({ kind: 'flat' as const, fee: formatMoney(moneyOf(BigInt(n), 'CNY')) })),
  fc.integer({ min: 0, max: 9_999 }).map((n) => ({
    kind: 'share' as const,
    share: `0.${n.toString().padStart(6, '0')}`,
    rounding: 'HALF_EVEN' as const,
  })),
);
const terms: fc.Arbitrary<ChannelTerms> = fc.record({
  currency: fc.constant('CNY' as const),
  abilities: fc.constantFrom<ChannelTerms['abilities']>(['payout'], ['debit'], ['payout', 'debit', 'partial-debit']),
  limits: fc.constantFrom(E_ACCOUNT.limits, BANK_TRANSFER.limits),
  hours: fc.constantFrom(E_ACCOUNT.hours, BANK_TRANSFER.hours),
  cost: fee,
  promisedSeconds: fc.nat(7_200),
  review: fc.constantFrom('automatic' as const, 'reviewed' as const),
  probesToRestore: fc.constant(1),
});
const facts: fc.Arbitrary<ChannelFacts> = fc.record({
  channel: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  status: fc.constantFrom('in-service', 'in-service', 'in-service', 'degraded'),
  terms,
  usedToday: minor(120_000_000),
  measured: fc.record({ bandAndBank: cell, band: cell, channel: cell }),
});
const channels = fc.uniqueArray(facts, { selector: ({ channel }) => channel, maxLength: 6 });
const movement: fc.Arbitrary<RoutedMovement> = fc
  .record({
    kind: fc.constantFrom('payout' as const, 'debit' as const),
    amount: minor(10_000_000),
    urgency: fc.constantFrom('normal' as const, 'urgent' as const),
    mayBePartial: fc.boolean(),
    loansDrawn: fc.nat(5),
    at: fc.constantFrom(instant('2026-03-02T02:00:00.000Z'), instant('2026-03-01T02:00:00.000Z')),
  })
  .map(({ loansDrawn, ...rest }) => movementOf({ ...rest, borrower: { loansDrawn } }));
const weights = fc.record({
  fit: fc.integer({ min: 1, max: 200 }),
  approval: fc.integer({ min: 1, max: 200 }),
  cost: fc.integer({ min: 1, max: 200 }),
  speed: fc.integer({ min: 1, max: 200 }),
});
const policy: fc.Arbitrary<RoutingPolicy> = fc
  .record({ normal: weights, urgent: weights })
  .map((drawn) => ({ document: { ...POLICY.document, weights: drawn }, hash: 'drawn' }));

/** The four things that a choice is about, worked out anew: what is as good in all of them is as good a choice. */
const worth = (
  each: ChannelFacts,
  { amount, kind, mayBePartial }: RoutedMovement,
  wanted: string | undefined,
  least: number,
) => {
  const { bandAndBank, band, channel } = each.measured;
  const seen = [bandAndBank, band, channel].find(({ attempts }) => attempts >= least) ?? {
    attempts: 0,
    settled: 0,
    seconds: 0,
  };
  const partial = kind === 'debit' && mayBePartial && each.terms.abilities.includes('partial-debit');
  const [asked, most] = [parseMoney(amount), parseMoney(each.terms.limits.most)];
  const takes = partial && asked.minor > most.minor ? most : asked;
  const cost = costOf(each.terms.cost, takes);
  return {
    fit: wanted === undefined || wanted === each.terms.review ? 1 : 0,
    approval: (seen.settled + POLICY.document.prior.settled) / (seen.attempts + POLICY.document.prior.attempts),
    cost: Number(cost.minor) / Number(takes.minor),
    seconds: seen.settled > 0 ? seen.seconds / seen.settled : each.terms.promisedSeconds,
  };
};

describe('Whatever the channels, the movement and the weights', () => {
  it('the decision is plain data that gives itself again, in whatever order the channels come', () => {
    fc.assert(
      fc.property(movement, channels, policy, (asked, all, by) => {
        const decision = route(asked, all, by);
        const read = routingDecisionSchema.parse(JSON.parse(JSON.stringify(decision)));
        expect(read).toEqual(decision);
        expect(replay(read, by)).toEqual(decision);
        expect(route(asked, all.toReversed(), by)).toEqual(decision);
      }),
      { numRuns: 300 },
    );
  });

  it('every channel is ranked or excluded, and leaving out the excluded ones changes nothing', () => {
    fc.assert(
      fc.property(movement, channels, policy, (asked, all, by) => {
        const { ranking, excluded } = route(asked, all, by);
        const judged = [...ranking, ...excluded].map(({ channel }) => channel);
        expect(judged.toSorted()).toEqual(all.map(({ channel }) => channel).toSorted());
        const left = all.filter(({ channel }) => !excluded.some((out) => out.channel === channel));
        expect(route(asked, left, by).ranking).toEqual(ranking);
      }),
      { numRuns: 300 },
    );
  });

  it('the first is the optimum of the stated score, and nothing dominates it', () => {
    fc.assert(
      fc.property(movement, channels, policy, (asked, all, by) => {
        const { ranking, preference } = route(asked, all, by);
        const { preferences, leastAttempts, halfCost, halfSpeedSeconds } = by.document;
        const wanted = preferences.find(({ name }) => name === preference)?.review;
        const weight = by.document.weights[asked.urgency];
        const judged = all
          .filter(({ channel }) => names({ ranking }).includes(channel))
          .map((each) => {
            const of = worth(each, asked, wanted, leastAttempts);
            const sum =
              weight.fit * of.fit +
              weight.approval * of.approval +
              (weight.cost * Number(halfCost)) / (Number(halfCost) + of.cost) +
              (weight.speed * halfSpeedSeconds) / (halfSpeedSeconds + of.seconds);
            return {
              channel: each.channel,
              ...of,
              sum: sum / (weight.fit + weight.approval + weight.cost + weight.speed),
            };
          });
        const first = judged.find(({ channel }) => channel === ranking[0]?.channel);
        if (first === undefined) return;
        // Worked out in floating point, which the router itself never is: equal but for its last digits.
        for (const other of judged) expect(other.sum).toBeLessThanOrEqual(first.sum + 1e-9);
        expect(Number(ranking[0]?.score)).toBeCloseTo(first.sum, 5);
        const dominating = judged.filter(
          ({ fit, approval, cost, seconds }) =>
            fit >= first.fit &&
            approval >= first.approval &&
            cost <= first.cost &&
            seconds <= first.seconds &&
            (fit > first.fit || approval > first.approval || cost < first.cost || seconds < first.seconds),
        );
        expect(dominating).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a channel that beats another by one second or one fen stands before it', () => {
    fc.assert(
      fc.property(facts, minor(5_000_000), policy, fc.boolean(), (each, amount, by, sooner) => {
        const open: ChannelFacts = {
          ...each,
          channel: 'a',
          status: 'in-service',
          terms: { ...E_ACCOUNT, cost: { kind: 'flat', fee: cny('1.00') }, promisedSeconds: 700_000 },
          usedToday: cny('0.00'),
          measured: measured(0, 0, 0),
        };
        const better: ChannelFacts = {
          ...open,
          channel: 'b',
          terms: sooner
            ? { ...open.terms, promisedSeconds: 699_999 }
            : { ...open.terms, cost: { kind: 'flat', fee: cny('0.99') } },
        };
        const asked = movementOf({ amount: parseMoney(amount).minor < 100n ? cny('1.00') : amount });
        expect(names(route(asked, [open, better], by))).toEqual(['b', 'a']);
      }),
      { numRuns: 200 },
    );
  });
});

it('a date far from any list of holidays still knows its weekends', () => {
  const saturday = movementOf({ at: instant('2031-03-01T02:00:00.000Z'), businessDate: businessDate('2031-03-01') });
  expect(route(saturday, [transfer], POLICY).excluded).toEqual([{ channel: 'transfer', reasons: ['CLOSED'] }]);
});
