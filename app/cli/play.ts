import { readFileSync } from 'node:fs';
import { addDays, type BusinessDate, businessDateAt, moneyOf, startOf } from '../../domain/kernel';
import {
  CHANNEL_PROFILES,
  type PartnerSettingsInput,
  SANDBOX_CHANNELS,
  type Sandbox,
  type SandboxChannel,
} from '../../gateways/sandbox';
import type { Config } from '../../platform/config';
import {
  type Applicant,
  applicantsFromCsv,
  firstOpenDay,
  generateApplicants,
  type PlantedFault,
  playPortfolio,
  renderSummary,
  type Summary,
  summarize,
  VirtualClock,
} from '../../simulation';
import { openHouse } from '../house';
import { channelNameOf } from '../partners';
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

/** Share of debits that find no money at first. */
const WITHOUT_FUNDS = 0.02;

/** What the house needs at the custody bank for each applicant, in minor units. */
const CAPITAL_EACH = 40_000n;

/** The cheapest channel reaches accounts of some banks only. */
const REACHED: Partial<Record<SandboxChannel, readonly string[]>> = { saverpay: ['Harbour Bank', 'Lantern Bank'] };

/**
 * Partners as they are on an ordinary day: each channel refuses as often as it does, answers nothing to some of what it
 * has done, is down now and then, and misstates a line.
 */
const behaviourOf = (channel: SandboxChannel): PartnerSettingsInput => {
  const { refused, unanswered, partly } = CHANNEL_PROFILES[channel].reliability;
  // An answer that is too long is known at once to be none that can be used: nobody has to wait for silence.
  const conduct = { refuse: refused, oversized: unanswered, 'server-error': unanswered };
  // Now and then there is not enough in an account on the due date.
  const debit = { ...conduct, refuse: refused + WITHOUT_FUNDS };
  return {
    operations: { payout: conduct, debit },
    refusal: 'insufficient-funds',
    statementFaults: STATEMENT_FAULTS,
    partialDebits: partly,
  };
};

const channelsToEnrol = SANDBOX_CHANNELS.map((channel) => {
  const { terms } = CHANNEL_PROFILES[channel];
  const banks = REACHED[channel];
  return { name: channelNameOf(channel), terms: banks ? { ...terms, banks: [...banks] } : terms };
});

/** What the channels' statements got wrong, by their own account. */
const plantedIn = (sandbox: Sandbox | undefined): readonly PlantedFault[] =>
  SANDBOX_CHANNELS.flatMap((channel) => {
    const { payouts = [], debits = [] } = sandbox?.records(channel) ?? {};
    return [...payouts, ...debits]
      .filter(({ fault }) => fault !== undefined)
      .map(({ key: reference, bookedOn }) => ({ channel: channelNameOf(channel), reference, bookedOn }));
  });

const peopleOf = (
  { applicants, count, businessDays }: PlayOptions,
  seed: string,
  startDate: BusinessDate,
): readonly Applicant[] =>
  applicants === undefined
    ? generateApplicants(count, { seed, startDate, businessDays })
    : applicantsFromCsv(readFileSync(applicants, 'utf8'), { seed, startDate, businessDays });

const SOURCE_DEADLINE_MS = 10_000;

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
    // Half a year goes by as fast as this process can, which plays the sources too: none of them is late by that.
    config: { ...config, USANCE_SOURCE_DEADLINE_MS: SOURCE_DEADLINE_MS },
    clock,
    drivenFromOutside: true,
    sandbox: {
      settings: Object.fromEntries(SANDBOX_CHANNELS.map((channel) => [channel, behaviourOf(channel)])),
    },
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
      channels: channelsToEnrol,
      capital: moneyOf(CAPITAL_EACH * BigInt(people.length), 'CNY'),
      onProgress: ({ day, days, date }) => progress.to(day, days, date),
    });
    for (let day = addDays(report.to, 1); day <= yesterday; day = addDays(day, 1)) await port.closeDay(day);
    progress.stop();
    await port.close();
    const summary = summarize(await portfolioFigures(house.container, yesterday, plantedIn(house.sandbox)));
    const { sandbox } = house;
    const partners = sandbox && { ...sandbox.records(), custody: sandbox.custodyRecords() };
    const verification = await verifyHouse(house.container, { partners });
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
