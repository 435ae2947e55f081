import { type BusinessDate, type Currency, isPositive, parseMoney, type Refusal, refuse } from '../kernel';
import { imbalances, isBalanced } from './balances';
import type { ClosedPeriods, LedgerCommand } from './commands';
import { outsideCustody } from './custody';
import type { Entry, LedgerEvent } from './events';
import type { LedgerState } from './state';

/**
 * Books one entry: positive amounts, Σ debits = Σ credits per currency, no money between clients and the house but
 * through custody. The same entry again changes nothing. Nothing is ever edited: what was wrong is taken back by an
 * entry that names it, once. What is closed is not booked in.
 */
export const decide = (
  { data: { entry, bookOn }, facts, businessDate }: LedgerCommand,
  state: LedgerState,
): readonly LedgerEvent[] | Refusal => {
  if (state.entries.includes(entry.entryId)) return [];
  const bookedOn = bookOn ?? businessDate;
  const flaw = flawOf(entry, state) ?? flawOfDate(bookedOn, businessDate, facts);
  return flaw ?? [{ type: 'EntryPosted', data: { ...entry, bookedOn } }];
};

const flawOfDate = (on: BusinessDate, today: BusinessDate, { closedThrough }: ClosedPeriods): Refusal | undefined => {
  if (on > today) return refuse('VALUE_DATE_INVALID', `${on} has not come: today is ${today}`);
  return closedThrough !== undefined && on <= closedThrough
    ? refuse('PERIOD_CLOSED', `the books are closed through ${closedThrough}; ${on} lies before their end`)
    : undefined;
};

const flawOf = ({ postings, reverses }: Entry, state: LedgerState): Refusal | undefined => {
  const nothing = postings.find(({ amount }) => !isPositive(parseMoney(amount)));
  if (nothing) {
    return refuse('AMOUNT_NOT_POSITIVE', `${nothing.account} ${nothing.side} ${nothing.amount.amount}`);
  }
  if (!isBalanced(postings)) return refuse('ENTRY_UNBALANCED', `debits minus credits: ${describe(postings)}`);
  const outside = outsideCustody(postings);
  if (outside.size > 0) return refuse('OUTSIDE_CUSTODY', inMinorUnits(outside));
  if (reverses === undefined) return undefined;
  if (!state.entries.includes(reverses)) return refuse('NOT_FOUND', `there is no entry ${reverses} to take back`);
  if (state.reversed.includes(reverses)) return refuse('WRONG_STATUS', `entry ${reverses} was taken back before`);
  return undefined;
};

const describe = (postings: Entry['postings']): string => inMinorUnits(imbalances(postings));

const inMinorUnits = (amounts: ReadonlyMap<Currency, bigint>): string =>
  [...amounts].map(([currency, minor]) => `${minor} minor units ${currency}`).join(', ');
