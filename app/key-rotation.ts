import { join } from 'node:path';
import type { Config } from '../platform/config';
import { openSubjectKeys, rotateMasterKeyFile } from '../platform/keys';
import { systemClock } from '../platform/runtime';
import { MASTER_KEY_FILE } from './secrets';
import { openStores } from './stores';

/**
 * Wraps every data key under the newest master secret; answers how many were not yet. In the data folder a new secret
 * is made first; where the environment names the secrets, the new one stands in front already. Safe to repeat; the old
 * secrets stay in the list, of which the last derives the blind indexes. The house must not be running on this folder.
 */
export const rotateKeys = async (config: Config): Promise<number> => {
  if (!config.USANCE_MASTER_KEY) rotateMasterKeyFile(join(config.USANCE_DATA, MASTER_KEY_FILE));
  const stores = await openStores(config);
  try {
    const keys = await openSubjectKeys({ store: stores.keys, master: stores.master, clock: systemClock });
    return await keys.rewrap();
  } finally {
    await stores.close();
  }
};
