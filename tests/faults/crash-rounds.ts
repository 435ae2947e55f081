import { mkdirSync } from 'node:fs';
import { type House, openHouse } from '../../app/house';
import { tokenSecretOf } from '../../app/secrets';
import { TOKENS, the } from '../../app/tokens';
import { type VerificationReport, verifyHouse } from '../../app/verification';
import { readConfig } from '../../platform/config';
import { createTokens } from '../../platform/http';
import { startChild } from '../support/child';
import { type Acknowledged, Applicants } from './applicants';
import { PutForward } from './put-forward';

export interface CrashRoundsOptions {
  readonly folder: string;
  readonly rounds: number;
  /** Chance follows from it: who does what, and when the process dies. */
  readonly seed: number;
  readonly applicants?: number;
  readonly onRound?: (round: number, acknowledged: number) => void;
}

export interface CrashReport {
  readonly rounds: number;
  readonly acknowledged: number;
  /** Acknowledged, but not in the log. */
  readonly lost: readonly Acknowledged[];
  /** Effects that the payment channel carried out more than once, or payouts made twice for one loan. */
  readonly doubled: readonly string[];
  readonly payouts: number;
  readonly verification: VerificationReport;
}

const HOUSE = require.resolve('./house.child');

/** mulberry32: small, seeded, good enough to pick an instant. */
const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Runs the house under load and kills it with SIGKILL at a random instant, again and again on the same data; then opens
 * it once more, lets it finish what it had begun, and holds the log against everything that was ever acknowledged.
 */
export const crashRounds = async (options: CrashRoundsOptions): Promise<CrashReport> => {
  const { folder, rounds, seed, applicants = 24, onRound = () => undefined } = options;
  mkdirSync(folder, { recursive: true });
  const config = readConfig({ USANCE_DATA: folder, USANCE_PORT: '0', USANCE_LOG_LEVEL: 'fatal' });
  const tokens = createTokens(tokenSecretOf(config), Date.now);
  const next = chance(seed);
  const people = new Applicants(applicants, tokens, next);

  for (let round = 1; round <= rounds; round += 1) {
    const child = startChild(HOUSE, folder);
    try {
      const first = await child.lines[Symbol.asyncIterator]().next();
      if (first.done) throw new Error(`round ${round}: the house did not open`);
      const loading = people.load(String(first.value));
      // The first round has more to set up before anything worth interrupting happens. After that every other one waits
      // for an answer, however slow the machine: the others may die before they have given any.
      if (round === 1) await pause(1_500);
      else if (round % 2 === 0) await people.answered();
      await pause(20 + next() * 400);
      await child.kill();
      await loading.stop();
    } finally {
      await child.kill();
    }
    onRound(round, people.acknowledged.length);
  }
  return reckon(folder, rounds, people);
};

const reckon = async (folder: string, rounds: number, people: Applicants): Promise<CrashReport> => {
  const config = readConfig({ USANCE_DATA: folder, USANCE_PORT: '0', USANCE_LOG_LEVEL: 'fatal' });
  const clock = new PutForward();
  const house = await openHouse({ config, clock });
  try {
    await settled(house, clock);
    const log = the(house.container, TOKENS.eventLog);
    const positions = new Map<string, string>();
    for await (const page of log.readAll())
      for (const { position, stream } of page.events) positions.set(position, stream);
    const lost = people.acknowledged.filter(({ position, stream }) => positions.get(position) !== stream);
    const { sandbox } = house;
    const records = sandbox && { ...sandbox.records(), custody: sandbox.custodyRecords() };
    const payouts = records?.payouts ?? [];
    return {
      rounds,
      acknowledged: people.acknowledged.length,
      lost,
      doubled: doubledPayouts(payouts.map(({ key }) => key)),
      payouts: payouts.length,
      verification: await verifyHouse(house.container, { partners: records, acknowledged: people.acknowledged }),
    };
  } finally {
    await house.close();
  }
};

/**
 * An effect id is the payout's id and the attempt's number: one payout may be carried out under one of its ids only.
 */
const doubledPayouts = (effectIds: readonly string[]): readonly string[] => {
  const payouts = effectIds.map((effectId) => effectId.split('.')[0] ?? effectId);
  return [...new Set(payouts.filter((payout, at) => payouts.indexOf(payout) !== at))];
};

/** What is due so soon is the asking again for unknown outcomes; offers and installments are days away. */
const SOON_MS = 3_600_000;

/**
 * Waits until no saga has anything to do and no instruction's outcome is unknown. Where the house would wait for
 * minutes before it asks again, its clock is put forward: the longer a run took, the longer those waits have grown.
 */
const settled = async ({ container }: House, clock: PutForward): Promise<void> => {
  const sagas = the(container, TOKENS.sagas);
  for (let looked = 0; looked < 600; looked += 1) {
    await sagas.idle();
    const due = await sagas.nextDue();
    if (due === undefined || due > clock.now() + SOON_MS) return;
    clock.putForwardTo(due);
    await pause(100);
  }
  const due = await sagas.nextDue();
  const parked = await sagas.listParked();
  throw new Error(
    `the house did not come to rest: ${JSON.stringify({ now: clock.now(), due, parked: parked.slice(0, 5) })}`,
  );
};
