import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { INVARIANTS } from '../domain/invariants';
import { ROLES } from '../platform/config';
import { withSettingsTable } from './settings-table';

/** Goal: what is written about the house is true of it. Method: what can be compared is compared. */

const ROOT = resolve(__dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const readme = read('README.md');
const PAGES = ['README.md', 'docs/operations.md', 'docs/design.md', 'docs/extending.md'];

test('the table of settings is that of their declarations', () => {
  expect(withSettingsTable(readme)).toBe(readme);
});

test.each(PAGES)('every link of %s to a file leads somewhere', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)\)/g)].map(([, target = '']) => target);
  expect(links.filter((target) => !existsSync(resolve(dirname(join(ROOT, page)), target)))).toEqual([]);
});

test('every invariant is in the README, and no other', () => {
  const told = [...readme.matchAll(/^\| (I-\d\d) \|/gm)].map(([, id]) => id);
  expect(told.sort()).toEqual(INVARIANTS.map(({ id }) => id).sort());
});

test('every role is in the README', () => {
  for (const role of ROLES) expect(readme).toContain(`| \`${role}\` |`);
});

test('every npm script that is mentioned exists', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const mentioned = PAGES.flatMap((page) => [...read(page).matchAll(/npm (?:run )?(?:-s )?([a-z:]+)/g)]).map(
    ([, name = '']) => name,
  );
  const known = new Set([...Object.keys(scripts), 'ci', 'run']);
  expect([...new Set(mentioned)].filter((name) => !known.has(name))).toEqual([]);
});

test('every command that is mentioned exists', () => {
  const main = read('app/main.ts');
  const commands = [...readme.matchAll(/npm run (?:-s )?usance -- ([a-z]+(?:-[a-z]+)?)/g)].map(([, name = '']) => name);
  expect(commands.length).toBeGreaterThan(3);
  for (const name of commands) expect(main).toContain(`./cli/${name}'`);
});

test('every alert has its line in the operations manual', () => {
  const alerts = [...read('docker/prometheus/alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  expect(alerts.length).toBeGreaterThan(3);
  for (const name of alerts) expect(read('docs/operations.md')).toContain(`\`${name}\``);
});
