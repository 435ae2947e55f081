import { benchmarks } from './benchmarks';
import { reportOf, tableOf } from './support';

describe.each(benchmarks.map((benchmark) => [benchmark.name, benchmark] as const))('benchmark %s', (_, benchmark) => {
  test('runs, measures something, and does the same work every time', async () => {
    const figures = await benchmark.tiny();
    for (const figure of figures) {
      expect(figure.median).toBeGreaterThan(0);
      expect(figure.slowest).toBeLessThanOrEqual(figure.median);
      expect(figure.fastest).toBeGreaterThanOrEqual(figure.median);
      if (figure.ceiling !== undefined) expect(figures.map(({ name }) => name)).toContain(figure.ceiling);
    }
    const again = await benchmark.tiny();
    expect(again.map(({ name, work }) => [name, work])).toEqual(figures.map(({ name, work }) => [name, work]));
  });

  test('is reported as a table and as JSON', async () => {
    const figures = await benchmark.tiny();
    expect(tableOf(figures).split('\n')).toHaveLength(figures.length + 2);
    const report = reportOf({ [benchmark.name]: figures });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
