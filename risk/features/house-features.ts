import { COUNTED_MOST } from './counting';
import { type DeclaredFeature, flag, upTo } from './definition';

const MANY = 1_000_000;

const history = { source: 'history', unit: 'times', use: 'model', missing: 'unknown' } as const;
const counter = {
  source: 'counters',
  type: upTo(COUNTED_MOST),
  unit: 'times',
  use: 'rule',
  missing: 'unknown',
} as const;
const persons = { ...counter, unit: 'persons' } as const;
const sum = { ...counter, type: upTo(1_000_000_000_000), unit: 'currency-units' } as const;
const association = {
  source: 'associations',
  type: upTo(MANY),
  unit: 'persons',
  use: 'rule',
  missing: 'unknown',
} as const;
const listed = { source: 'lists', type: flag, unit: 'none', use: 'rule', missing: 'unknown' } as const;

/** What the house knows itself: of the borrower, of what comes in, of who belongs together, of what is listed. */
export const houseFeatures = {
  earlierApplications: { ...history, means: 'Applications before this one.', type: upTo(MANY) },
  earlierLoans: { ...history, means: 'Loans paid out before this application.', type: upTo(MANY) },
  loansRepaid: { ...history, means: 'Loans repaid in full.', type: upTo(MANY) },
  loansRunning: { ...history, means: 'Loans running now.', type: upTo(MANY) },
  worstDaysOverdue: {
    ...history,
    means: 'Most days that any loan has been overdue.',
    type: upTo(36_500),
    unit: 'days',
  },
  loansLost: { ...history, means: 'Loans charged off, written off or settled for less.', type: upTo(MANY) },
  owed: {
    ...history,
    means: 'Outstanding on all loans now, whole units of the currency, rounded up.',
    type: upTo(1_000_000_000_000),
    unit: 'currency-units',
  },
  monthsKnown: { ...history, means: 'Whole months since registration.', type: upTo(1_200), unit: 'months' },
  daysSinceRejection: {
    ...history,
    means: 'Whole days since the last rejection; null: there was none.',
    type: upTo(36_500),
    unit: 'days',
    use: 'rule',
    missing: 'nothing-happened',
  },

  deviceApplications1h: { ...counter, means: 'Applications from this device within an hour, this one included.' },
  deviceApplications24h: { ...counter, means: 'The same within 24 hours.' },
  deviceApplications7d: { ...counter, means: 'The same within 7 days.' },
  deviceBorrowers7d: { ...persons, means: 'Different borrowers on this device within 7 days.' },
  deviceAmount24h: { ...sum, means: 'Asked for from this device within 24 hours, whole units.' },
  networkApplications1h: { ...counter, means: 'Applications from this address within an hour, this one included.' },
  networkApplications24h: { ...counter, means: 'The same within 24 hours.' },
  networkApplications7d: { ...counter, means: 'The same within 7 days.' },
  networkBorrowers24h: { ...persons, means: 'Different borrowers at this address within 24 hours.' },
  subnetApplications1h: { ...counter, means: 'Applications from its neighbours (/24, IPv6 /48) within an hour.' },
  phoneApplications1h: { ...counter, means: 'Applications with this phone within an hour, this one included.' },
  phoneApplications24h: { ...counter, means: 'The same within 24 hours.' },
  phoneApplications7d: { ...counter, means: 'The same within 7 days.' },
  phoneBorrowers7d: { ...persons, means: 'Different borrowers with this phone within 7 days.' },
  cardApplications1h: { ...counter, means: 'Applications to this card within an hour, this one included.' },
  cardApplications24h: { ...counter, means: 'The same within 24 hours.' },
  cardApplications7d: { ...counter, means: 'The same within 7 days.' },
  cardBorrowers7d: { ...persons, means: 'Different borrowers with this card within 7 days.' },
  borrowerApplications24h: { ...counter, means: 'Applications by this borrower within 24 hours, this one included.' },
  borrowerAmount7d: { ...sum, means: 'Asked for by this borrower within 7 days, whole units.' },
  minutesSinceLast: {
    ...counter,
    means: 'Whole minutes since this borrower’s application before; null: none within 7 days.',
    type: upTo(10_080),
    unit: 'minutes',
    missing: 'nothing-happened',
  },

  componentBorrowers: { ...association, means: 'Borrowers connected with this one in any way, this one included.' },
  sharedDevice: { ...association, means: 'Others who have used one of this borrower’s devices.' },
  sharedNetwork: { ...association, means: 'Others at one of this borrower’s addresses; busy addresses do not count.' },
  sharedPhone: { ...association, means: 'Others with this phone, as their own or as a contact.' },
  sharedCard: { ...association, means: 'Others with one of this borrower’s cards.' },
  ringBorrowers: {
    ...association,
    means: 'Borrowers of the ring that this one belongs to; 0: no ring.',
  },
  stepsToBad: {
    ...association,
    means: 'Borrowers on the way, by device, phone or card, to the nearest known bad one; 0: this one; null: no way.',
    unit: 'steps',
    missing: 'nothing-happened',
  },

  denyListed: { ...listed, means: 'Person, phone, card, device or address is on a list of the known bad.' },
  allowListed: { ...listed, means: 'Device or address is on the list of the trusted, which goes before the others.' },
  anonymousNetwork: { ...listed, means: 'The address belongs to a proxy, a VPN or a hosting centre.' },
} as const satisfies Record<string, DeclaredFeature>;
