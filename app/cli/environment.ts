import type { Config } from '../../platform/config';
import { readConfig } from '../../platform/config';

/** Options that several commands share; they win over the environment. */
export interface CommonOptions {
  readonly data?: string;
  readonly port?: string;
}

export const configOf = (options: CommonOptions, changes: Readonly<Record<string, string>> = {}): Config =>
  readConfig({
    ...process.env,
    ...(options.data ? { USANCE_DATA: options.data } : {}),
    ...(options.port ? { USANCE_PORT: options.port } : {}),
    ...changes,
  });
