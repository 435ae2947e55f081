import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { sayJson } from './output';

/** Where a running house is, and as whom it is asked. */
export interface ServerOptions {
  readonly url: string;
  readonly token: string;
}

/** One request to a running house; prints its answer, and exits with 1 when that is a no. */
export const told = async (
  { url, token }: ServerOptions,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<void> => {
  const answer = await request(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  sayJson(await answer.body.json());
  if (answer.statusCode >= 400) process.exitCode = 1;
};
