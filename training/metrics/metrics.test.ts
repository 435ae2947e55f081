import fc from 'fast-check';
import { auc, bandCounts, bandLimits, brier, calibrationOf, gini, ks, logLoss, psi, psiByChance } from '.';

const margins = (...values: number[]): Float64Array => Float64Array.from(values);
const outcomes = (...values: (0 | 1)[]): Uint8Array => Uint8Array.from(values);

describe('AUC, Gini and KS', () => {
  test('worked by hand: of 6 pairs of bad and good, 4 stand right, 1 is tied, 1 stands wrong', () => {
    // bad: 3, 1; good: 2, 1, 0. 3 beats all three; 1 loses to 2, ties with 1, beats 0.
    const area = auc(margins(3, 1, 2, 1, 0), outcomes(1, 1, 0, 0, 0));
    expect(area).toBeCloseTo((3 + 0 + 0.5 + 1) / 6, 12);
    expect(gini(area)).toBeCloseTo(0.5, 12);
  });

  test('KS worked by hand: after the riskiest step half of the bad and none of the good are found', () => {
    // From the top: 3 (bad) 1/2 - 0; 2 (good) 1/2 - 1/3; 1 (one of each) 1 - 2/3; 0: 0.
    expect(ks(margins(3, 1, 2, 1, 0), outcomes(1, 1, 0, 0, 0))).toBeCloseTo(0.5, 12);
  });

  test('a perfect order is 1, its reverse 0, and no order at all a half', () => {
    expect(auc(margins(1, 2, 3, 4), outcomes(0, 0, 1, 1))).toBe(1);
    expect(auc(margins(1, 2, 3, 4), outcomes(1, 1, 0, 0))).toBe(0);
    expect(auc(margins(7, 7, 7, 7), outcomes(1, 0, 1, 0))).toBe(0.5);
    expect(ks(margins(7, 7, 7, 7), outcomes(1, 0, 1, 0))).toBe(0);
  });

  test('AUC is the share of right pairs, whatever the margins', () => {
    const cases = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom<0 | 1>(0, 1)), { minLength: 2, maxLength: 30 })
      .filter((rows) => new Set(rows.map(([, bad]) => bad)).size === 2);
    fc.assert(
      fc.property(cases, (rows) => {
        const bads = rows.filter(([, bad]) => bad === 1);
        const goods = rows.filter(([, bad]) => bad === 0);
        const wins = bads.flatMap(([b]) => goods.map(([g]) => (b > g ? 1 : 0) + (b === g ? 0.5 : 0)));
        const share = wins.reduce((total, win) => total + win, 0) / wins.length;
        expect(auc(margins(...rows.map(([m]) => m)), outcomes(...rows.map(([, b]) => b)))).toBeCloseTo(share, 12);
      }),
    );
  });
});

describe('probabilities', () => {
  test('Brier score and log loss at even odds are a quarter and ln 2', () => {
    expect(brier(margins(0, 0), outcomes(1, 0))).toBeCloseTo(0.25, 12);
    expect(logLoss(margins(0, 0), outcomes(1, 0))).toBeCloseTo(Math.LN2, 12);
  });

  test('log loss stays finite where a probability has become 0', () => {
    expect(logLoss(margins(-800, 800), outcomes(1, 0))).toBeCloseTo(800, 9);
  });

  test('calibration counts a bad case for the applicants it stands for', () => {
    const [band] = calibrationOf(margins(0, 0, 0, 0), outcomes(1, 0, 0, 1), 0.5, 1);
    expect(band).toMatchObject({ rows: 4, foretold: 0.5, observed: 1 / 3 });
  });
});

describe('PSI', () => {
  test('worked by hand: (0.6 - 0.5) ln(0.6 / 0.5) + (0.4 - 0.5) ln(0.4 / 0.5)', () => {
    expect(psi([50, 50], [60, 40])).toBeCloseTo(0.1 * Math.log(1.2) - 0.1 * Math.log(0.8), 12);
    expect(psi([10, 20], [100, 200])).toBe(0);
  });

  test('an empty band counts as half a row, and the index stays finite', () => {
    expect(psi([50, 50], [100, 0])).toBeCloseTo(0.5 * Math.log(2) + (0.005 - 0.5) * Math.log(0.01), 12);
  });

  test('bands hold as many values each, and equal values fall into one', () => {
    const values = Float64Array.from({ length: 100 }, (_, index) => index);
    const limits = bandLimits(values, 4);
    expect(limits).toEqual([24, 49, 74]);
    expect(bandCounts(values, limits)).toEqual([25, 25, 25, 25]);
    expect(bandLimits(margins(1, 1, 1, 2), 4)).toEqual([1]);
  });

  test('chance alone makes (bands - 1)(1/n + 1/m) of it', () => {
    expect(psiByChance(10, 900, 100)).toBeCloseTo(0.1, 12);
  });
});
