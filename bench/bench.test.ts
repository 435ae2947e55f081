import { benchmarks } from './benchmarks';
import { type Figure, reportOf, tableOf } from './support';

/** Some start processes of their own, on a machine that does other things too. */
const PATIENCE_MS = 120_000;

describe.each(benchmarks.map((benchmark) => [benchmark.name, benchmark] as const))(
  'benchmark %s',
  (name, benchmark) => {
    let figures: readonly Figure[];
    beforeAll(async () => {
      figures = await benchmark.tiny();
    }, PATIENCE_MS);

    test('measures something', () => {
      for (const figure of figures) {
        expect(figure.median).toBeGreaterThan(0);
        expect(figure.slowest).toBeLessThanOrEqual(figure.median);
        expect(figure.fastest).toBeGreaterThanOrEqual(figure.median);
        if (figure.ceiling !== undefined) expect(figures.map((other) => other.name)).toContain(figure.ceiling);
      }
    });

    test(
      'does the same work every time',
      async () => {
        const again = await benchmark.tiny();
        expect(again.map((figure) => [figure.name, figure.work])).toEqual(
          figures.map((figure) => [figure.name, figure.work]),
        );
      },
      PATIENCE_MS,
    );

    test('is reported as a table and as JSON', () => {
      expect(tableOf(figures).split('\n')).toHaveLength(figures.length + 2);
      const report = reportOf({ [name]: figures });
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    });
  },
);
