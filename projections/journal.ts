import type { Entry } from '../domain/ledger';
import type { HouseProjection } from './house-projection';

export interface JournalDoc extends Entry {
  readonly ledgerId: string;
  readonly bookedOn: string;
}

/** Every journal entry, findable by the day it was booked on and by its books. */
export const journal: HouseProjection<JournalDoc> = {
  name: 'journal',
  version: 1,
  categories: ['ledger'],
  indexes: {
    byBookedOn: ({ bookedOn, entryId }) => [bookedOn, entryId],
    byLedger: ({ ledgerId, bookedOn, entryId }) => [ledgerId, bookedOn, entryId],
  },
  keys: (event) => (event.type === 'EntryPosted' ? [event.data.entryId] : []),
  fold: (doc, event) => (event.type === 'EntryPosted' ? { ledgerId: event.stream, ...event.data } : doc),
};
