import { readFileSync } from 'node:fs';
import { addDays, type BusinessDate, businessDateAt, startOf } from '../../domain/kernel';
import type { Config } from '../../platform/config';
import {
  type Applicant,
  applicantsFromCsv,
  firstOpenDay,
  generateApplicants,
  playPortfolio,
  renderSummary,
  type Summary,
  summarize,
  VirtualClock,
} from '../../simulation';
import { openHouse } from '../house';
import { portfolioFigures } from '../portfolio-figures';
import { simulatedHouse } from '../simulated-house';
import { type VerificationReport, verifyHouse } from '../verification';
import { note, say } from './output';
import { progressBar } from './progress';

export interface PlayOptions {
  /** A file of real applicants; without one they are generated. */
  readonly applicants?: string;
  /** How many are generated. */
  readonly count: number;
  readonly businessDays: number;
}

/** Share of statement lines that the sandbox gets wrong, and puts right on the next day's statement. */
const STATEMENT_FAULTS = 0.004;

/** Partners as they are on an ordinary day: mostly well, now and then refusing, silent after the deed, or down. */
const ORDINARY = {
  payout: { refuse: 0.004, 'timeout-after-doing': 0.002, 'server-error': 0.006 },
  debit: { refuse: 0.004, 'timeout-after-doing': 0.001, 'server-error': 0.004 },
} as const;

const peopleOf = (
  { applicants, count, businessDays }: PlayOptions,
  seed: string,
  startDate: BusinessDate,
): readonly Applicant[] =>
  applicants === undefined
    ? generateApplicants(count, { seed, startDate, businessDays })
    : applicantsFromCsv(readFileSync(applicants, 'utf8'), { seed, startDate, businessDays });

/**
 * Plays a portfolio in an empty house, under a virtual clock that ends yesterday at midnight, so that the house can go
 * on in real time. Prints the summary, verifies everything, and answers whether all of it holds.
 */
export const play = async (config: Config, options: PlayOptions): Promise<boolean> => {
  const seed = String(config.USANCE_SEED);
  const yesterday = addDays(businessDateAt(Date.now()), -1);
  const startDate = firstOpenDay(yesterday, options.businessDays);
  const clock = new VirtualClock(Date.parse(startOf(startDate)));
  const house = await openHouse({
    config,
    clock,
    drivenFromOutside: true,
    sandbox: { settings: { channel: { operations: ORDINARY, statementFaults: STATEMENT_FAULTS } } },
  });
  const progress = progressBar();
  const begun = Date.now();
  try {
    const port = simulatedHouse(house, clock);
    const people = peopleOf(options, seed, startDate);
    note(`${people.length} applicants over ${options.businessDays} business days from ${startDate} …`);
    const report = await playPortfolio(port, {
      applicants: people,
      startDate,
      businessDays: options.businessDays,
      seed,
      changesPolicyOn: Math.floor(options.businessDays / 3),
      onProgress: ({ day, days, date }) => progress.to(day, days, date),
    });
    for (let day = addDays(report.to, 1); day <= yesterday; day = addDays(day, 1)) await port.closeDay(day);
    progress.stop();
    await port.close();
    const summary = summarize(await portfolioFigures(house.container, yesterday));
    const verification = await verifyHouse(house.container);
    tell(summary, verification, report.requests, Date.now() - begun);
    return summary.holds && verification.holds;
  } finally {
    progress.stop();
    await house.close();
  }
};

const tell = (summary: Summary, verification: VerificationReport, requests: number, tookMs: number): void => {
  say(renderSummary(summary));
  say();
  say(`${verification.events} events, ${requests} requests, ${(tookMs / 1000).toFixed(1)} s`);
  for (const { invariant, stream, detail } of verification.findings) say(`  ${invariant} ${stream}: ${detail}`);
  say(
    verification.holds
      ? `verified: chains, folds, ${verification.invariants} invariants, ${verification.readModels} read models`
      : `verification found ${verification.findings.length} differences`,
  );
};
