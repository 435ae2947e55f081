import { businessDate } from '../../../domain/kernel';
import { outsideWorld } from '../../../tests/support/outside-world';

const TODAY = businessDate('2026-11-22');
const TOMORROW = businessDate('2026-11-23');
const cny = (amount: string) => ({ amount, currency: 'CNY' as const });
const ACCOUNT = { cardNumber: '6222020200112233445', bank: 'ICBC', name: '王小明' };

describe('A custody bank over HTTP', () => {
  it('shows the money that the channel moved, line by line and in sum', async () => {
    const { channel, custody, close } = await outsideWorld();
    try {
      await channel.payout({ effectId: 'out', amount: cny('1000.00'), businessDate: TODAY, payee: ACCOUNT });
      await channel.debit({ effectId: 'in', amount: cny('88.10'), businessDate: TOMORROW, payer: ACCOUNT });

      expect(await custody.statement(TOMORROW, 'CNY')).toEqual({
        outcome: 'answered',
        businessDate: TOMORROW,
        statementHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        opening: cny('-1000.00'),
        closing: cny('-911.90'),
        lines: [
          { lineId: expect.any(String), reference: 'in', direction: 'in', amount: cny('88.10'), bookedOn: TOMORROW },
        ],
      });
      expect(await custody.balance(TODAY, 'CNY')).toEqual({
        outcome: 'answered',
        businessDate: TODAY,
        balance: cny('-1000.00'),
      });
      expect(await custody.balance(TODAY, 'EUR')).toMatchObject({ balance: { amount: '0.00', currency: 'EUR' } });
    } finally {
      await close();
    }
  });

  it('gives no figure rather than a doubtful one', async () => {
    const { custody, sandbox, close } = await outsideWorld();
    try {
      sandbox.behave('custody', { operations: { balance: 'badly-signed', statement: 'hang' } });
      expect(await custody.balance(TODAY, 'CNY')).toEqual({ outcome: 'failed', reason: 'badly-signed' });
      expect(await custody.statement(TODAY, 'CNY')).toEqual({ outcome: 'timed-out', reason: 'timed-out' });
    } finally {
      await close();
    }
  });
});
