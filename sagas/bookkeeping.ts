import { bookDateFor, entryFor, FINANCIAL_EVENTS, ledgerIdFor } from '../domain/ledger';
import { command, type HouseSaga } from './house-saga';

/**
 * Books every financial fact: one balanced entry per fact, in the books of its loan. What belongs in the books of an
 * earlier date that has been closed meanwhile is booked today, and keeps its value date.
 */
export const bookkeeping: HouseSaga = {
  name: 'bookkeeping',
  types: FINANCIAL_EVENTS,
  key: (event) => ledgerIdFor(event) ?? event.stream,
  react: (event) => {
    const ledgerId = ledgerIdFor(event);
    const entry = entryFor(event);
    if (ledgerId === undefined || entry === undefined) return [];
    const today = command('post', { type: 'PostEntry', data: { ledgerId, entry } });
    const bookOn = bookDateFor(event);
    if (bookOn === undefined) return [today];
    const onItsDate = { type: 'PostEntry', data: { ledgerId, entry, bookOn } } as const;
    return [command('post-on-its-date', onItsDate, () => [today])];
  },
};
