import type { CustodyOrder } from '../../domain/instruction';
import { businessDate, custodyAccountId, instant, type MoneyText } from '../../domain/kernel';
import {
  CLIENT_ACCOUNT,
  CLIENT_OPENING,
  FREEZE,
  HOLDER,
  HOUSE_ACCOUNT,
  OPENING,
  topUp,
  transfer,
  UNFREEZE,
  withdrawal,
} from '../../tests/support/custody-orders';
import type { CustodyBank } from './custody-bank';

const DAY = businessDate('2026-11-22');
const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/** A bank for one test, with nothing on its books. */
export interface CustodyWorld {
  readonly bank: CustodyBank;
  close(): Promise<void>;
}

/** What every custody bank must do with what it is told. */
export const custodyBankContract = (name: string, open: () => Promise<CustodyWorld>): void => {
  describe(`custody at ${name}`, () => {
    let world: CustodyWorld;
    let effects = 0;
    const nextEffect = (): string => {
      effects += 1;
      return `instruction-${effects}.1`;
    };
    const give = (order: CustodyOrder, effectId = nextEffect()) =>
      order.kind === 'open'
        ? world.bank.instruct({ effectId, order, holder: HOLDER, businessDate: DAY })
        : world.bank.instruct({ effectId, order, businessDate: DAY });
    const opened = async (...orders: readonly CustodyOrder[]) => {
      for (const order of [OPENING, ...orders]) expect(await give(order)).toMatchObject({ outcome: 'settled' });
    };
    const standing = async (accountId = HOUSE_ACCOUNT) => {
      const account = await world.bank.account(accountId);
      return account.outcome === 'answered' ? `${account.status} ${account.balance.amount}` : account.reason;
    };

    beforeEach(async () => {
      effects = 0;
      world = await open();
    });
    afterEach(() => world.close());

    it('opens an account once, empty', async () => {
      expect(await standing()).toBe('no-such-account');
      expect(await give(OPENING)).toEqual({
        outcome: 'settled',
        channelReference: expect.stringMatching(/^[0-9a-f]{16}$/),
        settledOn: DAY,
      });
      expect(await standing()).toBe('open 0.00');
      expect(await give(OPENING)).toEqual({ outcome: 'failed', reason: 'account-exists' });
    });

    it('moves money in, out and across, to the cent', async () => {
      await opened(CLIENT_OPENING, topUp('1000.00'), withdrawal('250.10'), transfer('49.90'));
      expect(await standing()).toBe('open 700.00');
      expect(await standing(CLIENT_ACCOUNT)).toBe('open 49.90');
    });

    it('pays out nothing that is not there', async () => {
      await opened(CLIENT_OPENING, topUp('100.00'));
      expect(await give(withdrawal('100.01'))).toEqual({ outcome: 'failed', reason: 'insufficient-funds' });
      expect(await give(transfer('100.01'))).toEqual({ outcome: 'failed', reason: 'insufficient-funds' });
      expect(await standing()).toBe('open 100.00');
    });

    it('moves nothing of a frozen account until it is unfrozen', async () => {
      await opened(CLIENT_OPENING, topUp('100.00'), FREEZE);
      expect(await standing()).toBe('frozen 100.00');
      for (const order of [topUp('1.00'), withdrawal('1.00'), transfer('1.00')]) {
        expect(await give(order)).toEqual({ outcome: 'failed', reason: 'account-frozen' });
      }
      expect(await give(FREEZE)).toEqual({ outcome: 'failed', reason: 'frozen-already' });
      expect(await give(UNFREEZE)).toMatchObject({ outcome: 'settled' });
      expect(await give(withdrawal('1.00'))).toMatchObject({ outcome: 'settled' });
      expect(await give(UNFREEZE)).toEqual({ outcome: 'failed', reason: 'not-frozen' });
    });

    it('refuses what names no account, or another currency', async () => {
      expect(await give(topUp('1.00'))).toEqual({ outcome: 'failed', reason: 'no-such-account' });
      await opened(topUp('5.00'));
      expect(await give(transfer('1.00'))).toEqual({ outcome: 'failed', reason: 'no-such-payee' });
      const foreign = { ...topUp('1.00'), amount: { amount: '1.00', currency: 'EUR' } } as const;
      expect(await give(foreign)).toEqual({ outcome: 'failed', reason: 'wrong-currency' });
    });

    it('does once what is told twice under one effect id, and tells the same again', async () => {
      await opened();
      const first = await give(topUp('10.00'), 'instruction-a.1');
      expect(await give(topUp('10.00'), 'instruction-a.1')).toEqual(first);
      expect(await standing()).toBe('open 10.00');
      const other = await give(topUp('99.00'), 'instruction-a.1');
      expect(other).toMatchObject({ outcome: 'unknown' });
      expect(await standing()).toBe('open 10.00');
    });

    it('tells what became of an instruction, and of none that it never had', async () => {
      await opened();
      const ask = (effectId: string, order: CustodyOrder) =>
        world.bank.query({ effectId, order, businessDate: DAY, submittedAt: instant('2026-11-20T00:00:00.000Z') });
      const done = await give(topUp('10.00'), 'instruction-a.1');
      await give(withdrawal('11.00'), 'instruction-b.1');
      expect(await ask('instruction-a.1', topUp('10.00'))).toEqual(done);
      expect(await ask('instruction-b.1', withdrawal('11.00'))).toEqual({
        outcome: 'failed',
        reason: 'insufficient-funds',
      });
      expect(await ask('instruction-c.1', topUp('10.00'))).toEqual({ outcome: 'not-found' });
    });

    it('states every account line by line, and all of them together without what stays inside', async () => {
      await opened(CLIENT_OPENING, topUp('1000.00'), transfer('50.00'), withdrawal('250.00'));
      const account = await world.bank.accountStatement(HOUSE_ACCOUNT, DAY);
      expect(account).toMatchObject({ opening: cny('0.00'), closing: cny('700.00') });
      expect(
        account.outcome === 'answered' && account.lines.map(({ direction, amount }) => `${direction} ${amount.amount}`),
      ).toEqual(['in 1000.00', 'out 50.00', 'out 250.00']);
      const all = await world.bank.statement(DAY, 'CNY');
      expect(all).toMatchObject({ opening: cny('0.00'), closing: cny('750.00') });
      expect(all.outcome === 'answered' && all.lines.map(({ reference }) => reference)).toEqual([
        'instruction-3.1',
        'instruction-5.1',
      ]);
      expect(await world.bank.balance(DAY, 'CNY')).toMatchObject({ balance: cny('750.00') });
      expect(await world.bank.accountStatement(custodyAccountId('nobody-cny'), DAY)).toEqual({
        outcome: 'failed',
        reason: 'no-such-account',
      });
    });
  });
};
