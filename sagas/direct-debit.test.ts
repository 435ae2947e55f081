import {
  addDays,
  automaticRepaymentId,
  type BusinessDate,
  businessDate,
  businessDateAt,
  channelId,
  type MoneyText,
  parseMoney,
  startOf,
} from '../domain/kernel';
import type { BehaviourName } from '../gateways/sandbox';
import { E_ACCOUNT } from '../tests/support/example-channels';
import { LOAN, MANDATE, type SagaHouse, sagaHouse } from '../tests/support/saga-house';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let house: SagaHouse;
afterEach(() => house.close());

const dueDates = async (): Promise<readonly BusinessDate[]> => {
  const state = await house.loan();
  if (state.status !== 'lent') throw new Error('nothing was lent');
  return state.account.installments.map(({ due }) => addDays(businessDate('1970-01-01'), due));
};

/** Lets time pass to a time of day of a business date. */
const passTo = (date: BusinessDate, hour: number): Promise<void> =>
  house.pass(Date.parse(startOf(date)) + hour * HOUR - house.clock.now());

const openWithMandate = async (): Promise<BusinessDate> => {
  house = await sagaHouse();
  await house.publish();
  await house.register();
  await house.apply();
  await house.sign();
  await house.grantMandate();
  const [due] = await dueDates();
  if (due === undefined) throw new Error('nothing ever falls due');
  return due;
};

const minorOf = (amount: MoneyText | undefined): bigint => (amount === undefined ? 0n : parseMoney(amount).minor);

const taken = () => house.sandbox.records().debits.map(({ key }) => key);
const attempt = (due: BusinessDate, n: number): string => `${automaticRepaymentId(LOAN, due, n)}.1`;

