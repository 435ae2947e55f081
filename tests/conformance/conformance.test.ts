import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeAll, reportOf, textOf } from './report';
import { readCases } from './sources';

const OWN = join(__dirname, 'cases');

const reportOn = (...paths: readonly string[]) => {
  const { cases, unreadable } = readCases(paths);
  const all = judgeAll(cases);
  return { ...reportOf(all), text: textOf(all), unreadable };
};

describe('the cases that travel with the house', () => {
  const report = reportOn(OWN);

  it('can all be read, and none that is selected fails', () => {
    expect(report.unreadable).toEqual([]);
    expect(report.failures).toEqual([]);
    expect(report.passed).toBe(report.selected);
  });

  it.each(['daycount', 'apr', 'identifiers'])('of %s are all selected and pass', (tier) => {
    const { cases = 0, selected, passed } = report.byTier[tier] ?? {};
    expect(cases).toBeGreaterThan(15);
    expect({ selected, passed }).toEqual({ selected: cases, passed: cases });
  });

  it('count the accruals that they state apart, and those come out as stated', () => {
    const { rows, compared, passed } = report.accruals;
    expect(rows).toBeGreaterThan(10);
    expect({ compared, passed }).toEqual({ compared: rows, passed: rows });
    expect(report.text).toContain(`accruals, apart: ${rows} rows`);
  });

  it('are counted once each', () => {
    const tiers = Object.values(report.byTier);
    expect(tiers.reduce((sum, { cases }) => sum + cases, 0)).toBe(report.cases);
    expect(tiers.reduce((sum, { selected }) => sum + selected, 0)).toBe(report.selected);
  });
});

describe('a run', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  const dayCount = (id: string, convention: string, expected: string) => ({
    id,
    convention,
    start: '2026-01-01',
    end: '2026-01-31',
    expected,
  });

  it('shows where a case failed, what was expected and what came out, and counts by tier', () => {
    write('a.json', { vectors: [dayCount('right', 'ACT/360', '1/12'), dayCount('wrong', 'ACT/365F', '31/365')] });
    const { text, unreadable, ...report } = reportOn(folder);
    expect(unreadable).toEqual([]);
    expect(report).toEqual({
      cases: 2,
      selected: 2,
      passed: 1,
      byTier: { daycount: { cases: 2, selected: 2, passed: 1 } },
      missingKnobs: {},
      failures: [{ id: 'wrong', at: 'expected', expected: '31/365', got: '30/365' }],
      accruals: { rows: 0, compared: 0, passed: 0 },
    });
    expect(text).toContain('wrong: expected');
  });

  it('leaves out a case that needs what is not there, and names it with what is missing', () => {
    write('a.json', { vectors: [dayCount('strange', 'BUS/252', '21/252')] });
    const report = reportOn(folder);
    expect(report).toMatchObject({ cases: 1, selected: 0, passed: 0, missingKnobs: { 'dayCount=BUS/252': 1 } });
    expect(report.text).toContain('strange: dayCount=BUS/252');
  });

  it('knows a file by what is in it, in folders within folders, and passes over what is no case file', () => {
    mkdirSync(join(folder, 'deep'));
    write(join('deep', 'whatever.json'), { mobile: [{ value: '13800138000', valid: true }] });
    write('rates.json', {
      rateCaps: [{ id: 'cap', contractFormed: '2025-06-01', regime: 'PRIVATE_LENDING_4X_LPR_1Y', capPercent: '12.0' }],
    });
    write('README.md', 'no case file');
    write('charges.json', { chargeCatalogue: {} });
    expect(reportOn(folder)).toMatchObject({ cases: 2, passed: 2, unreadable: [] });
  });

  it.each([
    ['of a kind that nobody knows', { something: 'else' }, 'none of the kinds that are known'],
    ['that is no JSON', 'not JSON', 'JSON'],
    ['that is no object', [1, 2], 'expected record'],
    ['with a case that is not as documented', { vectors: [{ convention: 'ACT/360', id: 'x' }] }, 'vectors.0.start'],
  ])('names a file %s', (_, content, message) => {
    const path = write('odd.json', content);
    const { unreadable } = reportOn(path);
    expect(unreadable).toEqual([expect.stringContaining(`${path}: `)]);
    expect(unreadable[0]).toContain(message);
  });

  it('names a path that is not there', () => {
    expect(reportOn(join(folder, 'nowhere')).unreadable).toEqual([expect.stringContaining('nowhere: ')]);
  });

  it.each([
    ['a rate', { aprPercent: '12.01', decimals: 2 }, 'aprPercent'],
    ['a rate out of its tolerance', { aprPercent: '12.0002', decimals: 4, tolerancePercent: '0.0001' }, 'aprPercent'],
  ])('finds %s wrong', (_, expected, at) => {
    const flows = [
      { dir: 'advance', amount: '100.00', count: 1, t: 0, f: '0' },
      { dir: 'payment', amount: '101.00', count: 1, t: 1, f: '0' },
    ];
    const unitPeriod = { length: '1 month', perYear: '12' };
    write('a.json', { vectors: [{ id: 'apr', method: 'REGZ_ACTUARIAL', unitPeriod, flows, expected }] });
    expect(reportOn(folder).failures).toMatchObject([{ id: 'apr', at }]);
  });

  it('finds days wrong that do not lie t and f unit-periods after the start', () => {
    const flows = [
      { dir: 'advance', amount: '100.00', count: 1, t: 0, f: '0', firstDate: '2026-01-10' },
      { dir: 'payment', amount: '101.00', count: 1, t: 1, f: '1/30', firstDate: '2026-02-10' },
    ];
    const unitPeriod = { length: '1 month', perYear: '12' };
    const expected = { aprPercent: '11.61', decimals: 2 };
    write('a.json', { vectors: [{ id: 'apr', method: 'REGZ_ACTUARIAL', unitPeriod, flows, expected }] });
    expect(reportOn(folder).failures).toMatchObject([{ id: 'apr', at: 'flows[1] on 2026-02-10', got: '30/30' }]);
  });

  it('finds identifiers wrong that are taken for what they are not', () => {
    write('a.json', {
      residentId: [{ value: '11010519491231002X', valid: true, birthDate: '1949-12-30' }],
      bankCard: [{ value: '4111111111111111', luhn: false }],
      uscc: [{ value: '91350100M000100Y43', valid: false }],
      mobile: [{ value: '13800138000', valid: false }],
    });
    expect(reportOn(folder).failures.map(({ id, at }) => `${id} ${at}`)).toEqual([
      'residentId/11010519491231002X birthDate',
      'bankCard/4111111111111111 luhn',
      'uscc/91350100M000100Y43 valid',
      'mobile/13800138000 valid',
    ]);
  });
});
