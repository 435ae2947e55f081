import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { createTokens } from '../../platform/http';
import { masterKeyFromText } from '../../platform/keys';
import { type EventStoreDbServer, startEventStoreDb } from '../support/eventstoredb';
import { freePort } from '../support/free-port';
import { declaration, offering } from '../support/one-loan-life';
import { person } from '../support/people';
import { AUDITOR, at, FINANCE, OPERATOR, type Told, textAt, type Who } from '../support/stage';
import { until } from '../support/until';
import { namedServer } from './named-server';

/** @services mongodb kafka redis? */

/**
 * Goal: the compose file's house works, each role a process of its own. Method: its roles are started with exactly the
 * settings that the file gives them, the addresses replaced, and somebody borrows. The log is the test tree's stand-in,
 * so that this house has it to itself.
 */

const ROOT = resolve(__dirname, '..', '..');
const PARTNERS = ['bureau', 'channel', 'custody', 'esign', 'antifraud', 'telecom', 'device', 'courts'] as const;
/** Seven processes start at once, on machines that do other things too. */
const PATIENCE_MS = 60_000;
const MASTER = randomBytes(32).toString('base64');
const CONSENTS = ['identity-verification', 'credit-bureau', 'direct-debit', 'electronic-signature'];
const cny = (amount: string) => ({ amount, currency: 'CNY' });

interface RoleProcess {
  readonly role: string;
  readonly url: string;
  stop(): Promise<number | null>;
}

type Settings = Readonly<Record<string, string>>;

let folder: string;
let log: EventStoreDbServer;
const processes = new Map<string, RoleProcess>();

const composeSchema = z.object({
  services: z.record(z.string(), z.object({ environment: z.record(z.string(), z.string()).default({}) })),
});

/** The compose file's settings of each role, by role. */
const composedRoles = (): ReadonlyMap<string, Settings> => {
  const text = readFileSync(join(ROOT, 'docker', 'compose.yml'), 'utf8');
  const { services } = composeSchema.parse(parse(text, { merge: true }));
  const roles = new Map<string, Settings>();
  for (const { environment } of Object.values(services)) {
    const role = environment['USANCE_ROLES'];
    if (role) roles.set(role, environment);
  }
  return roles;
};

/** The same settings with the addresses of this run, where the compose file has any. */
const addressed = (settings: Settings, addresses: Settings): Settings =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      if (name === 'REDIS_URL') return process.env['REDIS_URL'] ? [[name, process.env['REDIS_URL']]] : [];
      return [[name, addresses[name] ?? value]];
    }),
  );

const startRole = async (role: string, settings: Settings): Promise<RoleProcess> => {
  const port = await freePort();
  const data = join(folder, role);
  mkdirSync(data);
  const output = openSync(join(folder, `${role}.log`), 'w');
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'app', 'main.js'), 'serve'], {
    stdio: ['ignore', output, output],
    env: {
      PATH: process.env['PATH'],
      ...settings,
      USANCE_DATA: data,
      USANCE_HOST: '127.0.0.1',
      USANCE_PORT: String(port),
    },
  });
  const gone = once(child, 'exit');
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    await gone;
    return child.exitCode;
  };
  return { role, url: `http://127.0.0.1:${port}`, stop };
};

const isReady = ({ url }: RoleProcess): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

const tokens = createTokens(masterKeyFromText(MASTER).derive('bearer tokens'), Date.now);

/** Calls a role's API. */
const call = async (role: string, who: Who, path: string, body?: object): Promise<Told> => {
  const answer = await fetch(`${processes.get(role)?.url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${await tokens.issue(who, 600)}`,
      ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) };
};

