import { join } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import { publicKeySetOf } from '../gateways/http';
import { type Sandbox, type SandboxOptions, startSandbox } from '../gateways/sandbox';
import type { Config } from '../platform/config';
import type { HttpServer } from '../platform/http';
import { type MasterKey, openSubjectKeys } from '../platform/keys';
import { type Clock, systemClock, systemTimers, type Timers } from '../platform/runtime';
import { createLogger, type Logger } from '../platform/telemetry';
import { composeHouse } from './container';
import { openApi } from './http';
import { type PartnerUrls, partnerPorts, partnerUrls } from './partners';
import { installPolicy } from './policies';
import { scheduledClosings, scheduledDebits } from './scheduler';
import { custodySigningKeyOf } from './secrets';
import { openStores } from './stores';
import { TOKENS, the } from './tokens';

export interface HouseOptions {
  readonly config: Config;
  /** Default: the system's. */
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly logger?: Logger;
  /** A simulation drives deadlines and closings itself. Default: the house does. */
  readonly drivenFromOutside?: boolean;
  /** A thread of its own writes the read models: for a process that serves. Default: they are written in between. */
  readonly writesApart?: boolean;
  /** Listens even when no role has an API, so that its health and figures can be asked. Default: no. */
  readonly listens?: boolean;
  readonly sandbox?: Partial<Omit<SandboxOptions, 'seed' | 'clock'>>;
  /** Checks every answer of the API against its schema: tests. */
  readonly checkAnswers?: boolean;
}

/** A running process of the house: what it consists of, and how it ends. */
export interface House {
  readonly container: DependencyContainer;
  readonly config: Config;
  /** Where its API listens, when it has one. */
  readonly url: string | undefined;
  readonly api: HttpServer | undefined;
  readonly sandbox: Sandbox | undefined;
  close(): Promise<void>;
}

/** Undoes what was begun, last first; each step is tried, whatever became of the others. */
class Undoing {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop())
      await step().catch((error) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'the house did not close cleanly');
  }
}

/**
 * Opens the house: backing services, the sandbox if it is this process's, then every role of the configuration, readers
 * of the log before the doors. Fails whole: what was begun is undone.
 */
export const openHouse = async (options: HouseOptions): Promise<House> => {
  const undoing = new Undoing();
  try {
    return await begin(options, undoing);
  } catch (error) {
    await undoing.run().catch(() => undefined);
    throw error;
  }
};

/** Whoever takes applications asks the policy what they have to bring; whoever decides, decides by it. */
const POLICY_ROLES = ['write-api', 'sagas'] as const;

const begin = async (options: HouseOptions, undoing: Undoing): Promise<House> => {
  const { config, clock = systemClock, timers = systemTimers, drivenFromOutside = false } = options;
  const logger = options.logger ?? createLogger(config.USANCE_LOG_LEVEL);
  const roles = new Set(config.USANCE_ROLES);
  const stores = await openStores(config, options);
  undoing.add(() => stores.close());
  const sandbox = roles.has('sandbox') ? await openSandbox(options, clock, stores.master) : undefined;
  if (sandbox) undoing.add(() => sandbox.close());

  const container = composeHouse({
    config,
    clock,
    timers,
    logger,
    stores,
    subjectKeys: await openSubjectKeys({ store: stores.keys, master: stores.master, clock }),
    partnerUrls: partnersOf(config, sandbox),
    pollDeadlinesMs: drivenFromOutside ? 'never' : 500,
  });
  undoing.add(async () => the(container, TOKENS.partners).close());
  undoing.add(() => the(container, TOKENS.otherModels).close());

  let ready = false;
  const duties = the(container, TOKENS.duties);
  undoing.add(() => duties.end());
  if (roles.has('projections')) await duties.take('projections', the(container, TOKENS.projectionRunner));
  if (POLICY_ROLES.some((role) => roles.has(role))) await installPolicy(the(container, TOKENS.commandBus));
  if (roles.has('sagas')) await startSagas(container, undoing);
  // In one process everybody reads the log itself; nobody would listen.
  if (roles.has('relay') && config.KAFKA_BROKERS) await duties.take('relay', the(container, TOKENS.relay));
  if (roles.has('scheduler') && !drivenFromOutside) {
    await duties.take('scheduler', scheduledClosings(container));
    await duties.take('debits', scheduledDebits(container));
  }
  const api =
    options.listens || roles.has('write-api') || roles.has('read-api')
      ? await openApi(container, {
          roles: config.USANCE_ROLES,
          checkAnswers: options.checkAnswers ?? false,
          ready: () => ready,
        })
      : undefined;
  if (api) undoing.add(async () => api.close());
  const url = await api?.listen({ host: config.USANCE_HOST, port: config.USANCE_PORT });
  ready = true;
  return { container, config, url, api, sandbox, close: () => undoing.run() };
};

const openSandbox = ({ config, sandbox }: HouseOptions, clock: Clock, master: MasterKey): Promise<Sandbox> =>
  startSandbox({
    seed: String(config.USANCE_SEED),
    clock,
    // Alone in its process it has no part in the house's secrets, and takes down who comes first.
    ...(config.USANCE_ROLES.length > 1 && { customers: publicKeySetOf(custodySigningKeyOf(master)) }),
    folder: join(config.USANCE_DATA, 'sandbox'),
    host: config.USANCE_SANDBOX_HOST,
    ports: partnerPorts(config.USANCE_SANDBOX_PORTS ?? ''),
    ...sandbox,
  });

/** Nobody to ask: addresses that refuse connections at once, for processes that have no partner to talk to. */
const NOBODY = 'http://127.0.0.1:9';

const partnersOf = (config: Config, sandbox: Sandbox | undefined): PartnerUrls => {
  if (config.USANCE_SANDBOX_URLS) return partnerUrls(config.USANCE_SANDBOX_URLS);
  if (sandbox) return sandbox.urls;
  const asksPartners = config.USANCE_ROLES.some((role) => role === 'sagas' || role === 'scheduler');
  if (asksPartners) throw new Error('set USANCE_SANDBOX_URLS, or give this process the role sandbox');
  return { bureau: NOBODY, channel: NOBODY, custody: NOBODY, esign: NOBODY };
};

/** What is started and stopped elsewhere, and only has to know whether it is its turn. */
const ELSEWHERE = { start: async () => undefined, stop: async () => undefined };

/** Fed by Kafka, all processes share the sagas' events, and one looks for deadlines; else one does all. */
const startSagas = async (container: DependencyContainer, undoing: Undoing): Promise<void> => {
  const [sagas, duties] = [the(container, TOKENS.sagas), the(container, TOKENS.duties)];
  if (!the(container, TOKENS.config).KAFKA_BROKERS) return duties.take('sagas', sagas);
  undoing.add(() => sagas.stop());
  await sagas.start();
  await duties.take('deadlines', ELSEWHERE);
};
