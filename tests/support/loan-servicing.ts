import { isDeepStrictEqual } from 'node:util';
import { type BusinessDate, businessDate } from '../../domain/kernel';
import {
  type BookLine,
  type BookRole,
  type Journal,
  type LoanCommand,
  type LoanEvent,
  linesOf,
} from '../../domain/loan';
import { active, aged, type Given, LOAN, obey, repaid } from './example-loan';

/**
 * What the staff do to the loan of 3,000.00 over three months, on a day in its second month. It has been paid as it
 * should (`paying`: 2,009.93 of principal are left), or not at all (`late`).
 */
export const TODAY = '2026-03-01';
const today: BusinessDate = businessDate(TODAY);
export const paying = repaid(active, 'a', '1080.07', '2026-02-15');
export const late = aged(TODAY);

type Type = LoanCommand['type'];
type DataOf<T extends Type> = Extract<LoanCommand, { type: T }>['data'];
type Said<T extends Type> = Omit<DataOf<T>, 'loanId' | 'valueDate'>;

/** A command on the loan; it counts for today unless it says otherwise. */
export const give = <T extends Type>(type: T, data: Said<T>, valueDate = TODAY) =>
  ({ type, data: { loanId: LOAN, valueDate: businessDate(valueDate), ...data } }) as unknown as Given;

/** The facts of a loan after a command today. */
export const after = <T extends Type>(events: readonly LoanEvent[], type: T, data: Said<T>): readonly LoanEvent[] =>
  obey(events, today, give(type, data));

/** The id of the last fact. */
export const lastFact = (events: readonly LoanEvent[]): string => {
  const data = events.findLast((event) => 'fact' in event.data)?.data;
  if (data === undefined || !('fact' in data)) throw new Error('there is no fact');
  return data.fact.id;
};

export const debit = (role: BookRole, amount: string): BookLine => ({ role, side: 'debit', amount });
export const credit = (role: BookRole, amount: string): BookLine => ({ role, side: 'credit', amount });

/** Matches the journal of these lines, and no other. */
export const booked = (...lines: readonly BookLine[]) => {
  const texts = lines.map(({ side, role, amount }) => `${side} ${role} ${amount}`).toSorted();
  return {
    $$typeof: Symbol.for('jest.asymmetricMatcher'),
    asymmetricMatch: (journal: Journal): boolean =>
      isDeepStrictEqual(
        linesOf(journal)
          .map(({ side, role, amount }) => `${side} ${role} ${amount}`)
          .toSorted(),
        texts,
      ),
    toAsymmetricMatcher: (): string => `Booked<${texts.join(', ')}>`,
    toString: (): string => 'Booked',
  };
};

/** A fee of 5.00, due in the running period. */
export const fee = {
  charge: 'fee',
  calculation: { kind: 'flat', amount: '5.00' },
  dueOn: businessDate('2026-03-10'),
} as const;
