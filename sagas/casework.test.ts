import { aggregates } from '../commands';
import type { Relief } from '../domain/collections';
import { addDays, businessDateAt, caseId, type MoneyText } from '../domain/kernel';
import { LOAN, sagaHouse } from '../tests/support/saga-house';

const DAY_MS = 86_400_000;
const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/** A loan whose first installment nobody has paid, and the case of its borrower. */
const inArrears = async () => {
  const house = await sagaHouse();
  await house.publish();
  await house.register();
  await house.apply();
  await house.sign();
  await house.pass(33 * DAY_MS);
  const id = caseId(house.borrower);
  const state = async () => (await house.bus.load(aggregates.case, id)).state;
  const today = () => businessDateAt(house.clock.now());
  const overdue = async (): Promise<MoneyText> => {
    const file = await state();
    const loan = file.status === 'open' ? file.loans.get(LOAN) : undefined;
    if (loan === undefined) throw new Error(`the case is ${file.status}`);
    return loan.overdue;
  };
  const promise = async (promiseId: string, amount: MoneyText, days: number) => {
    const data = { caseId: id, promiseId, loanId: LOAN, amount, by: addDays(today(), days) };
    await house.must({ type: 'RecordPromise', data }, promiseId);
    await house.settled();
  };
  const promiseIs = async (promiseId: string) => {
    const file = await state();
    return file.status === 'none' ? undefined : file.promises.get(promiseId)?.status;
  };
  const told = (about: string) => house.outbox.entries.filter(({ subject }) => subject === about);
  return { ...house, id, state, overdue, promise, promiseIs, told };
};

describe('casework', () => {
  let house: Awaited<ReturnType<typeof inArrears>>;
  beforeEach(async () => {
    house = await inArrears();
  });
  afterEach(() => house.close());

  it('opens a case when a loan comes into arrears, moves it on by bucket, and closes it with the loan', async () => {
    expect(await house.state()).toMatchObject({ status: 'open', stage: { name: 'early' } });
    await house.pass(31 * DAY_MS);
    expect(await house.state()).toMatchObject({ status: 'open', stage: { name: 'middle' } });
    await house.must({ type: 'WriteOffLoan', data: { loanId: LOAN, reason: 'cannot be recovered' } }, 'write off');
    await house.settled();
    expect(await house.state()).toMatchObject({ status: 'closed', reason: 'written-off' });
  });

  it('finds a promise kept by what was paid, and broken when its day has passed', async () => {
    await house.promise('kept', cny('100.00'), 3);
    await house.repay();
    expect(await house.promiseIs('kept')).toBe('kept');
    await house.promise('broken', await house.overdue(), 3);
    await house.pass(4 * DAY_MS);
    expect(await house.promiseIs('broken')).toBe('pending');
    await house.pass(DAY_MS);
    expect(await house.promiseIs('broken')).toBe('broken');
    await house.pass(DAY_MS);
    expect(house.told('还款承诺未履行')).toHaveLength(1);
  });

  it('has a hardship plan carried out by the loan, or told why it cannot be', async () => {
    const agree = async (planId: string, relief: Relief) => {
      await house.must({ type: 'AgreeHardship', data: { caseId: house.id, planId, loanId: LOAN, relief } }, planId);
      await house.settled();
      const file = await house.state();
      return file.status === 'none' ? undefined : file.plans.get(planId)?.status;
    };
    const today = businessDateAt(house.clock.now());
    expect(await agree('granted', { kind: 'interest-pause', through: addDays(today, 20) })).toBe('granted');
    // There is no installment that falls due on such a day.
    const noDay = { kind: 'grace', from: addDays(today, 1), principal: 1, interest: 0 } as const;
    expect(await agree('refused', noDay)).toBe('refused');
  });

  it('tells the borrower each thing once, and of what is overdue by day only', async () => {
    await house.pass(31 * DAY_MS);
    const subjects = house.outbox.entries.map(({ subject }) => subject);
    expect(subjects.slice(0, 4)).toEqual(['贷款申请已通过', '合同已签署', '放款成功', '还款提醒']);
    // Entering each of the buckets 1-30 and 31-60 is told of.
    expect(house.told('逾期提醒')).toHaveLength(2);
    expect(new Set(house.outbox.entries.map(({ key }) => key)).size).toBe(house.outbox.entries.length);
    expect(house.outbox.entries.every(({ to }) => to.length === 3)).toBe(true);
  });
});
