import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { riskLists } from './risk-lists';

const folder = mkdtempSync(join(tmpdir(), 'lists-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (file: string, content: object | string): void =>
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));

const open = () => {
  let now = 0;
  const reports: string[] = [];
  const report = (error: unknown) => void reports.push(String(error));
  const lists = riskLists(folder, { clock: { now: () => now }, report });
  return {
    reports,
    hidden: (address: string): boolean | null | undefined => {
      now += 10_000;
      const nobody = { deviceIndex: undefined, phoneIndex: undefined, cardIndex: undefined, idNumberIndex: undefined };
      return lists().look({ ...nobody, address }).anonymousNetwork;
    },
    versions: () => lists().versions,
  };
};

describe('lists in a folder', () => {
  it('count from their change on, each under the version of its content', () => {
    put('proxies.json', { name: 'proxies', effect: 'anonymous', networks: ['198.51.100.0/24'] });
    put('notes.txt', 'not a list');
    const { hidden, versions, reports } = open();
    expect(hidden('198.51.100.7')).toBe(true);
    const before = versions();
    put('proxies.json', { name: 'proxies', effect: 'anonymous', networks: ['203.0.113.0/24', '198.51.100.0/25'] });
    expect([hidden('203.0.113.7'), hidden('198.51.100.200')]).toEqual([true, false]);
    expect(Object.keys(versions())).toEqual(['proxies']);
    expect(versions()['proxies']).not.toBe(before['proxies']);
    expect(reports).toEqual([]);
  });

  it.each([
    ['cut off', '{"name":"prox'],
    ['no list', { name: 'proxies', effect: 'anonymous', networks: ['everywhere'] }],
    ['called as another one', { name: 'trusted', effect: 'deny' }],
  ])('stay as they were when one becomes unusable (%s), and it is said once', (_what, content) => {
    put('proxies.json', { name: 'proxies', effect: 'anonymous', networks: ['198.51.100.0/24'] });
    put('trusted.json', { name: 'trusted', effect: 'allow' });
    const { hidden, reports } = open();
    put('proxies.json', content);
    expect([hidden('198.51.100.7'), hidden('198.51.100.7'), hidden('198.51.100.7')]).toEqual([true, true, true]);
    expect(reports).toHaveLength(1);
  });

  it('must be usable at the start', () => {
    put('proxies.json', { name: 'proxies', effect: 'sideways' });
    expect(open).toThrow(/proxies\.json: effect/);
  });

  it('are none where there is no folder', () => {
    const lists = riskLists(undefined, { clock: { now: () => 0 }, report: () => undefined });
    expect(lists().versions).toEqual({});
  });
});
