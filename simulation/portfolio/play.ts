import type { ChannelTerms } from '../../domain/channel';
import { addDays, type BusinessDate, type Money } from '../../domain/kernel';
import { systemTimers, type Timers } from '../../platform/runtime';
import { hourOf, isOpenOn, nextOpenDay, openDaysFrom } from '../calendar';
import type { HousePort } from '../house-port';
import { OFFERINGS, SHAPES } from '../offerings';
import { type Applicant, asTheBureauKnows } from '../people';
import { Agenda } from './agenda';
import { acknowledgementSchema } from './answers';
import { apply, type Products, register } from './arriving';
import { Caller, done, type Line } from './caller';
import { Collecting } from './collecting';
import { type Customer, type PartOfDay, partOfDay, type Visit } from './errand';
import { Places } from './places';
import { changePolicy } from './policy-change';
import { BANK, Receiving } from './receiving';
import type { Staff } from './servicing';
import { Treasury } from './treasury';
import { reviewQueue, type Underwriters } from './underwriting';
import { pay } from './visits';

export interface PortfolioOptions {
  readonly applicants: readonly Applicant[];
  /** The first day, or the day before the first open one; see `firstOpenDay`. */
  readonly startDate: BusinessDate;
  /** Open days to play. */
  readonly businessDays?: number;
  /** What people do follows from it; who they are, from the seed that they were made with. */
  readonly seed: string;
  /** The open day, counted from 0, on whose morning the risk policy is changed; default: never. */
  readonly changesPolicyOn?: number;
  /** The payment channels to enrol; without any the house uses its own. */
  readonly channels?: readonly { readonly name: string; readonly terms: ChannelTerms }[];
  /** What the house needs of its own money at the custody bank; default: nobody gives the bank instructions. */
  readonly capital?: Money;
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
  readonly products: Products;
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
/** Newcomers apply, underwriters review and the staff serve; then everybody is served who has come. China time. */
const HOURS = { preparing: 8, deciding: 9, serving: 11 } as const;
/** Who pays at the last moment does so this long before midnight: an answer that is lost is asked for the day after. */
const LAST_MOMENT_MS = 500;

interface Play {
  readonly line: Line;
  readonly places: Places;
  readonly counter: Caller;
  readonly underwriters: Underwriters;
  readonly staff: Staff;
  readonly collecting: Collecting;
  /** Only where there is a bank to transfer money through. */
  readonly receiving: Receiving | undefined;
  readonly products: Products;
  readonly arrivals: Agenda<Applicant>;
  readonly agendas: Readonly<Record<PartOfDay, Agenda<Visit>>>;
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
  const operator = await Caller.as(line, 'operator', 'operator-1', 'operator');
  for (const channel of options.channels ?? []) {
    done(await operator.post('/v1/channels', channel, `enrol ${channel.name}`, acknowledgementSchema), 'enrol');
  }
  const finance = await Caller.as(line, 'finance', 'finance-1', 'finance');
  const hasBank = options.channels?.some(({ name }) => name === BANK) ?? false;
  const play: Play = {
    line,
    places: new Places(inFlight),
    counter: await Caller.as(line, 'partner', 'branch-counter', 'counter'),
    underwriters: {
      first: await Caller.as(line, 'underwriter', 'underwriter-1', 'underwriter'),
      second: await Caller.as(line, 'underwriter', 'underwriter-2', 'second underwriter'),
    },
    staff: { operator, finance },
    collecting: await Collecting.by(line, operator),
    receiving: hasBank ? await Receiving.by(line, finance, days.length) : undefined,
    products: await publish(operator),
    arrivals: arrivalsOn(days, applicants),
    agendas: { morning: new Agenda(), midday: new Agenda(), midnight: new Agenda() },
  };

