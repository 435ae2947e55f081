import type { Customer } from './one-loan-life';
import { FINANCE, OPERATOR, type Stage, type Told, textAt, type Who } from './stage';

type Body = Readonly<Record<string, unknown>>;

/** Whoever goes by the write routes and remembers which. */
interface Touring {
  does(who: Who, route: string, ids: readonly string[], body?: Body): Promise<Told>;
}

const cny = (amount: string) => ({ amount, currency: 'CNY' });

/** Money at the custody bank: in, out and across; what is large takes two, and once the bank would not tell. */
export const custodyTour = async (stage: Stage, tour: Touring, { who, cardId }: Customer): Promise<void> => {
  const account = { bank: 'ICBC', accountNumber: '0200123456789' };
  const owners = [
    { kind: 'house', name: 'Usance Ltd', account },
    { kind: 'borrower', borrowerId: who.id, cardId },
  ];
  const told: Told[] = [];
  const does = async (by: Who, route: string, ids: readonly string[], body: Body): Promise<string> => {
    const answer = await tour.does(by, `/v1/custody/${route}`, ids, body);
    await stage.settled();
    told.push(answer);
    return textAt(answer, 'id');
  };
  for (const owner of owners) await does(FINANCE, 'accounts', [], { owner, currency: 'CNY' });
  const [house = '', client = ''] = told.map((opened) => textAt(opened, 'links', 'account').split('/').at(-1) ?? '');
  const of = 'accounts/:accountId';
  await does(FINANCE, `${of}/top-ups`, [house], { amount: cny('500000.00') });
  await does(OPERATOR, `${of}/freeze`, [client], { reason: 'a court order' });
  await does(OPERATOR, `${of}/unfreezing`, [client], { reason: 'it was lifted' });
  await does(FINANCE, `${of}/transfers`, [house], { to: client, amount: cny('20.00'), reason: 'a present' });
  const large = { amount: cny('100000.01') };
  const approved = await does(FINANCE, `${of}/withdrawals`, [house], large);
  await does(OPERATOR, 'instructions/:instructionId/approval', [approved], { note: 'seen' });
  const unwanted = await does(FINANCE, `${of}/withdrawals`, [house], large);
  await does(FINANCE, 'instructions/:instructionId/cancellation', [unwanted], { reason: 'not needed' });
  stage.house.sandbox?.behave('custody', { operations: { 'top-up': 'server-error', query: 'server-error' } });
  const silent = await does(FINANCE, `${of}/top-ups`, [house], { amount: cny('5.00') });
  const refused = { outcome: 'failed', reason: 'they say no', effectId: `${silent}.1` };
  await does(OPERATOR, 'instructions/:instructionId/outcome', [silent], refused);
  stage.house.sandbox?.behave('custody', {});
};
