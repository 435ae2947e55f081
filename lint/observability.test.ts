import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createMetrics } from '../platform/telemetry';
import { alertFaults, dashboardFaults, figuresOf, recordedNames } from './observability';

const docker = (path: string): string => readFileSync(join(__dirname, '..', 'docker', path), 'utf8');
const alerts = docker('prometheus/alerts.yml');
const dashboard = docker('grafana/dashboards/usance.json');

const figures = async (): Promise<ReadonlySet<string>> =>
  new Set([...figuresOf(await createMetrics().expose()), ...recordedNames(alerts)]);

test('the alerts are well formed and about figures that the house has', async () => {
  expect(alertFaults(alerts, await figures())).toEqual([]);
});

test('the dashboard is well formed and about figures that the house has', async () => {
  expect(dashboardFaults(dashboard, await figures())).toEqual([]);
});

test('a figure that there is not, a bracket too many and an alert without advice are found', async () => {
  const known = await figures();
  expect(alertFaults(alerts.replace('usance_lag_seconds', 'usance_lag_events'), known)).toEqual([
    'ReaderBehind: there is no figure usance_lag_events',
  ]);
  expect(alertFaults(alerts.replace('(usance_parked_keys) > 0', '(usance_parked_keys)) > 0'), known)).toEqual([
    'ParkedEvents: the brackets do not match',
  ]);
  expect(alertFaults(alerts.replace(/action:.*/, ''), known)).not.toEqual([]);
  expect(dashboardFaults(dashboard.replace('"x": 12', '"x": 11'), known).join()).toContain('lies over another panel');
});

test('every role of the compose file is scraped, by its own name', () => {
  const targets: string[] = parse(docker('prometheus/prometheus.yml')).scrape_configs[0].static_configs[0].targets;
  const { services } = parse(docker('compose.yml'), { merge: true });
  const roles = Object.entries<{ environment?: { USANCE_ROLES?: string } }>(services)
    .filter(([name, { environment }]) => environment?.USANCE_ROLES !== undefined && name !== 'sandbox')
    .map(([name]) => `${name}:8080`);
  expect(targets.sort()).toEqual(roles.sort());
});