  let newcomers = await registerThoseOf(play, from);
  let arrived = 0;
  let applied = 0;
  let day = 0;
  await house.settle();
  const treasury = options.capital && (await Treasury.open(line, options.capital));
  for (let date = from; date <= to; date = addDays(date, 1)) {
    await house.waitUntil(hourOf(date, HOURS.deciding));
    await house.debit(date);
    const open = isOpenOn(date);
    if (open) {
      if (day === options.changesPolicyOn) await changePolicy(line);
      await play.receiving?.work(day, date);
      await treasury?.look(day, date);
      arrived += newcomers.length;
      applied += await decide(play, date, newcomers);
      newcomers = await serveAll(play, date);
      day += 1;
    }
    await house.closeDay(date);
    if (open) options.onProgress?.({ day, days: days.length, date });
  }
  return { products: play.products, from, to, arrived, applied, ...line.tally };
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

/** Puts every product on offer. */
const publish = async (operator: Caller): Promise<Products> => {
  const published: [string, string][] = [];
  for (const shape of SHAPES) {
    const body = { offering: OFFERINGS[shape] };
    const drafted = await operator.post('/v1/products', body, `draft ${shape}`, acknowledgementSchema);
    const { id } = done(drafted, 'draft');
    const path = `/v1/products/${id}/publication`;
    done(await operator.post(path, {}, `publish ${shape}`, acknowledgementSchema), 'publish');
    published.push([shape, id]);
  }
  // One entry for each shape.
  return Object.fromEntries(published) as Products;
};

const registerThoseOf = (
  { line, places, counter, products, arrivals }: Play,
  day: BusinessDate,
): Promise<readonly Customer[]> =>
  places.each(arrivals.take(day), (applicant) => register(line, counter, products, applicant));

const putDown = ({ agendas }: Play, visits: readonly Visit[]): void => {
  for (const visit of visits) agendas[partOfDay(visit)].put(visit.on, visit);
};

/** Serves whoever has come in a part of a day; when they come again. */
const servedIn = async (play: Play, part: PartOfDay, date: BusinessDate): Promise<readonly Visit[]> => {
  const visits = byCustomer(play.agendas[part].take(date));
  return (await play.places.each(visits, (visitsOf) => serve(play, visitsOf))).flat();
};

/**
 * The morning: those of the day apply, people decide what the engine left to them the day before, the staff serve loans
 * whose borrowers have asked for something, and collectors turn to those in arrears.
 */
const decide = async (play: Play, date: BusinessDate, newcomers: readonly Customer[]): Promise<number> => {
  const { line, places, underwriters, collecting } = play;
  const [visits, next] = await Promise.all([
    places.each(newcomers, (newcomer) => apply(newcomer, 1, date)),
    servedIn(play, 'morning', date),
    reviewQueue(line, underwriters, places),
    collecting.work(places, date),
  ]);
  const waiting = visits.filter((visit) => visit !== undefined);
  putDown(play, [...waiting, ...next]);
  await line.house.settle();
  return waiting.length;
};

/**
 * Midday, and the last moment of the day: whoever has come for something is served, and those who will apply on the
 * next open day register, so that their identity has been checked by then. Everything that can go on at the same time
 * does: it shares its writes.
 */
const serveAll = async (play: Play, date: BusinessDate): Promise<readonly Customer[]> => {
  const { house } = play.line;
  await house.waitUntil(hourOf(date, HOURS.serving));
  const [next, newcomers] = await Promise.all([
    servedIn(play, 'midday', date),
    registerThoseOf(play, nextOpenDay(date)),
  ]);
  putDown(play, next);
  await house.settle();
  await house.waitUntil(hourOf(addDays(date, 1), 0) - LAST_MOMENT_MS);
  putDown(play, await servedIn(play, 'midnight', date));
  await house.settle();
  return newcomers;
};

/** One after the other for each customer: nobody is at two counters at once. */
const byCustomer = (visits: readonly Visit[]): readonly (readonly Visit[])[] => {
  const groups = new Map<string, Visit[]>();
  for (const visit of visits) {
    const { key } = visit.customer.applicant;
    groups.set(key, [...(groups.get(key) ?? []), visit]);
  }
  return [...groups.values()];
};

/** Serves somebody until they have nothing more to do here today; when they come again. */
const serve = async ({ staff }: Play, visits: readonly Visit[]): Promise<readonly Visit[]> => {
  const later: Visit[] = [];
  for (const visit of visits) {
    const now = [visit];
    for (let each = now.pop(); each; each = now.pop()) {
      for (const next of await pay(each, staff)) (next.on <= visit.on ? now : later).push(next);
    }
  }
  return later;
};
