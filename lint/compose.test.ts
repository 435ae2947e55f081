import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROLES } from '../platform/config';
import { composeFaults, isPinned } from './compose';

const text = readFileSync(join(__dirname, '..', 'docker', 'compose.yml'), 'utf8');

/** The compose file with something changed. */
const withChange = (from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

describe('the compose file', () => {
  test('holds to the specification and to the rules of the house', () => {
    expect(composeFaults(text)).toEqual([]);
  });

  test('runs every role by itself, and every backing service', () => {
    const { services } = parse(text, { merge: true });
    const roles = Object.values<{ environment?: { USANCE_ROLES?: string } }>(services)
      .map(({ environment }) => environment?.USANCE_ROLES)
      .filter((role) => role !== undefined);
    expect(roles.sort()).toEqual([...ROLES].sort());
    expect(Object.keys(services)).toEqual(expect.arrayContaining(['eventstore', 'mongo', 'kafka', 'redis']));
  });

  test('keeps the outside world away from the stores and the secrets', () => {
    const { sandbox, ...others } = parse(text, { merge: true }).services;
    expect(sandbox.networks).toEqual(['outside']);
    expect(sandbox.env_file).toEqual([]);
    for (const name of ['eventstore', 'mongo', 'kafka', 'redis']) expect(others[name].networks).toEqual(['stores']);
  });

  test.each([
    ['an image without a version', 'image: mongo:7.0.14', 'image: mongo:latest', /mongo: the image mongo:latest/],
    ['a port for everybody', '127.0.0.1:8080:8080', '8080:8080', /write-api: publishes 8080:8080/],
    ['a misspelt key', 'stop_grace_period: 60s', 'stop_grace: 60s', /stop_grace/],
    ['a service without a health check', 'test: [CMD, redis-cli, ping]', 'disable: true', /redis: has no health check/],
    ['privileges', 'read_only: true\n    tmpfs: [/data]', 'privileged: true', /redis: is privileged/],
    ['a dependency that there is not', 'prometheus: { condition', 'promises: { condition', /depends on promises/],
    ['impatience', 'kafka: { condition: service_healthy }', 'kafka: { condition: service_started }', /until kafka/],
    ['a secret', 'KAFKA_NODE_ID: "1"', 'KAFKA_PASSWORD: "1"', /kafka: has the secret KAFKA_PASSWORD/],
    ['a volume that there is not', 'bus:/var', 'busses:/var', /uses the volume busses/],
    ['a network that there is not', 'networks: [outside]', 'networks: [outsight]', /on the network outsight/],
    ['the engine', 'events:/var/lib/eventstore', '/var/run/docker.sock:/s', /the engine itself/],
  ])('is refused with %s', (_what, from, to, fault) => {
    expect(composeFaults(withChange(from, to)).join('\n')).toMatch(fault);
  });
});

test.each([
  ['redis:7.4.1-alpine', true],
  ['docker.example.org/team/usance:0.1.0', true],
  ['redis', false],
  ['redis:7', false],
  ['redis:latest', false],
])('%s is pinned: %s', (image, pinned) => {
  expect(isPinned(image)).toBe(pinned);
});
