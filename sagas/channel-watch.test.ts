import type { ChannelEvent } from '../domain/channel';
import { businessDate, channelId, instant } from '../domain/kernel';
import { E_ACCOUNT } from '../tests/support/example-channels';
import { cny, LOAN, PAYOUT } from '../tests/support/example-loan';
import { sagaSpecification, wantsDeadline, wantsEffect } from '../tests/support/saga-specification';
import { channelWatch } from './channel-watch';

const { given, keyOf } = sagaSpecification(channelWatch);

const ID = channelId('quickpay');
const NOW = instant('2026-03-02T02:00:00.000Z');
const movement = { loanId: LOAN, amount: cny('3000.00'), channel: 'quickpay', effectId: 'e1' };
const judged = wantsEffect('judge', { kind: 'judge-channel', channelId: ID, seen: '1' });

const enrolled: ChannelEvent = {
  type: 'ChannelEnrolled',
  data: { terms: E_ACCOUNT, enrolledOn: businessDate('2026-03-02') },
};
const degraded: ChannelEvent = {
  type: 'ChannelDegraded',
  data: { anomaly: 'silence', detail: '3 in a row', degradedAt: NOW },
};
const probed = (passed: boolean): ChannelEvent => ({
  type: 'ChannelProbed',
  data: { passed, detail: '', inARow: passed ? 1 : 0 },
});

const unknown = (queries: number) =>
  ({ type: 'PayoutUnknown', data: { ...movement, reason: 'time-out', queries, nextQueryAt: NOW } }) as const;

describe('the watch over channels', () => {
  it('judges a channel by what fails and by who is silent, once for each instruction', async () => {
    const failed = { ...movement, attempt: 1, reason: 'x', final: false, valueDate: businessDate('2026-03-02') };
    await given({}).when(PAYOUT, { type: 'PayoutFailed', data: failed }).wants([judged]);
    await given({})
      .when('repayment-r1', { type: 'RepaymentFailed', data: { ...movement, reason: 'x' } })
      .wants([judged]);
    await given({}).when(PAYOUT, unknown(0)).wants([judged]);
    await given({}).when(PAYOUT, unknown(1)).wants([]);
    expect(keyOf(PAYOUT, unknown(0))).toBe(ID);
    expect(keyOf(ID, degraded)).toBe(ID);
  });

  it('hears a channel that was agreed to tell of itself, from the start on', async () => {
    const terms = { ...E_ACCOUNT, heartbeatSeconds: 60 };
    const heard = wantsEffect('hear', { kind: 'hear-channel', channelId: ID });
    const today = businessDate('2026-03-02');
    await given({})
      .when(ID, { type: 'ChannelEnrolled', data: { terms, enrolledOn: today } })
      .wants([heard]);
    await given({})
      .when(ID, { type: 'ChannelTermsRevised', data: { terms, revisedOn: today } })
      .wants([heard]);
    await given({}).when(ID, enrolled).wants([]);
    await given({}).whenDue(ID, 'hear', {}).wants([heard]);
  });

  it('probes a degraded channel: soon after what passed, later after what did not, and no more when it is restored', async () => {
    await given({})
      .when(ID, degraded)
      .wants([wantsDeadline('probe', instant('2026-03-02T02:01:00.000Z'), {})]);
    await given({ [ID]: [enrolled, degraded, probed(true)] })
      .when(ID, probed(true))
      .wants([wantsDeadline('probe', instant('2026-03-02T02:01:00.000Z'), {})]);
    await given({ [ID]: [enrolled, degraded, probed(false)] })
      .when(ID, probed(false))
      .wants([wantsDeadline('probe', instant('2026-03-02T02:10:00.000Z'), {})]);
    await given({ [ID]: [enrolled] })
      .when(ID, probed(true))
      .wants([]);
    await given({})
      .whenDue(ID, 'probe', {})
      .wants([wantsEffect('probe', { kind: 'probe-channel', channelId: ID })]);
  });
});
