import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type SigningKey, signingKeyFrom } from '../gateways/http';
import type { Config } from '../platform/config';
import { type MasterKey, masterKeyFromFile, masterKeyFromText } from '../platform/keys';

/** In the data folder. */
export const MASTER_KEY_FILE = 'master.key';

/** Set, or a sealed file in the data folder that a first start makes. */
export const masterKeyOf = (config: Config): MasterKey => {
  if (config.USANCE_MASTER_KEY) return masterKeyFromText(config.USANCE_MASTER_KEY);
  mkdirSync(config.USANCE_DATA, { recursive: true, mode: 0o700 });
  return masterKeyFromFile(join(config.USANCE_DATA, MASTER_KEY_FILE));
};

/** Set, or derived from the master key: the same for every process of the house. */
export const tokenSecretOf = (config: Config, master: MasterKey = masterKeyOf(config)): Uint8Array =>
  config.USANCE_TOKEN_SECRET ? Buffer.from(config.USANCE_TOKEN_SECRET, 'base64') : master.derive('bearer tokens');

/** The key that instructions to the custody bank are signed with: the same for every process of the house. */
export const custodySigningKeyOf = (master: MasterKey): SigningKey =>
  signingKeyFrom('usance-custody-1', master.derive('custody instructions'));
