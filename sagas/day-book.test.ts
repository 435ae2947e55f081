import { mutuallyExplained, type OpenBreak } from './day-book';

describe('breaks', () => {
  const open = (channel: string, reference: string, amount: string): OpenBreak => ({
    reconciliationId: `reconciliation-${channel}-${amount}`,
    channel,
    businessDate: '2026-11-22',
    found: {
      breakId: `${reference} ${amount}`,
      type: 'amount',
      reference,
      difference: { amount, currency: 'CNY' },
      suggestion: { action: 'none', why: 'a line of another day' },
      priority: 'P3',
    },
  });

  it('of one reference of one channel that add up to nothing explain each other', () => {
    const [wrong, right] = [open('a', 'r1', '5.00'), open('a', 'r1', '-5.00')];
    expect(mutuallyExplained([wrong, open('a', 'r2', '-5.00'), right, open('b', 'r1', '-5.00')])).toEqual([
      [wrong, right],
    ]);
  });

  it('that do not add up to nothing, or stand alone, explain nothing', () => {
    expect(mutuallyExplained([open('a', 'r1', '5.00'), open('a', 'r1', '-4.99'), open('a', 'r3', '0.00')])).toEqual([]);
  });
});
