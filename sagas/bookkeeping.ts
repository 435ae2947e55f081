import { entryFor, FINANCIAL_EVENTS, ledgerIdFor } from '../domain/ledger';
import { command, type HouseSaga } from './house-saga';

/** Books every financial fact: one balanced entry per fact, in the books of its loan. */
export const bookkeeping: HouseSaga = {
  name: 'bookkeeping',
  types: FINANCIAL_EVENTS,
  key: (event) => ledgerIdFor(event) ?? event.stream,
  react: (event) => {
    const ledgerId = ledgerIdFor(event);
    const entry = entryFor(event);
    return ledgerId && entry ? [command('post', { type: 'PostEntry', data: { ledgerId, entry } })] : [];
  },
};
