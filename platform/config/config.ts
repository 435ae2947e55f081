import { z } from 'zod';

/** What a process can be. All of them by default; in the distributed profile each runs as often as it must. */
export const ROLES = ['write-api', 'read-api', 'projections', 'sagas', 'relay', 'scheduler', 'sandbox'] as const;
export type Role = (typeof ROLES)[number];

const list = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.string().transform((text, context) => {
    const named = text.split(',').map((word) => word.trim());
    const parsed = z.array(z.enum(values)).min(1).safeParse(named);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: `a comma list of ${values.join(', ')}` });
    return z.NEVER;
  });

const port = z.coerce.number().int().min(0).max(65_535);
const namedPorts = z
  .string()
  .regex(/^[a-z]+=\d{1,5}(,[a-z]+=\d{1,5})*$/, 'a comma list such as bureau=9001,channel=9002');
const url = (protocol: RegExp) => z.url({ protocol }).optional();

/** Every setting of the house, its default and what it is for. The README's table is made from this. */
export const SETTINGS = {
  USANCE_DATA: { schema: z.string().min(1).default('data'), about: 'Folder of the embedded stores, keys and secrets.' },
  USANCE_HOST: { schema: z.string().min(1).default('127.0.0.1'), about: 'Address the API binds to.' },
  USANCE_PORT: { schema: port.default(8080), about: 'Port of the API; 0 takes a free one.' },
  USANCE_ROLES: {
    schema: list(ROLES).default([...ROLES]),
    about: `What this process does: a comma list of ${ROLES.join(', ')}.`,
  },
  USANCE_LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    about: 'How much is logged (JSON lines on standard error).',
  },
  USANCE_SEED: {
    schema: z.coerce.number().int().min(0).default(1),
    about: 'Seed of the sandbox and of the portfolio.',
  },
  USANCE_MASTER_KEY: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9+/=]+(,[A-Za-z0-9+/=]+)*$/, 'secrets of 32 bytes in base64, with commas between')
      .optional(),
    about:
      'Master secrets, newest first: 32 bytes each, base64, with commas between. Default: a sealed file, made once.',
  },
  USANCE_TOKEN_SECRET: {
    schema: z.base64().optional(),
    about: 'Secret of the bearer tokens, 32 bytes or more in base64. Default: derived from the master key.',
  },
  EVENT_STORE_URL: {
    schema: url(/^(esdb|esdb\+discover|kurrentdb|kurrentdb\+discover)$/),
    about: 'EventStoreDB or KurrentDB (esdb://…). Default: SQLite in the data folder.',
  },
  MONGODB_URL: {
    schema: url(/^mongodb(\+srv)?$/),
    about: 'MongoDB for read models and keys (mongodb://…/database). Default: SQLite in the data folder.',
  },
  KAFKA_BROKERS: {
    schema: z.string().min(1).optional(),
    about: 'Kafka brokers (host:port, comma separated). Default: the bus is in process.',
  },
  REDIS_URL: { schema: url(/^rediss?$/), about: 'Redis for leases shared by several processes. Default: in process.' },
  USANCE_LEASE_SECONDS: {
    schema: z.coerce.number().min(1).max(600).default(10),
    about: 'How soon another process takes over what a process that died did alone (with REDIS_URL).',
  },
  USANCE_REQUESTS_IN_FLIGHT: {
    schema: z.coerce.number().int().min(1).default(500),
    about: 'Requests served at the same time; what is over is answered 503 OVERLOADED at once.',
  },
  USANCE_LIVE_VIEWS: {
    schema: z.coerce.number().int().min(1).default(10_000),
    about: 'Live views open at the same time.',
  },
  USANCE_REQUESTS_PER_SECOND: {
    schema: z.coerce.number().min(0).default(100),
    about: 'Requests a second of one borrower or partner, three times as many at once; 0: as many as they like.',
  },
  USANCE_SOURCE_DEADLINE_MS: {
    schema: z.coerce.number().int().min(1).max(10_000).default(500),
    about: 'How long a source may take when an application is decided; all are asked at once.',
  },
  USANCE_MODEL_SERVER: {
    schema: url(/^https?$/),
    about: 'Model server that scores where a policy asks for it; what is late or fails is scored here. Default: none.',
  },
  USANCE_ONNX_MODELS: {
    schema: z.string().min(1).optional(),
    about: 'Folder of ONNX models that score where a policy asks for it (package onnxruntime-node). Default: none.',
  },
  USANCE_RISK_LISTS: {
    schema: z.string().min(1).optional(),
    about:
      'Folder of the lists of the known bad, the trusted, and proxies: JSON, read again when changed. Default: none.',
  },
  USANCE_SMTP_URL: {
    schema: url(/^smtps?$/),
    about: 'Mail server (smtp://user:password@host:port, or smtps://…). Default: messages go to the sandbox outbox.',
  },
  USANCE_MAIL_FROM: {
    schema: z.string().min(3).default('Usance <no-reply@usance.example>'),
    about: 'Sender of the house’s mail.',
  },
  USANCE_SANDBOX_URLS: {
    schema: z.string().optional(),
    about:
      'Partners, as bureau=URL,channel=URL: custody, esign, antifraud, telecom, device, courts, quickpay, saverpay, ' +
      'bankwire too. Default: the sandbox.',
  },
  USANCE_SANDBOX_HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    about: 'Address the partners of the sandbox bind to.',
  },
  USANCE_SANDBOX_PORTS: {
    schema: namedPorts.optional(),
    about: 'Their ports: bureau=9001,channel=9002 and so on, by the names above. Default: any free ones.',
  },
} as const;

export type SettingName = keyof typeof SETTINGS;

const shape = Object.fromEntries(Object.entries(SETTINGS).map(([name, { schema }]) => [name, schema])) as {
  [Name in SettingName]: (typeof SETTINGS)[Name]['schema'];
};
const configSchema = z.object(shape);

export type Config = Readonly<z.infer<typeof configSchema>>;

/** Reads the settings out of an environment; throws one readable error that names every setting that is wrong. */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const parsed = configSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`The configuration is not usable:\n${faults.join('\n')}`);
};
