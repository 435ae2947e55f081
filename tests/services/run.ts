import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type NotProvided, provide } from './provision/provide';
import { type Provided, SERVICES, type Service, URL_OF } from './provision/service';
import { discoverSuites, runSuite, type Suite, type SuiteResult } from './suites';

/**
 * The distributed suites against the best servers that are to be had: those named in the environment, else real ones
 * started here, else other implementations, else stand-ins. Says which it was, and ends with 0 only if every suite ran
 * and passed: 1 when something failed, 2 when something could not run.
 *
 *     npm run test:services [-- <name of a suite> …]
 */

type Got = Provided | NotProvided;
type Outcome = { readonly suite: Suite } & (
  | { readonly kind: 'ran'; readonly result: SuiteResult }
  | { readonly kind: 'not run'; readonly missing: readonly Service[] }
);

const began = Date.now();
const say = (text: string): void => console.log(`[${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s] ${text}`);

const rootFrom = (folder: string): string =>
  existsSync(join(folder, 'package.json')) ? folder : rootFrom(dirname(folder));

const main = async (wanted: readonly string[], signal: AbortSignal): Promise<number> => {
  const root = rootFrom(__dirname);
  const sources = join(root, 'tests', 'services');
  const all = await discoverSuites(sources);
  const suites = wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name));
  if (suites.length === 0) throw new Error(`no such suite; there are ${all.map(({ name }) => name).join(', ')}`);
  const cache = resolve(process.env['USANCE_SERVICES_CACHE'] ?? join(root, '.cache', 'services'));
  await mkdir(cache, { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), 'usance-services-'));
  const provided = new Map<Service, Got>();
  try {
    const services = SERVICES.filter((service) =>
      suites.some(({ needs, likes }) => needs.includes(service) || likes.includes(service)),
    );
    // Side by side: fetching one does not wait for building another. All come to an end before anything is cleared
    // away.
    const coming = services.map(async (service) => {
      const { got } = await provide(service, { cache, scratch, sources, say, signal });
      provided.set(service, got);
      say(`${service}: ${described(got)}`);
    });
    for (const outcome of await Promise.allSettled(coming)) if (outcome.status === 'rejected') throw outcome.reason;
    const outcomes: Outcome[] = [];
    for (const suite of suites) outcomes.push(await runOne(suite, provided, { root, scratch, signal }));
    return summary(services, provided, outcomes);
  } finally {
    const servers = [...provided.values()].filter((got) => got.kind !== 'none');
    await Promise.all(servers.map((server) => server.stop()));
    await rm(scratch, { recursive: true, force: true });
    say('everything that was started here has ended');
  }
};

const runOne = async (
  suite: Suite,
  provided: ReadonlyMap<Service, Got>,
  options: { readonly root: string; readonly scratch: string; readonly signal: AbortSignal },
): Promise<Outcome> => {
  options.signal.throwIfAborted();
  const missing = suite.needs.filter((service) => provided.get(service)?.kind === 'none');
  if (missing.length > 0) return { suite, kind: 'not run', missing };
  const env = { ...process.env };
  for (const [service, got] of provided) if (got.kind !== 'none') env[URL_OF[service]] = got.url;
  say(`suite ${suite.name}`);
  const result = await runSuite(suite, { ...options, env });
  options.signal.throwIfAborted();
  return { suite, kind: 'ran', result };
};

const described = (got: Got): string =>
  got.kind === 'none'
    ? `NOT TO BE HAD (${got.reasons.join('; ')})`
    : `${got.kind.toUpperCase()}: ${got.name}, ${got.url}`;

const summary = (
  services: readonly Service[],
  provided: ReadonlyMap<Service, Got>,
  outcomes: readonly Outcome[],
): number => {
  const shortly = (service: Service): string => {
    const got = provided.get(service);
    return got === undefined || got.kind === 'none' ? `${service} (none)` : `${service} (${got.kind}: ${got.name})`;
  };
  console.log('\nServers');
  for (const service of services) {
    const got = provided.get(service);
    if (got) console.log(`  ${service.padEnd(13)} ${described(got)}`);
  }
  console.log('\nSuites');
  const width = Math.max(...outcomes.map(({ suite }) => suite.name.length));
  let [passed, failed, skipped] = [0, 0, 0];
  for (const outcome of outcomes) {
    const { suite } = outcome;
    const against = [...suite.needs, ...suite.likes].map(shortly).join(', ');
    if (outcome.kind === 'not run') {
      console.log(`  ${suite.name.padEnd(width)} NOT RUN: no ${outcome.missing.join(', no ')}`);
      continue;
    }
    const { result } = outcome;
    passed += result.passed;
    failed += result.failed;
    skipped += result.skipped;
    const counts = `${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`;
    console.log(
      `  ${suite.name.padEnd(width)} ${result.complete ? 'passed' : 'FAILED'}: ${counts}; against ${against}`,
    );
  }
  console.log(`\nTests: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  if (outcomes.some((outcome) => outcome.kind === 'ran' && !outcome.result.complete)) return 1;
  return outcomes.every((outcome) => outcome.kind === 'ran') ? 0 : 2;
};

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    say(`${signal}: ending`);
    interrupted.abort(new Error(`interrupted by ${signal}`));
  });
}

main(process.argv.slice(2), interrupted.signal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(interrupted.signal.aborted ? 'interrupted' : error);
    process.exitCode = interrupted.signal.aborted ? 130 : 1;
  },
);