describe('an installment under a mandate', () => {
  it.each<BehaviourName>(['approve', 'timeout-after-doing', 'unsigned', 'settle-late', 'callback'])(
    'is announced, then debited once on its due date, however often that is asked for, where the channel answers: %s',
    async (behaviour) => {
      const due = await openWithMandate();
      house.sandbox.behave('channel', { operations: { debit: behaviour } });
      await passTo(addDays(due, -3), 9);
      expect(await house.debits.run(addDays(due, -3))).toMatchObject({ announced: 1, ordered: 0 });
      expect(await house.debits.run(addDays(due, -3))).toMatchObject({ announced: 0, ordered: 0 });
      await passTo(due, 9);
      const runs = await Promise.all([house.debits.run(due), house.debits.run(due)]);
      expect(runs.reduce((sum, { ordered }) => sum + ordered, 0)).toBe(1);
      await house.settled();
      expect(await house.debits.run(due)).toMatchObject({ ordered: 0, deferred: 0, passedOver: 0 });
      await house.pass(HOUR);
      expect(taken()).toEqual([attempt(due, 1)]);
      const [announced] = await house.eventsOf(MANDATE, 'DebitAnnounced');
      const [ordered] = await house.eventsOf(MANDATE, 'DebitOrdered');
      expect(announced?.data).toMatchObject({ dueDate: due, amount: ordered?.data.amount });
      expect(ordered?.data.amount).toEqual(ordered?.data.due);
      expect(await house.typesOf(MANDATE)).toEqual(['MandateGranted', 'DebitAnnounced', 'DebitOrdered', 'DebitTaken']);
      expect(await house.loan()).toMatchObject({ applied: [automaticRepaymentId(LOAN, due, 1)] });
      expect(await house.sagas.listParked()).toEqual([]);
    },
  );

  it('that finds no money is tried again in the evening, then on the pay day', async () => {
    const due = await openWithMandate();
    house.sandbox.behave('channel', { operations: { debit: 'refuse' }, refusal: 'insufficient-funds' });
    await passTo(due, 9);
    await house.debits.run(due);
    await passTo(due, 19);
    expect(taken()).toEqual([]);
    const planned = await house.eventsOf(MANDATE, 'DebitRetryPlanned');
    expect(planned.map(({ data }) => data.attempt)).toEqual([2, 3]);
    expect(planned[0]?.data.at).toBe(new Date(Date.parse(startOf(due)) + 18 * HOUR).toISOString());
    const payDay = businessDateAt(Date.parse(planned[1]?.data.at ?? ''));
    expect(['05', '15', '25']).toContain(payDay.slice(-2));
    house.sandbox.behave('channel', {});
    await passTo(payDay, 12);
    expect(taken()).toEqual([attempt(due, 3)]);
    expect((await house.eventsOf(MANDATE, 'DebitTaken')).map(({ data }) => data.attempt)).toEqual([3]);
  });

  it('of which the channel takes a part has the rest taken later, and never more than is due', async () => {
    const due = await openWithMandate();
    const channel = { channelId: channelId(house.channel), terms: E_ACCOUNT };
    await house.must({ type: 'EnrolChannel', data: channel }, 'enrol');
    house.sandbox.behave('channel', { partialDebits: 1 });
    await passTo(due, 9);
    await house.debits.run(due);
    await passTo(due, 17);
    const [first] = await house.eventsOf(MANDATE, 'DebitOrdered');
    const [part] = await house.eventsOf(MANDATE, 'DebitTaken');
    if (!first || !part) throw new Error('nothing was taken');
    const left = minorOf(first.data.due) - minorOf(part.data.amount);
    expect(left).toBeGreaterThan(0n);
    house.sandbox.behave('channel', {});
    await passTo(due, 19);
    const [, second] = await house.eventsOf(MANDATE, 'DebitOrdered');
    expect(minorOf(second?.data.amount)).toBe(left);
    expect((await house.eventsOf(MANDATE, 'DebitTaken')).map(({ data }) => minorOf(data.amount))).toEqual([
      minorOf(part.data.amount),
      left,
    ]);
    expect(taken()).toEqual([attempt(due, 1), attempt(due, 2)]);
    expect(await house.sagas.listParked()).toEqual([]);
  });

  it('of an account that is closed is debited no more, and neither are those after it', async () => {
    const due = await openWithMandate();
    house.sandbox.behave('channel', { operations: { debit: 'refuse' }, refusal: 'account-closed' });
    await passTo(due, 9);
    await house.debits.run(due);
    await house.pass(DAY);
    expect((await house.typesOf(MANDATE)).slice(-3)).toEqual(['DebitFailed', 'MandateRefused', 'DebitGivenUp']);
    const [, next = due] = await dueDates();
    await passTo(next, 9);
    expect(await house.debits.run(next)).toMatchObject({ ordered: 0, passedOver: 0 });
    expect(house.calls.filter(({ operation }) => operation === 'debit')).toHaveLength(1);
  });

  it('whose mandate was revoked the day before, or whose consent was withdrawn, is not debited', async () => {
    const due = await openWithMandate();
    await passTo(addDays(due, -1), 9);
    const revocation = { mandateId: MANDATE, borrowerId: house.borrower, reason: 'another bank' };
    await house.give({ type: 'RevokeMandate', data: revocation }, 'revoke');
    await passTo(due, 9);
    expect(await house.debits.run(due)).toMatchObject({ ordered: 0 });
    await house.grantMandate('grant again');
    const [, next = due] = await dueDates();
    await passTo(next, 9);
    await house.give(
      { type: 'WithdrawConsent', data: { borrowerId: house.borrower, consentId: 'direct-debit' } },
      'withdraw',
    );
    expect(await house.debits.run(next)).toMatchObject({ ordered: 0, passedOver: 2 });
    expect(taken()).toEqual([]);
  });

  it('that was missed is made up for, one due date after the other', async () => {
    await openWithMandate();
    const [first, second = businessDate('2030-01-01')] = await dueDates();
    await passTo(second, 9);
    expect(await house.debits.run(second)).toMatchObject({ ordered: 1, deferred: 1 });
    await house.pass(HOUR);
    expect(taken()).toEqual([attempt(first ?? second, 1)]);
    expect(await house.typesOf(MANDATE)).toEqual([
      'MandateGranted',
      'DebitOrdered',
      'DebitDeferred',
      'DebitTaken',
      'DebitRetryPlanned',
      'DebitPassedOver',
    ]);
  });

  it('whose mandate has run out is not debited', async () => {
    await openWithMandate();
    await house.pass(502 * DAY);
    expect((await house.typesOf(MANDATE)).at(-1)).toBe('MandateExpired');
  });
});
