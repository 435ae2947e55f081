import type { LoggedFact } from '../../domain/invariants';
import { Instructions } from './partner-records';

const cny = (amount: string) => ({ amount, currency: 'CNY' as const });

/** A fact with just the data that is looked at. */
const fact = (type: string, stream: string, effectId: string, amount = '100.00', more: object = {}): LoggedFact =>
  ({ type, stream, data: { effectId, amount: cny(amount), ...more } }) as unknown as LoggedFact;

const submitted = (attempt: number) => fact('PayoutSubmitted', 'payout-1', `payout-1.${attempt}`);
const debited = fact('RepaymentInitiated', 'repayment-1', 'repayment-1.1', '40.00');
const done = (key: string, amount = '100.00') => ({ key, amount: cny(amount) });

const foundIn = (facts: readonly LoggedFact[], payouts: readonly ReturnType<typeof done>[]): readonly string[] => {
  const instructions = new Instructions();
  for (const each of facts) instructions.take(each);
  return instructions.findings({ payouts, debits: [], custody: [] }).map(({ detail }) => detail);
};

describe('what partners have on record', () => {
  it('is what they were instructed to do, and what we believe to have settled', () => {
    const instructions = new Instructions();
    for (const each of [submitted(1), submitted(2), fact('PayoutSettled', 'payout-1', 'payout-1.2'), debited]) {
      instructions.take(each);
    }
    const records = { payouts: [done('payout-1.2')], debits: [done('repayment-1.1', '40.00')], custody: [] };
    expect(instructions.findings(records)).toEqual([]);
  });

  it('is a part of what a debit asked for, where that might be partial', () => {
    const asked = fact('RepaymentInitiated', 'repayment-1', 'repayment-1.1', '40.00', { mayBePartial: true });
    const settled = fact('RepaymentSettled', 'repayment-1', 'repayment-1.1', '15.00');
    expect(foundIn([asked], [done('repayment-1.1', '15.00')])).toEqual([]);
    expect(foundIn([asked, settled], [done('repayment-1.1', '15.00')])).toEqual([]);
    expect(foundIn([asked, settled], [done('repayment-1.1', '40.00')])).toEqual([expect.stringContaining('40.00')]);
    expect(foundIn([asked], [done('repayment-1.1', '40.01')])).toEqual([expect.stringContaining('40.01')]);
    expect(foundIn([debited], [done('repayment-1.1', '15.00')])).toEqual([expect.stringContaining('15.00')]);
  });

  it.each([
    ['carried out what was never instructed', [], [done('payout-1.1')]],
    ['was carried out as payout-1.1 and as', [submitted(1), submitted(2)], [done('payout-1.1'), done('payout-1.2')]],
    ['100.01 instead of 100.00', [submitted(1)], [done('payout-1.1', '100.01')]],
    [
      '40.01 instead of 40.00',
      [submitted(1), fact('PayoutSettled', 'payout-1', 'payout-1.1', '40.00')],
      [done('payout-1.1', '40.01')],
    ],
    ['no partner knows of it', [submitted(1), fact('PayoutSettled', 'payout-1', 'payout-1.1')], []],
  ])('shows what %s', (detail, facts, payouts) => {
    expect(foundIn(facts, payouts)).toEqual([expect.stringContaining(detail)]);
  });
});
