import { Agent, request } from 'undici';
import { addDays, type BusinessDate, startOf } from '../domain/kernel';
import { SANDBOX_CHANNELS } from '../gateways/sandbox';
import { projections } from '../projections';
import type { HousePort, VirtualClock } from '../simulation';
import type { House } from './house';
import { channelNameOf } from './partners';
import { TOKENS, the } from './tokens';

/** Long enough for a whole simulated life. */
const TOKEN_SECONDS = 3 * 365 * 86_400;

const CATCH_UP_MS = 60_000;

/**
 * The running house as the simulated people meet it: its API over a real socket, and the handles by which the one who
 * plays moves time. Time stands still while anything is in flight; attempts that are repeated wait in real time.
 */
export const simulatedHouse = (house: House, clock: VirtualClock): HousePort & { close(): Promise<void> } => {
  const { container, url, sandbox } = house;
  if (url === undefined || sandbox === undefined) throw new Error('the simulation needs the API and the sandbox here');
  const agent = new Agent({ connections: 64, pipelining: 1 });
  const tokens = the(container, TOKENS.tokens);
  const sagas = the(container, TOKENS.sagas);
  const runner = the(container, TOKENS.projectionRunner);
  const log = the(container, TOKENS.eventLog);

  const readsUpToDate = async (): Promise<void> => {
    const head = await log.head();
    const names = Object.values(projections).map(({ name }) => name);
    const level = await Promise.all(names.map((name) => runner.waitFor(name, head, CATCH_UP_MS)));
    if (level.includes(false)) throw new Error('the read models do not keep up with the log');
  };

  /** Lets everything happen that is due by an instant, each thing at its own time. */
  const passTo = async (epochMs: number): Promise<void> => {
    for (;;) {
      await sagas.idle();
      const due = await sagas.nextDue();
      if (due === undefined || due > epochMs) break;
      clock.advanceTo(Math.max(clock.now(), due));
      await sagas.fireDue(clock.now());
    }
    clock.advanceTo(Math.max(clock.now(), epochMs));
  };

  return {
    clock,
    request: async (method, path, { token, body, idempotencyKey, consistencyToken }) => {
      const answer = await request(`${url}${path}`, {
        dispatcher: agent,
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
          ...(consistencyToken ? { 'consistency-token': consistencyToken } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, body: text === '' ? undefined : JSON.parse(text), headers: answer.headers };
    },
    token: (kind, id) => tokens.issue({ kind, id }, TOKEN_SECONDS),
    seedPeople: async (people) => sandbox.putPeople(people),
    settle: async () => {
      await passTo(clock.now());
      await readsUpToDate();
    },
    waitUntil: async (epochMs) => {
      await passTo(epochMs);
      await readsUpToDate();
    },
    transfer: async ({ channel, on: businessDate, ...sent }) => {
      const played = SANDBOX_CHANNELS.find((each) => channelNameOf(each) === channel);
      if (played === undefined) throw new Error(`the sandbox plays no channel named ${channel}`);
      sandbox.transfer(played, { ...sent, businessDate });
    },
    debit: async (date) => {
      await the(container, TOKENS.debitRun).run(date);
      await sagas.idle();
      await readsUpToDate();
    },
    closeDay: async (date: BusinessDate) => {
      await passTo(Date.parse(startOf(addDays(date, 1))) - 1);
      await the(container, TOKENS.closeOfDay).close(date);
      await sagas.idle();
      await readsUpToDate();
    },
    close: () => agent.close(),
  };
};
