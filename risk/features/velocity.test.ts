import fc from 'fast-check';
import { COUNTED_MOST } from './counting';
import { countersOf, type Submission, type Tally, type TallyKind, tallied } from './velocity';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WINDOWS = { '1h': HOUR, '24h': DAY, '7d': 7 * DAY } as const;
const T0 = Date.parse('2026-03-02T02:00:00.000Z');
const place = (n: number): string => n.toString().padStart(16, '0');

interface Came {
  readonly after: number;
  readonly device: string;
  readonly borrower: string;
  readonly amount: number;
}

/** Applications in order of coming in, over about two weeks. */
const arrivals = (most: number): fc.Arbitrary<readonly (Submission & { readonly device?: never })[]> =>
  fc
    .array(
      fc.record<Came>({
        after: fc.oneof(fc.integer({ min: 0, max: 5 * 60_000 }), fc.integer({ min: 0, max: 30 * HOUR })),
        device: fc.constant('d'),
        borrower: fc.constantFrom('li', 'wang', 'zhang', 'chen'),
        amount: fc.integer({ min: 1_000, max: 50_000 }),
      }),
      { maxLength: most },
    )
    .map((came) => {
      let at = T0;
      return came.map(({ after, borrower, amount }, n): Submission => {
        at += after;
        return { at, position: place(n + 1), borrower, amount, currency: 'CNY' };
      });
    });

const foldedFrom = (kind: TallyKind, all: readonly Submission[]): Tally | undefined =>
  all.reduce<Tally | undefined>((tally, one) => tallied(kind, tally, one), undefined);

/** The same, straight from all the facts: what the counters must be. */
const recomputed = (all: readonly Submission[], cut: Submission, milliseconds: number) => {
  const inside = all
    .filter(({ at, position }) => position <= cut.position && at > cut.at - milliseconds)
    .slice(-COUNTED_MOST);
  return {
    applications: inside.length,
    borrowers: new Set(inside.map(({ borrower }) => borrower)).size,
    amount: inside.reduce((sum, { amount }) => sum + amount, 0),
  };
};

describe('counters', () => {
  it('equal a recomputation over the same facts, at any cut-off, whatever has come in since', () => {
    fc.assert(
      fc.property(arrivals(60), fc.nat(), (all, pick) => {
        const cut = all[pick % Math.max(1, all.length)];
        if (cut === undefined) return;
        const cutOff = { position: cut.position, at: cut.at };
        const values = countersOf(new Map([['device', foldedFrom('device', all)]]), cutOff, 'CNY');
        // A fact may fall out of what is kept only a day after it no longer counts.
        fc.pre((all.at(-1)?.at ?? 0) - cut.at <= DAY);
        expect(values).toEqual({
          deviceApplications1h: recomputed(all, cut, WINDOWS['1h']).applications,
          deviceApplications24h: recomputed(all, cut, WINDOWS['24h']).applications,
          deviceApplications7d: recomputed(all, cut, WINDOWS['7d']).applications,
          deviceBorrowers7d: recomputed(all, cut, WINDOWS['7d']).borrowers,
          deviceAmount24h: recomputed(all, cut, WINDOWS['24h']).amount,
        });
      }),
    );
  });

  it('go no further than they count, and the facts that they are made from do not grow without end', () => {
    const many = Array.from(
      { length: 3_000 },
      (_, n): Submission => ({ at: T0 + n, position: place(n), borrower: `b${n}`, amount: 1_000, currency: 'CNY' }),
    );
    const tally = foldedFrom('network', many);
    const last = { position: place(2_999), at: T0 + 2_999 };
    expect(tally?.submissions.length).toBeLessThan(300);
    expect(countersOf(new Map([['network', tally]]), last, 'CNY')).toEqual({
      networkApplications1h: COUNTED_MOST,
      networkApplications24h: COUNTED_MOST,
      networkApplications7d: COUNTED_MOST,
      networkBorrowers24h: COUNTED_MOST,
    });
    const subnet = new Map([['subnet', foldedFrom('subnet', many)] as const]);
    expect(countersOf(subnet, last, 'CNY')).toEqual({ subnetApplications1h: COUNTED_MOST });
    const hourLater = { ...last, at: last.at + HOUR };
    expect(countersOf(subnet, hourLater, 'CNY')).toEqual({
      subnetApplications1h: 0,
    });
  });

  it('add up amounts of one currency, and tell how long ago the one before was', () => {
    const all: readonly Submission[] = [
      { at: T0, position: place(1), borrower: 'li', amount: 5_000, currency: 'CNY' },
      { at: T0 + HOUR, position: place(2), borrower: 'li', amount: 700, currency: 'USD' },
      { at: T0 + 2 * HOUR, position: place(3), borrower: 'li', amount: 6_000, currency: 'CNY' },
    ];
    const now = { position: place(3), at: T0 + 2 * HOUR };
    expect(countersOf(new Map([['borrower', foldedFrom('borrower', all)]]), now, 'CNY')).toEqual({
      borrowerApplications24h: 3,
      borrowerAmount7d: 11_000,
      minutesSinceLast: 60,
    });
    const first = { position: place(1), at: T0 };
    expect(countersOf(new Map([['borrower', foldedFrom('borrower', all)]]), first, 'CNY').minutesSinceLast).toBeNull();
  });

  it('are of nothing else than the application has a part in', () => {
    expect(countersOf(new Map(), { position: place(1), at: T0 }, 'CNY')).toEqual({});
  });
});
