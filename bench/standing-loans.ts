import {
  addDays,
  applicationId,
  type BusinessDate,
  borrowerId,
  businessDate,
  formatMoney,
  instantAt,
  loanId,
  moneyOf,
  payoutId,
  repaymentId,
} from '../domain/kernel';
import { type LoanEvent, type LoanState, loanDecider, nextAgingDate, outstandingOf } from '../domain/loan';
import { NO_EVENTS } from '../platform/event-log';
import { uuidV5 } from '../platform/runtime';
import { answer, type Given } from '../tests/support/example-loan';
import type { Desk } from './desk';
import { windowed } from './support';
import { CONTRACT, HOUSE, morningOf, offerOn, PRODUCT_ID } from './town';

/** The business date that is closed. */
export const CLOSED: BusinessDate = businessDate('2026-06-15');

/** A life that many loans have led until the day: lent on a day, so many installments paid when they fell due. */
interface Course {
  readonly lentOn: BusinessDate;
  readonly paid: number;
}

const course = (lentOn: string, paid = 0): Course => ({ lentOn: businessDate(lentOn), paid });

/** Loans that the day brings something: dues, a first day of arrears, the end of grace, an older bucket. */
const BUSY: readonly Course[] = [
  course('2026-05-15'),
  course('2026-05-15'),
  course('2026-05-15'),
  course('2026-03-15', 2),
  course('2026-03-15', 2),
  course('2026-04-15', 1),
  course('2026-05-14'),
  course('2026-05-14'),
  course('2026-05-11'),
  course('2026-04-15'),
];

/** Loans to which it is a day like any other. */
const QUIET: readonly Course[] = [
  ...Array.from({ length: 8 }, (_, n) => ({ lentOn: addDays(businessDate('2026-05-18'), 2 * n), paid: 0 })),
  course('2026-04-20', 1),
];

/** A course lived until the day. */
interface Lived {
  /** What was put on record day by day, as text: in it the loans of a course differ by their keys only. */
  readonly steps: readonly { readonly on: BusinessDate; readonly facts: string }[];
  /** The next day on which time brings it something. */
  readonly next: BusinessDate;
}

/** Stands in a course where each of its loans has its own key. */
const KEY = '0key0';
const MODEL = applicationId(KEY);
const LOAN = loanId(MODEL);

/** What has fallen due and is not paid, in minor units. */
const dueOf = (state: LoanState): bigint => {
  if (state.status === 'none') return 0n;
  const { principal, interest, fee, penalty } = outstandingOf(state).due;
  return [principal, interest, fee, penalty].reduce((sum, { minor }) => sum + minor, 0n);
};

/** What happened to a loan of a course before the day. */
const livedOf = ({ lentOn, paid }: Course): Lived => {
  const steps: { on: BusinessDate; facts: LoanEvent[] }[] = [];
  let state: LoanState = loanDecider.initial;
  const give = (on: BusinessDate, command: Given): void => {
    const facts = answer(state, on, command);
    for (const fact of facts) state = loanDecider.evolve(state, fact);
    // What happens on one day is put on record at once.
    const last = steps.at(-1);
    if (last?.on === on) last.facts.push(...facts);
    else steps.push({ on, facts: [...facts] });
  };
  const contract = offerOn(lentOn);
  const payee = { cardId: 'card-1', bank: 'Test Bank', lastFour: '4242' };
  const about = { loanId: LOAN, applicationId: MODEL, borrowerId: borrowerId(KEY), productId: PRODUCT_ID };
  const { documentHash } = CONTRACT;
  give(lentOn, { type: 'OpenLoan', data: { ...about, contract, documentHash, payee }, facts: { cap: '0.36' } });
  const payout = { payoutId: payoutId(LOAN), amount: contract.principal, settledOn: lentOn, channel: 'bench' };
  give(lentOn, { type: 'DisburseLoan', data: { loanId: LOAN, ...payout } });
  for (let left = paid, next = nextAgingDate(state); next !== undefined && next < CLOSED; left -= 1) {
    give(next, { type: 'AgeLoan', data: { loanId: LOAN, asOf: next } });
    if (left > 0) {
      const amount = formatMoney(moneyOf(dueOf(state), contract.principal.currency));
      const repayment = { repaymentId: repaymentId(`${KEY}-${left}`), amount, valueDate: next };
      give(next, { type: 'ApplyRepayment', data: { loanId: LOAN, ...repayment } });
    }
    next = nextAgingDate(state);
  }
  const next = nextAgingDate(state);
  if (next === undefined) throw new Error(`time brings nothing more to what was lent on ${lentOn}`);
  return { steps: steps.map(({ on, facts }) => ({ on, facts: JSON.stringify(facts) })), next };
};

const COMMANDS = '5b0f6a0e-6d1c-5f5b-8f0e-0c1d9a7b3e55';

/** How many loans there are, and how many of them the day brings something. */
export interface Standing {
  readonly loans: number;
  readonly busy: number;
}

/** The loans of a lender on the eve of the day. */
export const standingLoans = ({ loans, busy }: Standing) => {
  const [busyLives, quietLives] = [BUSY.map(livedOf), QUIET.map(livedOf)];
  const every = Math.max(1, Math.floor(loans / Math.max(1, busy)));
  const lifeOf = (index: number): Lived => {
    const isBusy = index % every === 0 && index / every < busy;
    const [lives, nth] = isBusy ? [busyLives, index / every] : [quietLives, index];
    const life = lives[nth % lives.length];
    if (life === undefined) throw new Error(`nobody has lived as loan ${index}`);
    return life;
  };
  return {
    /** Writes their streams through the event log, valid and chained, as if day by day. */
    write: async ({ log }: Desk): Promise<void> => {
      await windowed(loans, 2_000, async (index) => {
        const key = keyOf(index);
        const stream = loanId(applicationId(key));
        let head = NO_EVENTS;
        for (const { on, facts } of lifeOf(index).steps) {
          const name = uuidV5(COMMANDS, `${stream} ${head.revision}`);
          const appended = await log.append(stream, head, JSON.parse(facts.replaceAll(KEY, key)), {
            ...{ commandId: name, correlationId: name, causationId: name, fingerprint: 'bench', actor: HOUSE },
            ...{ bookedAt: instantAt(morningOf(on)), businessDate: on },
          });
          if (appended.kind === 'conflict') throw new Error(`${stream} is there already`);
          head = appended.head;
        }
      });
    },
    /** The next day on which time brings a loan something. */
    next: (stream: string): BusinessDate => lifeOf(Number.parseInt(stream.slice('loan-'.length), 36)).next,
  };
};

const keyOf = (index: number): string => index.toString(36).padStart(5, '0');
