import { businessDate, ledgerId, type MoneyText } from '../domain/kernel';
import type { Entry } from '../domain/ledger';
import { entryFor } from '../domain/ledger';
import { active, LOAN, repaid } from '../tests/support/example-loan';
import { documentsFrom, entriesOf } from '../tests/support/folding';
import { recorded } from '../tests/support/saga-specification';
import { accountDays } from './account-days';
import { journal } from './journal';

const BOOKS = ledgerId(LOAN);
const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/** The entry that one fact leads to, as it was posted on a day. */
const posted = (entry: Entry, day: string) =>
  [BOOKS, { type: 'EntryPosted', data: { ...entry, bookedOn: businessDate(day) } }] as const;

const entries = repaid(active, 'r1', '1080.07', '2026-02-15').flatMap((fact) => {
  const entry = entryFor(recorded(LOAN, fact));
  return entry ? [entry] : [];
});

describe('the journal', () => {
  it('has every entry as it was posted, found by its day and by its books', () => {
    const documents = documentsFrom(
      journal,
      entries.map((entry) => posted(entry, '2026-02-15')),
    );
    expect(documents.size).toBe(entries.length);
    for (const entry of entries) {
      expect(documents.get(entry.entryId)).toEqual({ ...entry, ledgerId: BOOKS, bookedOn: '2026-02-15' });
    }
    const [first] = entries;
    expect(entriesOf(journal, 'byBookedOn', documents)).toContainEqual(['2026-02-15', first?.entryId]);
    expect(entriesOf(journal, 'byLedger', documents)).toContainEqual([BOOKS, '2026-02-15', first?.entryId]);
  });
});

describe('the turnover of a day', () => {
  it('adds up each side of each account, day by day and currency by currency', () => {
    const documents = documentsFrom(accountDays, [
      ...entries.map((entry) => posted(entry, '2026-02-15')),
      ...entries.map((entry) => posted(entry, '2026-02-16')),
    ]);
    const postings = entries.flatMap((entry) => entry.postings);
    const keys = new Set(postings.map(({ account }) => account));
    expect(documents.size).toBe(2 * keys.size);
    // Lent: principal receivable raised by 3,000.00, and lowered by what was repaid of it.
    expect(documents.get('2026-02-15.1101.CNY')).toEqual({
      account: '1101',
      currency: 'CNY',
      bookedOn: '2026-02-15',
      debits: cny('3000.00'),
      credits: cny('990.07'),
    });
    const sum = (side: 'debits' | 'credits') =>
      [...documents.values()].reduce((total, doc) => total + Math.round(Number(doc[side].amount) * 100), 0);
    expect(sum('debits')).toBe(sum('credits'));
    expect(entriesOf(accountDays, 'byDay', documents)).toContainEqual(['2026-02-15', '1101', 'CNY']);
  });
});
