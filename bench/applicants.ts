import { tokenSecretOf } from '../app/secrets';
import { readConfig } from '../platform/config';
import { createTokens } from '../platform/http';
import { systemClock } from '../platform/runtime';
import { becomingCustomer, customerOf } from './customer';
import { openDesk } from './desk';
import type { Shot } from './load';
import { uuidOf, windowed } from './support';
import { ASKED, give, openShop } from './town';

const TOKEN_SECONDS = 24 * 3_600;

/** Fills a data folder: a product on offer, and so many verified borrowers with a card and a credit line. */
export const settleIn = async (folder: string, borrowers: number): Promise<void> => {
  const desk = await openDesk(folder, systemClock);
  await openShop(desk.bus);
  await windowed(borrowers, 500, async (n) => {
    for (const [index, { request, actor }] of becomingCustomer(customerOf(n)).entries()) {
      await give(desk.bus, `${n} becomes a customer, ${index}`, request, actor);
    }
  });
  await desk.close();
};

/** Applications of a data folder's borrowers, one after the other: each a new one, and the same in every run. */
export const applicationsOf = async (folder: string, borrowers: number): Promise<(index: number) => Shot> => {
  const tokens = createTokens(tokenSecretOf(readConfig({ USANCE_DATA: folder })), Date.now);
  const callers = await Promise.all(
    Array.from({ length: borrowers }, async (_, n) => {
      const { actor, cardId } = customerOf(n);
      return {
        authorization: `Bearer ${await tokens.issue(actor, TOKEN_SECONDS)}`,
        body: JSON.stringify({ ...ASKED, cardId, deviceId: `device-of-${n}` }),
      };
    }),
  );
  return (index) => {
    const caller = callers[index % callers.length];
    if (caller === undefined) throw new RangeError(`there are no borrowers in ${folder}`);
    const { authorization, body } = caller;
    const headers = {
      authorization,
      'content-type': 'application/json',
      'idempotency-key': uuidOf(`application ${index}`),
    };
    return { path: '/v1/applications', headers, body };
  };
};
