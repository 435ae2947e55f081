import type { BehaviourName } from '../gateways/sandbox';
import { REPAYMENT, type SagaHouse, sagaHouse } from '../tests/support/saga-house';

const MINUTE = 60_000;

let house: SagaHouse;
afterEach(() => house.close());

const openWithLoan = async (): Promise<void> => {
  house = await sagaHouse();
  await house.publish();
  await house.register();
  await house.apply();
  await house.sign();
  expect((await house.loan()).status).toBe('lent');
};

describe('a repayment', () => {
  it.each<BehaviourName>(['approve', 'timeout-after-doing', 'unsigned', 'settle-late', 'callback'])(
    'is debited once and applied once, where the channel does it and answers: %s',
    async (behaviour) => {
      await openWithLoan();
      house.sandbox.behave('channel', { operations: { debit: behaviour } });
      await house.repay();
      await house.pass(10 * MINUTE);
      expect(house.sandbox.records().debits).toHaveLength(1);
      expect((await house.repayment()).status).toBe('allocated');
      expect(await house.loan()).toMatchObject({ status: 'lent', applied: [REPAYMENT] });
      expect(await house.sagas.listParked()).toEqual([]);
    },
  );

  it.each<BehaviourName>(['refuse', 'timeout-before-doing'])(
    'that the channel did not do takes nothing, and changes nothing: %s',
    async (behaviour) => {
      await openWithLoan();
      house.sandbox.behave('channel', { operations: { debit: behaviour } });
      await house.repay();
      await house.pass(10 * MINUTE);
      expect(house.sandbox.records().debits).toEqual([]);
      expect((await house.repayment()).status).toBe('failed');
      expect(await house.loan()).toMatchObject({ status: 'lent', applied: [] });
    },
  );
});
