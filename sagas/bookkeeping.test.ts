import { businessDate, ledgerId } from '../domain/kernel';
import { entryFor, FINANCIAL_EVENTS, ledgerIdFor } from '../domain/ledger';
import { active, cny, LOAN, PAYOUT, repaid } from '../tests/support/example-loan';
import { recorded, sagaSpecification, wantsCommand } from '../tests/support/saga-specification';
import { bookkeeping } from './bookkeeping';

const { given, keyOf } = sagaSpecification(bookkeeping);

const BOOKS = ledgerId(LOAN);
const settled = {
  type: 'PayoutSettled',
  data: {
    loanId: LOAN,
    amount: cny('3000.00'),
    channel: 'unionlike',
    effectId: 'e1',
    channelReference: 'ch-1',
    valueDate: businessDate('2026-03-02'),
  },
} as const;

describe('bookkeeping', () => {
  it('hears of every financial fact, and of nothing else', () => {
    expect(bookkeeping.types).toEqual(FINANCIAL_EVENTS);
  });

  it('posts one entry per fact, in the books of its loan', async () => {
    for (const fact of repaid(active, 'r1', '1020.07', '2026-02-15').filter(({ type }) =>
      FINANCIAL_EVENTS.includes(type),
    )) {
      const entry = entryFor(recorded(LOAN, fact));
      expect(entry).toBeDefined();
      await given({})
        .when(LOAN, fact)
        .wants([wantsCommand('post', 'PostEntry', { ledgerId: BOOKS, entry })]);
    }
  });

  it('keeps the books of one loan in order, whichever stream the fact is on', () => {
    expect(keyOf(PAYOUT, settled)).toBe(BOOKS);
    expect(ledgerIdFor(recorded(PAYOUT, settled))).toBe(BOOKS);
  });
});
