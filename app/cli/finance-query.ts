import { writeFile } from 'node:fs/promises';
import { request } from 'undici';
import type { Config } from '../../platform/config';
import { createTokens } from '../../platform/http';
import { projections } from '../../projections';
import { type House, openHouse } from '../house';
import { tokenSecretOf } from '../secrets';
import { TOKENS, the } from '../tokens';
import { type CommonOptions, configOf } from './environment';
import { note, say } from './output';

interface QueryOptions extends CommonOptions {
  readonly url?: string;
  readonly token?: string;
}

/** How long read models may take to become level with the log. */
const CATCH_UP_MS = 300_000;

/**
 * Asks a running house, or opens the stopped one in the data folder with these roles and asks that; prints the answer
 * or writes it to a file, and exits with 1 when it is a no.
 */
export const askedOfHouse = async (
  options: QueryOptions,
  path: string,
  roles: Config['USANCE_ROLES'],
  file?: string,
): Promise<void> => {
  const { url, token } = options;
  if (url !== undefined) {
    if (token === undefined) throw new Error('--url needs --token');
    return fetched(url, token, path, file);
  }
  const config = { ...configOf(options, { USANCE_LOG_LEVEL: 'error', USANCE_PORT: '0' }) };
  const house = await openHouse({ config: { ...config, USANCE_ROLES: roles } });
  try {
    if (roles.includes('projections')) await levelWithLog(house);
    const here = await createTokens(tokenSecretOf(config), Date.now).issue({ kind: 'finance', id: 'cli' }, 60);
    await fetched(house.url ?? '', here, path, file);
  } finally {
    await house.close();
  }
};

/** Read models that are older than the log, or than this program, are brought up to date first. */
const levelWithLog = async ({ container }: House): Promise<void> => {
  const head = await the(container, TOKENS.eventLog).head();
  const runner = the(container, TOKENS.projectionRunner);
  const names = Object.values(projections).map(({ name }) => name);
  const level = await Promise.all(names.map((name) => runner.waitFor(name, head, CATCH_UP_MS)));
  if (level.includes(false)) throw new Error('the read models do not keep up with the log');
};

const fetched = async (url: string, token: string, path: string, file: string | undefined): Promise<void> => {
  const answer = await request(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const body = Buffer.from(await answer.body.arrayBuffer());
  if (answer.statusCode >= 400) {
    note(body.toString('utf8'));
    process.exitCode = 1;
  } else if (file !== undefined) {
    await writeFile(file, body);
    say(`${file}: ${body.length} bytes`);
  } else {
    say(body.toString('utf8').trimEnd());
  }
};
