import { TOKENS, the } from '../../app/tokens';
import { businessDateAt } from '../../domain/kernel';
import { at, FINANCE, OPERATOR, type Stage, type Told, textAt, type Who } from './stage';

type Body = Readonly<Record<string, unknown>>;

/** Whoever goes by the write routes and remembers which. */
interface Touring {
  does(who: Who, route: string, ids: readonly string[], body?: Body): Promise<Told>;
}

const cny = (amount: string) => ({ amount, currency: 'CNY' });

/** Money that comes in by itself: split by a list, found by its words, matched by hand, and paid back. */
export const receiptTour = async (stage: Stage, tour: Touring, loanId: string): Promise<void> => {
  const today = businessDateAt(stage.clock.now());
  const channel = the(stage.house.container, TOKENS.partners).channel.name;
  const payer = { kind: 'employer', name: 'Lantern Works', account: { bank: 'Test Bank', lastFour: '4242' } };
  const receive = async (channelReference: string, amount: string, more: Body = {}): Promise<string> => {
    const sent = { key: channelReference, movement: 'received', amount: cny(amount), businessDate: today } as const;
    stage.house.sandbox?.transfer('channel', { ...sent, amount: { amount, currency: 'CNY' } });
    const body = { channel, channelReference, amount: cny(amount), payer, receivedOn: today, ...more };
    const told = await tour.does(FINANCE, '/v1/receipts', [], body);
    await stage.settled();
    return textAt(told, 'id');
  };
  const of = '/v1/receipts/:receiptId';
  const split = await receive('in-1', '30.00', { lines: [{ loanId, amount: cny('20.00') }] });
  await tour.does(OPERATOR, `${of}/matches`, [split], { lines: [{ loanId, amount: cny('10.00') }] });
  await receive('in-2', '5.00', { payer: { kind: 'person' }, reference: loanId });
  const large = await receive('in-3', '200000.00', { payer: { kind: 'person' } });
  await tour.does(FINANCE, `${of}/refund`, [large], { amount: cny('199000.00'), reason: 'sent in error' });
  await tour.does(OPERATOR, `${of}/refund/approval`, [large], { note: 'they have called' });
  const back = { key: 'out-1', movement: 'returned', amount: { amount: '199000.00', currency: 'CNY' } } as const;
  stage.house.sandbox?.transfer('channel', { ...back, businessDate: today });
  const paid = { outcome: 'settled', channelReference: 'out-1', settledOn: today };
  await tour.does(FINANCE, `${of}/refund/outcome`, [large], paid);
  await stage.settled();
  const waiting = await stage.get(FINANCE, '/v1/receipts?state=suspense');
  expect(at(waiting, 'items', 0, 'suspense')).toEqual(cny('1000.00'));
  expect(at(await stage.get(FINANCE, `/v1/receipts/${split}`), 'state')).toBe('settled');
};
