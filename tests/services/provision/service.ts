/** The servers that the distributed profile talks to. */
export const SERVICES = ['eventstoredb', 'mongodb', 'kafka', 'redis'] as const;
export type Service = (typeof SERVICES)[number];

/** Where the product and the suites look for a service. */
export const URL_OF: Readonly<Record<Service, string>> = {
  eventstoredb: 'EVENT_STORE_URL',
  mongodb: 'MONGODB_URL',
  kafka: 'KAFKA_BROKERS',
  redis: 'REDIS_URL',
};

/**
 * `given`: somebody else's server, named by its URL. `real`: the product itself, started here. `independent`: other
 * people's implementation of its protocol. `stand-in`: a double out of our own test tree, or a client library's.
 */
export type Kind = 'given' | 'real' | 'independent' | 'stand-in';

export interface Provided {
  readonly kind: Kind;
  /** Name and version, and what it runs on. */
  readonly name: string;
  /** The value of {@link URL_OF}. */
  readonly url: string;
  stop(): Promise<void>;
}

/** One way to come by a service. Answers with the reason where it is not to be had. */
export type Way = (surroundings: Surroundings) => Promise<Provided | { readonly lacking: string }>;

export interface Surroundings {
  /** Folder for what is downloaded and built once. */
  readonly cache: string;
  /** Folder for what lives as long as this run. */
  readonly scratch: string;
  /** The sources of this folder's servers: `tests/services`. */
  readonly sources: string;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

export const lacking = (reason: string): { readonly lacking: string } => ({ lacking: reason });
