import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { DomainEvent } from '../../domain/events';
import { watchInvariants } from '../../domain/invariants';
import { formatMinor, parseMoney, repaymentIdSchema } from '../../domain/kernel';
import type { Posting } from '../../domain/ledger';
import { type Sandbox, startSandbox } from '../../gateways/sandbox';
import type { RecordedEvent } from '../../platform/event-log';
import { startChild } from '../support/child';
import { DEBITS_BEGIN, type DebitHouse, DUE, openDebitHouse } from './debit-house';
import { lendToTown, loanAt } from './debit-town';
import { PutForward } from './put-forward';

export interface DebitDrillOptions {
  readonly folder: string;
  readonly installments: number;
  readonly kills: number;
  readonly seed: number;
  readonly onKill?: (kill: number, debits: number) => void;
}

export interface DebitDrillReport {
  readonly installments: number;
  readonly kills: number;
  /** How many debits the channel had made when each process died. */
  readonly debitsAtKills: readonly number[];
  /** Debits that the channel has on record, and installments with one of them; one for every installment is right. */
  readonly debits: number;
  readonly debited: number;
  /** Loans of which more was taken than was due. */
  readonly overdrawn: readonly string[];
  /** By the channel's record, the settled repayments, and what the loans took in; and what the books hold beside. */
  readonly taken: string;
  readonly settled: string;
  readonly allocated: string;
  readonly suspense: string;
  /** Attempts that took nothing, for sure, by the reason: each was tried again. */
  readonly refused: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
  readonly events: number;
  readonly seconds: number;
}

const CHILD = require.resolve('./debits.child');
const SEED = '1';

/** The channel is slow enough to be killed between question and answer, and has bad moments. */
const HOSTILE = {
  operations: {
    debit: {
      approve: 0.8,
      slow: 0.08,
      refuse: 0.05,
      'timeout-after-doing': 0.02,
      'server-error': 0.03,
      unsigned: 0.02,
    },
  },
  refusal: 'insufficient-funds',
  slowMs: 100,
} as const;

/** What every sound log shows, whoever wrote its beginning: the drill's loans were never applied for. */
const CHECKED = new Set(['I-01', 'I-02', 'I-04', 'I-05', 'I-06', 'I-09', 'I-15', 'I-24', 'I-27', 'I-29', 'I-33']);

const EVENING_MS = 12 * 3_600_000;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The share of the debits within which processes are killed: some wait for the evening, and then no process is. */
const UNDER_KILLS = 0.85;
const LITTLE_MS = 1_000;
const LOOK_MS = 50;

/** Waits for something that a process brings about; fails where it ends first. */
const until = async (holds: () => boolean, ended: Promise<number | null>): Promise<void> => {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!holds()) {
    if (over) throw new Error('the process ended by itself');
    await pause(LOOK_MS);
  }
};

