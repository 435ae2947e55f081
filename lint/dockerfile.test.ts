import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dockerfileFaults } from './dockerfile';

const text = readFileSync(join(__dirname, '..', 'docker', 'Dockerfile'), 'utf8');

const withChange = (from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replaceAll(from, to);
};

describe('the Dockerfile', () => {
  test('holds to the rules of the house', () => {
    expect(dockerfileFaults(text)).toEqual([]);
  });

  test.each([
    ['a base without a version', 'node:24.18.1-bookworm-slim', 'node:latest', /node:latest is not pinned/],
    ['root', 'USER node', 'USER root', /runs as root/],
    ['nobody named', 'USER node\n', '', /runs as root/],
    ['no health check', 'HEALTHCHECK', 'LABEL', /no health check/],
    [
      'a shell in front',
      'ENTRYPOINT ["node", "--max-semi-space-size=128", "/usance/dist/app/main.js"]',
      'ENTRYPOINT node',
      /exec-form/,
    ],
    ['ADD', 'COPY . .', 'ADD . .', /ADD/],
    ['a secret', 'ENV NODE_ENV=production', 'ENV USANCE_TOKEN_SECRET=x', /bakes in/],
  ])('is refused with %s', (_what, from, to, fault) => {
    expect(dockerfileFaults(withChange(from, to)).join('\n')).toMatch(fault);
  });
});
