import { aggregates, type CommandRequest } from '../commands';
import type { CustodyOrder } from '../domain/instruction';
import { type CustodyAccountId, custodyInstructionId, custodyLedgerId } from '../domain/kernel';
import { heldIn } from '../domain/ledger';
import {
  CLIENT_ACCOUNT,
  CLIENT_OPENING,
  FREEZE,
  HOUSE_ACCOUNT,
  OPENING,
  topUp,
  transfer,
  UNFREEZE,
  withdrawal,
} from '../tests/support/custody-orders';
import { DONE_ALL_THE_SAME } from '../tests/support/done-all-the-same';
import { type SagaHouse, sagaHouse } from '../tests/support/saga-house';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let house: SagaHouse;
let given = 0;
afterEach(() => house.close());

const idOf = (nth: number) => custodyInstructionId(`i${nth}`);

const must = async (request: CommandRequest, name: string): Promise<void> => {
  const result = await house.give(request, name);
  if (result.kind === 'refused') throw new Error(`${name}: ${result.refusal.code}`);
};

/** Asks for what is ordered and lets everything happen that can; tells how the instruction stands then. */
const order = async (asked: CustodyOrder): Promise<string> => {
  given += 1;
  const instructionId = idOf(given);
  await must({ type: 'RequestCustodyInstruction', data: { instructionId, order: asked } }, instructionId);
  await house.settled();
  return (await instruction()).status;
};
const instruction = async (nth = given) => (await house.bus.load(aggregates.instruction, idOf(nth))).state;
const account = async (id: CustodyAccountId) => (await house.bus.load(aggregates.custody, id)).state;

/** What the books of every instruction hold in an account, in minor units: debits above zero. */
const held = async (code: Parameters<typeof heldIn>[1]): Promise<bigint> => {
  let sum = 0n;
  for (let nth = 1; nth <= given; nth += 1) {
    const { balances } = (await house.bus.load(aggregates.ledger, custodyLedgerId(idOf(nth)))).state;
    sum += heldIn(balances, code, 'CNY');
  }
  return sum;
};

const open = async (...orders: readonly CustodyOrder[]): Promise<void> => {
  given = 0;
  house = await sagaHouse();
  await house.register();
  for (const each of [OPENING, ...orders]) expect(await order(each)).toBe('settled');
};

describe('custody', () => {
  it('opens accounts for the house and for a borrower, freezes and unfreezes them', async () => {
    await open(CLIENT_OPENING, FREEZE);
    expect(await account(HOUSE_ACCOUNT)).toMatchObject({ status: 'frozen', owner: OPENING.owner });
    expect(await account(CLIENT_ACCOUNT)).toMatchObject({ status: 'open', currency: 'CNY' });
    await order(UNFREEZE);
    expect(await account(HOUSE_ACCOUNT)).toMatchObject({ status: 'open' });
    expect(await house.sagas.listParked()).toEqual([]);
  });

  it('books what comes in, goes out and is transferred, through the accounts of both sides', async () => {
    await open(CLIENT_OPENING, topUp('1000.00'), withdrawal('200.00'), transfer('300.00'));
    expect(await held('1001')).toBe(50_000n);
    expect(await held('3001')).toBe(-50_000n);
    expect(await held('1002')).toBe(30_000n);
    expect(await held('2301')).toBe(-30_000n);
    expect(await held('1202')).toBe(0n);
  });

  it('leaves the books as they were where the bank refuses', async () => {
    await open(topUp('10.00'));
    expect(await order(withdrawal('10.01'))).toBe('failed');
    expect(await house.typesOf(idOf(given))).toEqual([
      'CustodyInstructionRequested',
      'CustodyInstructionSubmitted',
      'CustodyInstructionFailed',
    ]);
    expect([await held('1001'), await held('1202')]).toEqual([1_000n, 0n]);
  });

  it.each(DONE_ALL_THE_SAME)(
    'is told once and finds out what was done, where the bank does it and answers: %s',
    async (behaviour) => {
      await open();
      house.sandbox.behave('custody', { operations: { 'top-up': behaviour }, slowMs: 20 });
      await order(topUp('77.00'));
      expect(await held('1202')).toBe(behaviour === 'slow' ? 0n : 7_700n);
      await house.pass(10 * MINUTE);
      expect(await instruction()).toMatchObject({ status: 'settled' });
      expect([await held('1001'), await held('1202')]).toEqual([7_700n, 0n]);
    },
  );

  it('finds out for certain that the bank never had an instruction', async () => {
    await open();
    house.sandbox.behave('custody', { operations: { 'top-up': 'timeout-before-doing' } });
    expect(await order(topUp('77.00'))).toBe('unknown');
    await house.pass(10 * MINUTE);
    expect(await instruction()).toMatchObject({ status: 'failed' });
    expect([await held('1001'), await held('1202')]).toEqual([0n, 0n]);
  });

  it('calls a person when the bank stays silent, and holds the amount as on its way until then', async () => {
    await open();
    house.sandbox.behave('custody', { behaviour: 'hang' });
    await order(topUp('77.00'));
    await house.pass(3 * DAY);
    expect(await instruction()).toMatchObject({ status: 'escalated' });
    expect(await held('1202')).toBe(7_700n);
  });

  it('has every line of the bank’s statement matched with what was instructed', async () => {
    await open(CLIENT_OPENING, topUp('1000.00'), withdrawal('200.00'), transfer('300.00'));
    const [today] = await house.eventsOf(idOf(3), 'CustodyInstructionSettled');
    if (today === undefined) throw new Error('nothing has settled');
    const closing = await house.night.close(today.data.valueDate);
    expect(closing).toMatchObject({ unavailable: [], opened: 0 });
    const [matched] = await house.eventsOf(`reconciliation-custody-${today.data.valueDate}`, 'MovementsMatched');
    expect(matched?.data.matched).toBe(2);
  });
});