const give = async (who: Who, path: string, body: object = {}): Promise<Told> => {
  const told = await call('write-api', who, path, body);
  if (told.status >= 300) throw new Error(`${path}: ${told.status} ${told.text}`);
  return told;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usance-roles-'));
  log = await startEventStoreDb();
  const ports = await Promise.all(PARTNERS.map(async (partner) => [partner, await freePort()] as const));
  const mongo = new URL(namedServer('mongodb'));
  mongo.pathname = `/usance-${randomUUID().slice(0, 8)}`;
  const addresses: Settings = {
    EVENT_STORE_URL: log.url,
    MONGODB_URL: mongo.toString(),
    KAFKA_BROKERS: namedServer('kafka'),
    USANCE_SANDBOX_HOST: '127.0.0.1',
    USANCE_SANDBOX_PORTS: ports.map(([partner, port]) => `${partner}=${port}`).join(','),
    USANCE_SANDBOX_URLS: ports.map(([partner, port]) => `${partner}=http://127.0.0.1:${port}`).join(','),
  };
  for (const [role, settings] of composedRoles()) {
    const secrets = role === 'sandbox' ? {} : { USANCE_MASTER_KEY: MASTER };
    processes.set(role, await startRole(role, { ...addressed(settings, addresses), ...secrets }));
  }
  for (const each of processes.values()) {
    await until(
      () => isReady(each),
      (ready) => ready,
      PATIENCE_MS,
    );
  }
});

afterAll(async () => {
  await Promise.all([...processes.values()].map(({ stop }) => stop()));
  await log.close();
  rmSync(folder, { recursive: true, force: true });
});

test('somebody borrows, through seven processes', async () => {
  const product = textAt(await give(OPERATOR, '/v1/products', { offering }), 'id');
  await give(OPERATOR, `/v1/products/${product}/publication`);
  const { name, idNumber, phone, cardNumber } = person(1);
  const id = textAt(await give(OPERATOR, '/v1/borrowers', { name, idNumber, phone }), 'id');
  const me: Who = { kind: 'borrower', id };
  for (const scope of CONSENTS) {
    await give(me, `/v1/borrowers/${id}/consents`, { scope, textVersion: '2026-01', channel: 'app' });
  }
  const cardId = textAt(await give(me, `/v1/borrowers/${id}/cards`, { cardNumber, bank: 'Test Bank' }), 'id');
  const comesTo = (path: string, field: string, wanted: string): Promise<Told> =>
    until(
      () => call('read-api', me, path),
      (told) => at(told, field) === wanted,
      PATIENCE_MS,
    );
  await comesTo(`/v1/borrowers/${id}`, 'status', 'verified');

  // The first credit line is opened just after; until then an application is refused.
  const wish = { productId: product, amount: cny('3000.00'), installments: 12, cardId, declaration };
  const applied = await until(
    () => call('write-api', me, '/v1/applications', wish),
    ({ status }) => status === 202,
    PATIENCE_MS,
  );
  const application = `/v1/applications/${textAt(applied, 'id')}`;
  const offered = await comesTo(application, 'stage', 'offered');
  await give(me, `${application}/acceptance`, { quoteHash: textAt(offered, 'offer', 'quoteHash') });
  await give(me, `${application}/signature`);
  const loan = textAt(await comesTo(application, 'stage', 'completed'), 'loanId');
  await comesTo(`/v1/loans/${loan}`, 'status', 'active');

  const chain = await call('read-api', AUDITOR, `/v1/audit/streams/${loan}/verification`);
  expect(chain.body).toEqual({ stream: loan, holds: true });
  await until(
    () => call('read-api', FINANCE, '/v1/finance/trial-balance'),
    (told) => at(told, 'currencies', 0, 'balanced') === true,
    PATIENCE_MS,
  );
});

test('operators see the machinery where it runs, and its figures', async () => {
  expect((await call('sagas', OPERATOR, '/v1/operations/parked')).body).toEqual({ items: [] });
  const lagSchema = z.object({ items: z.array(z.object({ behind: z.boolean() })).min(1) });
  for (const role of ['sagas', 'projections']) {
    await until(
      async () => lagSchema.parse((await call(role, OPERATOR, '/v1/operations/lag')).body).items,
      (items) => items.every(({ behind }) => !behind),
      PATIENCE_MS,
    );
    const figures = await fetch(`${processes.get(role)?.url}/metrics`).then((answer) => answer.text());
    expect(figures).toMatch(/^usance_lag_seconds\{reader="[a-z-]+"\} /m);
  }
  const rebuild = await call('projections', OPERATOR, '/v1/operations/projections/loans/rebuild', {});
  expect(rebuild.status).toBe(202);
});

test('every process ends cleanly when it is told to', async () => {
  const codes = await Promise.all([...processes.values()].map(async ({ role, stop }) => [role, await stop()]));
  expect(codes).toEqual([...processes.keys()].map((role) => [role, 0]));
});
