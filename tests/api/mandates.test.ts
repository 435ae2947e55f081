import { addDays, businessDateAt } from '../../domain/kernel';
import { becomesCustomer, borrows, type Customer, publishProduct, sound } from '../support/one-loan-life';
import { person } from '../support/people';
import { at, OPERATOR, Stage, type Told, textAt, type Who } from '../support/stage';

let stage: Stage;
let owner: Customer;
let loan: string;

beforeAll(async () => {
  stage = await Stage.open();
  stage.house.sandbox?.putPeople([sound(person(1))]);
  const product = await publishProduct(stage);
  owner = await becomesCustomer(stage, person(1));
  ({ loan } = await borrows(stage, product, owner));
});
afterAll(() => stage.close());

const cny = (amount: string) => ({ amount, currency: 'CNY' });

const granting = (changes: object = {}): Promise<Told> =>
  stage.post(owner.who, '/v1/mandates', {
    ...{ loanId: loan, cardId: owner.cardId, perDebit: cny('2000.00'), perMonth: cny('3000.00'), payDays: [10] },
    ...{ to: addDays(businessDateAt(stage.clock.now()), 400), textVersion: '2026-01', ...changes },
  });
const code = (told: Told) => ({ status: told.status, code: at(told, 'code') });
const STRANGER: Who = { kind: 'borrower', id: 'borrower-stranger' };

test('a mandate is granted, seen by its borrower and by staff alone, and revoked', async () => {
  const granted = await granting();
  expect(granted.status).toBe(201);
  const id = textAt(granted, 'id');
  await stage.settled();
  const seen = await stage.get(owner.who, `/v1/mandates/${id}`);
  expect(seen.body).toMatchObject({
    loanId: loan,
    status: 'live',
    number: 1,
    debits: [],
    agreement: { payDays: [10] },
  });
  const [first] = at(await stage.get(owner.who, `/v1/loans/${loan}`), 'installments') as { readonly due: string }[];
  expect(at(seen, 'nextDue')).toBe(first?.due);
  const list = `/v1/borrowers/${owner.who.id}/mandates`;
  expect(at(await stage.get(OPERATOR, list), 'items', 0, 'id')).toBe(id);
  expect((await stage.get(STRANGER, `/v1/mandates/${id}`)).status).toBe(404);
  expect((await stage.get(STRANGER, list)).status).toBe(404);
  expect((await stage.post(STRANGER, `/v1/mandates/${id}/revocation`, { reason: 'r' })).status).toBe(404);

  expect(code(await granting())).toEqual({ status: 409, code: 'ALREADY_EXISTS' });
  expect((await stage.post(owner.who, `/v1/mandates/${id}/revocation`, { reason: 'r' })).status).toBe(200);
  await stage.settled();
  expect(at(await stage.get(owner.who, `/v1/mandates/${id}`), 'status')).toBe('revoked');
  expect((await granting()).status).toBe(201);
});

test('what contradicts itself, or is not theirs, is refused with the reason', async () => {
  const id = `mandate-${loan.slice('loan-'.length)}`;
  await stage.post(owner.who, `/v1/mandates/${id}/revocation`, { reason: 'r' });
  expect(code(await granting({ perDebit: cny('4000.00') }))).toEqual({ status: 422, code: 'MANDATE_TERMS_INVALID' });
  expect(code(await granting({ cardId: 'a'.repeat(26) }))).toEqual({ status: 422, code: 'CARD_UNKNOWN' });
  expect(code(await granting({ loanId: 'loan-nowhere' }))).toEqual({ status: 404, code: 'NOT_FOUND' });
});
