import Ajv from 'ajv';
import { parse } from 'yaml';
import schema from './compose-schema.json';

interface Service {
  readonly image: string;
  readonly privileged?: boolean;
  readonly network_mode?: string;
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test?: unknown; readonly disable?: boolean };
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

const valid = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<Compose>(schema);

/** A tag that names a version: `7.0.14`, `v3.5.0`, `24.10.0-bookworm-slim`; neither `latest` nor `7`. */
export const isPinned = (image: string): boolean => /^[a-z0-9./_-]+:v?\d+\.\d+\.\d+(-[a-z0-9.-]+)?$/.test(image);

const SECRET = /SECRET|PASSWORD|MASTER_KEY|TOKEN|CREDENTIAL/i;

/** What is wrong with a compose file; nothing when it holds to the specification and to the house's own rules. */
export const composeFaults = (text: string): readonly string[] => {
  const compose: unknown = parse(text, { merge: true });
  if (!valid(compose)) {
    return (valid.errors ?? []).map(({ instancePath, message, params }) =>
      `${instancePath || '/'} ${message} ${JSON.stringify(params)}`.trim(),
    );
  }
  return Object.entries(compose.services).flatMap(([name, service]) =>
    [...serviceFaults(service), ...referenceFaults(service, compose)].map((fault) => `${name}: ${fault}`),
  );
};

const serviceFaults = (service: Service): readonly string[] => [
  ...(isPinned(service.image) ? [] : [`the image ${service.image} is not pinned to a version`]),
  ...(service.privileged ? ['is privileged'] : []),
  ...(service.network_mode ? ['leaves the networks of this file'] : []),
  ...(service.security_opt?.includes('no-new-privileges:true') ? [] : ['may gain privileges']),
  ...(service.healthcheck?.test && !service.healthcheck.disable ? [] : ['has no health check']),
  ...(service.ports ?? [])
    .filter((port) => !port.startsWith('127.0.0.1:'))
    .map((port) => `publishes ${port} beyond the loopback interface`),
  ...(service.volumes ?? [])
    .filter((volume) => volume.includes('docker.sock'))
    .map((volume) => `is given the engine itself (${volume})`),
  ...Object.keys(service.environment ?? {})
    .filter((setting) => SECRET.test(setting))
    .map((setting) => `has the secret ${setting} in this file`),
];

const referenceFaults = (service: Service, compose: Compose): readonly string[] => [
  ...Object.entries(service.depends_on ?? {}).flatMap(([other, { condition }]) => [
    ...(other in compose.services ? [] : [`depends on ${other}, which there is not`]),
    ...(condition === 'service_healthy' ? [] : [`does not wait until ${other} is healthy`]),
  ]),
  ...(service.networks ?? [])
    .filter((network) => !(network in (compose.networks ?? {})))
    .map((network) => `is on the network ${network}, which there is not`),
  ...(service.volumes ?? [])
    .map((volume) => volume.split(':')[0] ?? '')
    .filter((source) => /^[a-z]/.test(source) && !(source in (compose.volumes ?? {})))
    .map((source) => `uses the volume ${source}, which there is not`),
];
