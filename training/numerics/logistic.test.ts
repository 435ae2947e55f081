import fc from 'fast-check';
import { solve } from './linear-system';
import { fitLogistic } from './logistic';

/** A four-fold table as rows: [x, outcome, how many]. */
const rowsOf = (...cells: readonly (readonly [number, 0 | 1, number])[]) => {
  const rows = cells.flatMap(([x, outcome, count]) => Array.from({ length: count }, () => ({ x, outcome })));
  return {
    inputs: [Float64Array.from(rows, ({ x }) => x)],
    outcomes: Uint8Array.from(rows, ({ outcome }) => outcome),
  };
};

describe('ridge logistic regression', () => {
  test('a four-fold table has its odds and odds ratio as coefficients', () => {
    // x = 0: 30 of 40; x = 1: 10 of 60.
    const problem = rowsOf([0, 1, 30], [0, 0, 10], [1, 1, 10], [1, 0, 50]);
    const { intercept, coefficients, steps } = fitLogistic({ ...problem, ridge: 0 });
    expect(intercept).toBeCloseTo(Math.log(30 / 10), 7);
    expect(coefficients[0]).toBeCloseTo(Math.log(10 / 50 / (30 / 10)), 7);
    expect(steps).toBeLessThan(12);
  });

  test('without inputs the intercept is the logit of the share', () => {
    const { outcomes } = rowsOf([0, 1, 30], [0, 0, 70]);
    expect(fitLogistic({ inputs: [], outcomes, ridge: 5 }).intercept).toBeCloseTo(Math.log(3 / 7), 7);
  });

  test('at the solution the residuals balance the penalty', () => {
    const problem = { ...rowsOf([-1, 1, 12], [-1, 0, 3], [2, 1, 4], [2, 0, 9]), ridge: 4 };
    const { intercept, coefficients } = fitLogistic(problem);
    const beta = coefficients[0] ?? Number.NaN;
    const [inputs = new Float64Array()] = problem.inputs;
    const residual = (row: number): number =>
      (problem.outcomes[row] ?? 0) - 1 / (1 + Math.exp(-(intercept + beta * (inputs[row] ?? 0))));
    const pull = inputs.reduce((total, x, row) => total + x * residual(row), 0);
    expect(pull).toBeCloseTo(4 * beta, 7);
    expect(Math.abs(beta)).toBeGreaterThan(0);
  });

  test('what one input separates does not run away under a penalty', () => {
    const { coefficients } = fitLogistic({ ...rowsOf([0, 0, 20], [1, 1, 20]), ridge: 1 });
    expect(coefficients[0]).toBeGreaterThan(1);
    expect(coefficients[0]).toBeLessThan(10);
  });
});

test('a symmetric positive definite system is solved', () => {
  const entries = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(entries, (values) => {
      const root = [0, 1, 2].map((row) => values.slice(3 * row, 3 * row + 3));
      const matrix = root.map((a, i) =>
        Float64Array.from(root, (b, j) => a.reduce((total, x, k) => total + x * (b[k] ?? 0), i === j ? 1 : 0)),
      );
      const x = [1, -2, 3];
      const right = Float64Array.from(matrix, (row) => row.reduce((total, value, k) => total + value * (x[k] ?? 0), 0));
      solve(matrix, right).forEach((value, k) => {
        expect(value).toBeCloseTo(x[k] ?? 0, 6);
      });
    }),
  );
});
