import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createMetrics } from '../platform/telemetry';
import { composeFaults } from './compose';
import { dockerfileFaults } from './dockerfile';
import { alertFaults, dashboardFaults, figuresOf, recordedNames } from './observability';
import { withSettingsTable } from './settings-table';

/** `npm run lint`: what no linter of ours knows. `--write` brings the README's table up to date. */

const read = (path: string): string => readFileSync(resolve(path), 'utf8');

const readmeFaults = (text: string): readonly string[] =>
  withSettingsTable(text) === text ? [] : ['the table of settings is not up to date: npm run lint:write'];

const main = async (): Promise<void> => {
  if (process.argv.includes('--write')) writeFileSync('README.md', withSettingsTable(read('README.md')));
  const alerts = read('docker/prometheus/alerts.yml');
  const figures = new Set([...figuresOf(await createMetrics().expose()), ...recordedNames(alerts)]);
  const faults: Readonly<Record<string, readonly string[]>> = {
    'docker/compose.yml': composeFaults(read('docker/compose.yml')),
    'docker/Dockerfile': dockerfileFaults(read('docker/Dockerfile')),
    'docker/prometheus/alerts.yml': alertFaults(alerts, figures),
    'docker/grafana/dashboards/usance.json': dashboardFaults(read('docker/grafana/dashboards/usance.json'), figures),
    'README.md': readmeFaults(read('README.md')),
  };
  for (const [path, found] of Object.entries(faults)) {
    for (const fault of found) process.stderr.write(`${path}: ${fault}\n`);
  }
  if (Object.values(faults).some((found) => found.length > 0)) process.exitCode = 1;
};

void main();