/** Numbers in [0, 1) that follow from a seed (Lehmer, MINSTD). */
const chance = (seed: number): (() => number) => {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

/**
 * Debits a due date of so many loans, by two schedulers at once, in a process that is killed with SIGKILL again and
 * again and started anew on the same data; then lets what is left be finished, and holds the log against the channel's
 * own record.
 */
export const debitDrill = async (options: DebitDrillOptions): Promise<DebitDrillReport> => {
  const { folder, installments, kills, seed, onKill = () => undefined } = options;
  mkdirSync(folder, { recursive: true });
  // The evening before: whatever came of the loans themselves is done by then.
  const clock = new PutForward(DEBITS_BEGIN - EVENING_MS - Date.now());
  const sandbox = await startSandbox({
    ...{ seed: SEED, clock, folder: join(folder, 'partners') },
    settings: { channel: HOSTILE },
  });
  const urls = Object.entries(sandbox.urls)
    .map(([name, url]) => `${name}=${url}`)
    .join(',');
  const debits = (): number => sandbox.records('channel').debits.length;
  const next = chance(seed);
  try {
    const shop = await openDebitHouse(folder, urls, clock);
    await lendToTown(shop, installments);
    await shop.start();
    await shop.atRest();
    await shop.close();
    clock.putForwardTo(DEBITS_BEGIN);

    const begun = performance.now();
    // Time goes on over every start: a process whose clock began again would wait for what the one before had put off.
    const aheadMs = DEBITS_BEGIN - Date.now();
    const debitsAtKills: number[] = [];
    for (let kill = 1; kill <= kills; kill += 1) {
      const child = startChild(CHILD, folder, urls, String(aheadMs));
      const first = await child.lines[Symbol.asyncIterator]().next();
      if (first.done) throw new Error('the process did not open');
      // Anywhere in the run: each process comes to somewhere in its share of the debits, and a little further.
      const enough = Math.floor((installments * UNDER_KILLS * (kill - 1 + next())) / kills);
      await until(() => sandbox.instructed('channel') >= enough, child.ended);
      await pause(next() * LITTLE_MS);
      await child.kill();
      debitsAtKills.push(debits());
      onKill(kill, debits());
    }
    const house = await openDebitHouse(folder, urls, clock);
    try {
      await house.start();
      await house.order();
      await finished(house, clock);
      const seconds = (performance.now() - begun) / 1_000;
      return { ...(await reckon(house, sandbox, installments)), kills, debitsAtKills, seconds };
    } finally {
      await house.close();
    }
  } finally {
    await sandbox.close();
  }
};

/** Attempts are over three weeks after the due date. */
const OVER_MS = 25 * 86_400_000;

/** Waits until nothing is left to be done about this due date; where the house waits, its clock is put forward. */
const finished = async ({ sagas }: DebitHouse, clock: PutForward): Promise<void> => {
  for (;;) {
    await sagas.idle();
    const due = await sagas.nextDue();
    if (due === undefined || due > DEBITS_BEGIN + OVER_MS) return;
    clock.putForwardTo(due);
    await pause(50);
  }
};

type Reckoned = Omit<DebitDrillReport, 'kills' | 'debitsAtKills' | 'seconds'>;

/** What the log says of the money that came in, in minor units, and what is wrong in it. */
class Tally {
  readonly findings: string[] = [];
  readonly #watch = watchInvariants(CHECKED);
  events = 0;
  readonly refused: Record<string, number> = {};
  settled = 0n;
  allocated = 0n;
  suspense = 0n;
  /** What was due of a loan when it was debited last. */
  readonly due = new Map<string, bigint>();

  see(event: RecordedEvent<DomainEvent>): void {
    this.events += 1;
    for (const { invariant, stream, detail } of this.#watch.see(event)) {
      this.findings.push(`${invariant} ${stream}: ${detail}`);
    }
    switch (event.type) {
      case 'RepaymentSettled':
        this.settled += parseMoney(event.data.amount).minor;
        return;
      case 'RepaymentAllocated':
        this.allocated += parseMoney(event.data.amount).minor;
        return;
      case 'DebitOrdered': {
        const due = parseMoney(event.data.due).minor;
        this.due.set(event.data.loanId, due);
        return;
      }
      case 'DebitFailed':
        this.refused[event.data.reason] = (this.refused[event.data.reason] ?? 0) + 1;
        return;
      case 'EntryPosted':
        for (const posting of event.data.postings) this.#book(posting);
        return;
      default:
    }
  }

  #book({ account, side, amount }: Posting): void {
    if (!UNALLOCATED.has(account)) return;
    this.suspense += (side === 'credit' ? 1n : -1n) * parseMoney(amount).minor;
  }
}

/** Repayments to allocate, and suspense. */
const UNALLOCATED: ReadonlySet<Posting['account']> = new Set(['2002', '2101'] as const);

const text = (minor: bigint): string => formatMinor(minor, 'CNY');

/** The log against the channel's record: what was taken, what became of it, and what must always hold. */
const reckon = async ({ log, sagas }: DebitHouse, sandbox: Sandbox, installments: number): Promise<Reckoned> => {
  const tally = new Tally();
  for await (const page of log.readAll()) for (const event of page.events) tally.see(event);
  const parked = (await sagas.listParked()).map(({ key, saga, reason }) => `parked ${saga} ${key}: ${reason}`);
  const records = sandbox.records('channel').debits;
  const takenOf = new Map<string, bigint>();
  for (const { key, amount } of records) {
    const loan = loanOf(key);
    takenOf.set(loan, (takenOf.get(loan) ?? 0n) + parseMoney(amount).minor);
  }
  const { refused, events, settled, allocated, suspense } = tally;
  const findings = [...tally.findings, ...parked];
  const loans = Array.from({ length: installments }, (_, n) => String(loanAt(n)));
  return {
    ...{ installments, refused, findings, events, debits: records.length },
    debited: loans.filter((loan) => takenOf.has(loan)).length,
    overdrawn: [...takenOf].filter(([loan, taken]) => taken > (tally.due.get(loan) ?? 0n)).map(([loan]) => loan),
    taken: text([...takenOf.values()].reduce((sum, each) => sum + each, 0n)),
    ...{ settled: text(settled), allocated: text(allocated), suspense: text(suspense) },
  };
};

/** The loan that an effect id speaks of: "repayment-<key>-<due date>-<attempt>.1". */
const loanOf = (effectId: string): string => {
  const id = repaymentIdSchema.parse(effectId.slice(0, effectId.lastIndexOf('.')));
  return `loan-${id.slice('repayment-'.length, id.indexOf(`-${DUE}-`))}`;
};
