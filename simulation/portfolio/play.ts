import { addDays, type BusinessDate } from '../../domain/kernel';
import { systemTimers, type Timers } from '../../platform/runtime';
import { hourOf, isOpenOn, openDaysFrom } from '../calendar';
import type { HousePort } from '../house-port';
import { portfolioOffering } from '../offering';
import { type Applicant, asTheBureauKnows } from '../people';
import { Agenda } from './agenda';
import { acknowledgementSchema } from './answers';
import { apply, register } from './arriving';
import { Caller, done, type Line } from './caller';
import type { Visit } from './errand';
import { inParallel } from './parallel';
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
/** Newcomers register and underwriters review; newcomers apply; everybody else is served. China time. */
const HOURS = { preparing: 8, registering: 9, applying: 10, serving: 11 } as const;

interface Play {
  readonly line: Line;
  readonly inFlight: number;
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
    inFlight,
    counter: await Caller.as(line, 'partner', 'branch-counter', 'counter'),
    underwriter: await Caller.as(line, 'underwriter', 'underwriter-1', 'underwriter'),
    productId: await publish(line),
    arrivals: arrivalsOn(days, applicants),
    agenda: new Agenda(),
  };

  let arrived = 0;
  let applied = 0;
  let day = 0;
  for (let date = from; date <= to; date = addDays(date, 1)) {
    house.clock.advanceTo(hourOf(date, HOURS.registering));
    if (isOpenOn(date)) {
      const came = await openDay(play, date);
      arrived += came.arrived;
      applied += came.applied;
      day += 1;
    }
    await house.closeDay(date);
    if (isOpenOn(date)) options.onProgress?.({ day, days: days.length, date });
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
  await line.house.settle();
  return id;
};

/** One open day from the first newcomer to the last repayment. */
const openDay = async (play: Play, date: BusinessDate): Promise<Pick<PortfolioReport, 'arrived' | 'applied'>> => {
  const { line, inFlight, counter, underwriter, productId, arrivals, agenda } = play;
  const { house } = line;
  // What has fallen due overnight comes before what people do.
  await house.settle();
  const registered = await inParallel(arrivals.take(date), inFlight, (applicant) => register(line, counter, applicant));
  const reviewed = await reviewQueue(line, underwriter, inFlight);

  if (registered.length + reviewed > 0) await house.settle();
  house.clock.advanceTo(hourOf(date, HOURS.applying));
  const applications = await inParallel(registered, inFlight, (newcomer) => apply(newcomer, productId, date));
  const waiting = applications.filter((visit) => visit !== undefined);

  if (waiting.length > 0) await house.settle();
  house.clock.advanceTo(hourOf(date, HOURS.serving));
  const next = await inParallel([...agenda.take(date), ...waiting], inFlight, serve);
  for (const visit of next) if (visit) agenda.put(visit.on, visit);
  await house.settle();
  return { arrived: registered.length, applied: waiting.length };
};

/** Serves somebody until they have nothing more to do here today. */
const serve = async (visit: Visit): Promise<Visit | undefined> => {
  let next = await pay(visit);
  while (next && next.on <= visit.on) next = await pay(next);
  return next;
};
