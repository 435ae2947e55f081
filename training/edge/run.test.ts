import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applicantsCsv, applicantsDictionary } from '../applicants.fixture';
import { runTraining, type TrainingOptions } from './run';

describe('a training', () => {
  const folder = mkdtempSync(join(tmpdir(), 'training-'));
  const csv = join(folder, 'applicants.csv');
  const dictionary = join(folder, 'dictionary.json');
  const options: TrainingOptions = { csv, dictionary, folds: undefined, name: 'trial-1', seed: 7, approvedShare: 0.7 };
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);

  const run = (out: string, changes: Partial<TrainingOptions> = {}) => {
    told.mockClear();
    const { figures } = runTraining({ ...options, ...changes }, () => join(folder, out));
    const files = readdirSync(join(folder, out)).toSorted();
    return {
      figures,
      told: told.mock.calls.flat().join(''),
      files: Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, out, file), 'utf8')])),
    };
  };

  /** Trained once, looked at often. */
  let trained: ReturnType<typeof run> | undefined;
  const first = (): ReturnType<typeof run> => {
    trained ??= run('first');
    return trained;
  };

  beforeAll(() => {
    writeFileSync(csv, applicantsCsv(240, 'run'));
    writeFileSync(dictionary, JSON.stringify({ ...applicantsDictionary, folds: { count: 2, repeats: 1 } }));
  });
  afterAll(() => {
    told.mockRestore();
    rmSync(folder, { recursive: true });
  });

  test('writes both models, the figures and a report; the same seed writes the same bytes', () => {
    expect(Object.keys(first().files)).toEqual(['metrics.json', 'report.html', 'scorecard.pmml', 'trees.pmml']);
    expect(run('again').files).toEqual(first().files);
    expect(run('other', { seed: 8 }).files['trees.pmml']).not.toBe(first().files['trees.pmml']);
    expect(JSON.parse(first().files['metrics.json'] ?? '')).toEqual(first().figures);
  });

  test('the report stands alone: plots inside, nothing fetched, readable in light and dark', () => {
    const report = first().files['report.html'] ?? '';
    expect(report.match(/<svg /g)?.length).toBeGreaterThan(8);
    expect(report.match(/\b(src|href)=|url\(|@import|<script|https?:/)).toBeNull();
    expect(report.includes('prefers-color-scheme: dark')).toBe(true);
    expect(report.match(/NaN|undefined|Infinity/)).toBeNull();
  });

  test('the report escapes what the data says', () => {
    const report = first().files['report.html'] ?? '';
    expect(report.includes('1 &lt;= … &lt; 5 &amp; more')).toBe(true);
    expect(report.includes('< 5 & more')).toBe(false);
  });

  test('shows how far it is', () => {
    expect(first().told).toMatch(/50 %.*100 %.*written to/s);
  });

  test.each([
    ['a file that is not there', { csv: join(folder, 'none.csv') }, /cannot be read/],
    ['columns that nobody declared', { dictionary: undefined }, /no data dictionary fits/],
    ['a dictionary that is no JSON', { dictionary: csv }, /is not JSON/],
  ])('%s is refused in one sentence', (_, changes, message) => {
    expect(() => run('refused', changes)).toThrow(message);
  });
});
