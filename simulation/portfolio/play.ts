import { addDays, type BusinessDate } from '../../domain/kernel';
import { systemTimers, type Timers } from '../../platform/runtime';
import { hourOf, isOpenOn, nextOpenDay, openDaysFrom } from '../calendar';
import type { HousePort } from '../house-port';
import { portfolioOffering } from '../offering';
import { type Applicant, asTheBureauKnows } from '../people';
import { Agenda } from './agenda';
import { acknowledgementSchema } from './answers';
import { apply, type Newcomer, register } from './arriving';
import { Caller, done, type Line } from './caller';
import type { Visit } from './errand';
import { Places } from './places';
import { reviewQueue } from './underwriting';
import { pay } from './visits';

export interface PortfolioOptions {
  readonly applicants: readonly Applicant[];
  /** The first day, or the day before the first open one; see `firstOpenDay`. */
  readonly startDate: BusinessDate;
  /** Open days to play. */
  readonly businessDays?: number;
  /** What people do follows from it; who they are, from the seed that they were made with. */
  readonly seed: string;
  readonly onProgress?: (progress: PortfolioProgress) => void;
  /** Requests at the same time. */
  readonly inFlight?: number;
  /** For pauses between attempts at a request that failed; real time. */
  readonly timers?: Timers;
}

export interface PortfolioProgress {
  /** Open days played so far, and in all. */
  readonly day: number;
  readonly days: number;
  readonly date: BusinessDate;
}

export interface PortfolioReport {
  readonly productId: string;
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly arrived: number;
  readonly applied: number;
  readonly requests: number;
  /** Attempts that had to be made again. */
  readonly retries: number;
}

const BUSINESS_DAYS = 180;
const IN_FLIGHT = 32;
/** Newcomers apply and underwriters review; then everybody is served who has come for something. China time. */
const HOURS = { preparing: 8, deciding: 9, serving: 11 } as const;

interface Play {
  readonly line: Line;
  readonly places: Places;
  readonly counter: Caller;
  readonly underwriter: Caller;
  readonly productId: string;
  readonly arrivals: Agenda<Applicant>;
  readonly agenda: Agenda<Visit>;
}

/**
 * Plays a portfolio: the applicants come on their days, are decided, sign, are paid, and repay each in their own way,
 * all of it through the house's HTTP API, day by day under the house's own virtual clock. On weekends nobody comes, but
 * the days pass and are closed like others. With the same applicants, seed and dates the same requests are made.
 * @throws UnexpectedAnswer when the house answers what a sound house would not
 */
export const playPortfolio = async (house: HousePort, options: PortfolioOptions): Promise<PortfolioReport> => {
  const { applicants, seed, inFlight = IN_FLIGHT, businessDays = BUSINESS_DAYS } = options;
  const line: Line = { house, seed, timers: options.timers ?? systemTimers, tally: { requests: 0, retries: 0 } };
  const days = openDaysFrom(options.startDate, businessDays);
  const [from = options.startDate] = days;
  const to = days.at(-1) ?? from;
  house.clock.advanceTo(hourOf(from, HOURS.preparing));
  await house.seedPeople(applicants.map(asTheBureauKnows));
  const play: Play = {
    line,
    places: new Places(inFlight),
    counter: await Caller.as(line, 'partner', 'branch-counter', 'counter'),
    underwriter: await Caller.as(line, 'underwriter', 'underwriter-1', 'underwriter'),
    productId: await publish(line),
    arrivals: arrivalsOn(days, applicants),
    agenda: new Agenda(),
  };

  let newcomers = await registerThoseOf(play, from);
  let arrived = 0;
  let applied = 0;
  let day = 0;
  await house.settle();
  for (let date = from; date <= to; date = addDays(date, 1)) {
    house.clock.advanceTo(hourOf(date, HOURS.deciding));
    const open = isOpenOn(date);
    if (open) {
      arrived += newcomers.length;
      applied += await decide(play, date, newcomers);
      newcomers = await serveAll(play, date);
      day += 1;
    }
    await house.closeDay(date);
    if (open) options.onProgress?.({ day, days: days.length, date });
  }
  return { productId: play.productId, from, to, arrived, applied, ...line.tally };
};

/** Who comes on which day; those whose day lies after the last one do not come. */
const arrivalsOn = (days: readonly BusinessDate[], applicants: readonly Applicant[]): Agenda<Applicant> => {
  const arrivals = new Agenda<Applicant>();
  for (const applicant of applicants) {
    const day = days[applicant.arrivesOn];
    if (day !== undefined) arrivals.put(day, applicant);
  }
  return arrivals;
};

const publish = async (line: Line): Promise<string> => {
  const operator = await Caller.as(line, 'operator', 'operator-1', 'operator');
  const drafted = await operator.post('/v1/products', { offering: portfolioOffering }, 'draft', acknowledgementSchema);
  const { id } = done(drafted, 'draft');
  done(await operator.post(`/v1/products/${id}/publication`, {}, 'publish', acknowledgementSchema), 'publish');
  return id;
};

const registerThoseOf = ({ line, places, counter, arrivals }: Play, day: BusinessDate): Promise<readonly Newcomer[]> =>
  places.each(arrivals.take(day), (applicant) => register(line, counter, applicant));

/** The morning: those of the day apply, and people decide what the engine left to them the day before. */
const decide = async (play: Play, date: BusinessDate, newcomers: readonly Newcomer[]): Promise<number> => {
  const { line, places, underwriter, productId, agenda } = play;
  const [visits] = await Promise.all([
    places.each(newcomers, (newcomer) => apply(newcomer, productId, date)),
    reviewQueue(line, underwriter, places),
  ]);
  const waiting = visits.filter((visit) => visit !== undefined);
  for (const visit of waiting) agenda.put(visit.on, visit);
  await line.house.settle();
  return waiting.length;
};

/**
 * Midday: whoever has come for something is served, and those who will apply on the next open day register, so that
 * their identity has been checked by then. Everything that can go on at the same time does: it shares its writes.
 */
const serveAll = async (play: Play, date: BusinessDate): Promise<readonly Newcomer[]> => {
  const { line, places, agenda } = play;
  line.house.clock.advanceTo(hourOf(date, HOURS.serving));
  const [next, newcomers] = await Promise.all([
    places.each(agenda.take(date), serve),
    registerThoseOf(play, nextOpenDay(date)),
  ]);
  for (const visit of next) if (visit) agenda.put(visit.on, visit);
  await line.house.settle();
  return newcomers;
};

/** Serves somebody until they have nothing more to do here today. */
const serve = async (visit: Visit): Promise<Visit | undefined> => {
  let next = await pay(visit);
  while (next && next.on <= visit.on) next = await pay(next);
  return next;
};
