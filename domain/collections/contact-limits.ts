import { businessCalendar, dayOf } from '../calendar';
import {
  addDays,
  assert,
  type BusinessDate,
  businessDateAt,
  daysBetween,
  type Instant,
  instantAt,
  type Refusal,
  refuse,
  startOf,
  unreachable,
} from '../kernel';
import { CONTACT_LAWS, type ContactLaw, type ContactMeans, type ContactParty, type ContactRule } from './contact-law';

/** A contact that somebody is about to make. */
export interface IntendedContact {
  readonly means: ContactMeans;
  readonly party: ContactParty;
  readonly at: Instant;
}

/** A contact that was made: what counts towards the limits. */
export type MadeContact = Pick<IntendedContact, 'means' | 'at'>;

const HOUR_MS = 3_600_000;

/** The rules in force on a day; a day before the oldest has those: nobody is asked less than is known. */
export const contactLawOn = (jurisdiction: ContactLaw['jurisdiction'], on: BusinessDate): ContactLaw => {
  const laws = CONTACT_LAWS.filter((law) => law.jurisdiction === jurisdiction);
  const law = laws.findLast(({ from }) => from <= on) ?? laws[0];
  assert(law !== undefined, () => `no contact rules for ${jurisdiction}`);
  return law;
};

const dayOfContact = (at: Instant): BusinessDate => businessDateAt(Date.parse(at));

/** The hour of the day of an instant, by the house's calendar, with its fraction. */
const hourAt = (at: Instant): number => (Date.parse(at) - Date.parse(startOf(dayOfContact(at)))) / HOUR_MS;

const isHoliday = (calendar: string, on: BusinessDate): boolean => {
  const known = businessCalendar(calendar);
  assert(known !== undefined, () => `no calendar ${calendar}`);
  return known.isHoliday(dayOf(on));
};

/** What one rule has against a contact, given those that were made before. */
const objection = (
  rule: ContactRule,
  { means, party, at }: IntendedContact,
  made: readonly MadeContact[],
): Refusal | undefined => {
  const { source } = rule;
  switch (rule.kind) {
    case 'debtor-only':
      return party === 'debtor' ? undefined : refuse('CONTACT_THIRD_PARTY', `only the debtor may be asked (${source})`);
    case 'hours': {
      const hour = hourAt(at);
      if (hour >= rule.from && hour < rule.to) return undefined;
      return refuse('CONTACT_QUIET_HOURS', `no ${means} before ${rule.from}:00 and after ${rule.to}:00 (${source})`);
    }
    case 'at-most': {
      const today = dayOfContact(at);
      const counted = made.filter((contact) => {
        const days = daysBetween(dayOfContact(contact.at), today);
        return rule.means.includes(contact.means) && days >= 0 && days < rule.days;
      });
      if (counted.length < rule.times) return undefined;
      const window = rule.days === 1 ? 'a day' : `${rule.days} days`;
      return refuse(
        'CONTACT_LIMIT_REACHED',
        `at most ${rule.times} (${rule.means.join(', ')}) in ${window} (${source})`,
      );
    }
    case 'no-holidays':
      if (!isHoliday(rule.calendar, dayOfContact(at))) return undefined;
      return refuse('CONTACT_ON_HOLIDAY', `no ${means} on a public holiday (${source})`);
    default:
      return unreachable(rule);
  }
};

/** Why a contact may not be made; undefined when it may. Contacts by the house and by agencies count together. */
export const contactRefusal = (
  jurisdiction: ContactLaw['jurisdiction'],
  contact: IntendedContact,
  made: readonly MadeContact[],
): Refusal | undefined => {
  for (const rule of contactLawOn(jurisdiction, dayOfContact(contact.at)).rules) {
    if (!rule.means.includes(contact.means)) continue;
    const refusal = objection(rule, contact, made);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};

/** How far ahead an hour is looked for: no rule keeps quiet for longer. */
const DAYS_AHEAD = 30;

/** The first full hour from an instant on in which a debtor may be reached; the instant itself when they may then. */
export const nextContactTime = (
  jurisdiction: ContactLaw['jurisdiction'],
  means: ContactMeans,
  from: Instant,
): Instant => {
  const start = Date.parse(from);
  for (let hours = 0; hours <= DAYS_AHEAD * 24; hours += 1) {
    const at = hours === 0 ? from : instantAt(Math.floor(start / HOUR_MS) * HOUR_MS + hours * HOUR_MS);
    if (contactRefusal(jurisdiction, { means, party: 'debtor', at }, []) === undefined) return at;
  }
  return from;
};

/** The first day from one on on which the debtor may be reached by these means at some hour. */
export const nextContactDay = (
  jurisdiction: ContactLaw['jurisdiction'],
  means: ContactMeans,
  from: BusinessDate,
): BusinessDate => {
  const { rules } = contactLawOn(jurisdiction, from);
  const quiet = (on: BusinessDate): boolean =>
    rules.some((rule) => rule.kind === 'no-holidays' && rule.means.includes(means) && isHoliday(rule.calendar, on));
  let day = from;
  for (let ahead = 0; ahead < DAYS_AHEAD && quiet(day); ahead += 1) day = addDays(day, 1);
  return day;
};
