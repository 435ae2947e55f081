import { asksFor, becomesCustomer, borrows, publishProduct, sound } from '../support/one-loan-life';
import { person } from '../support/people';
import { at, Stage } from '../support/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

it('a newcomer is asked for everything, and the server insists on what it asks for', async () => {
  const somebody = person(1);
  stage.house.sandbox?.putPeople([sound(somebody)]);
  const product = await publishProduct(stage);
  const customer = await becomesCustomer(stage, somebody);
  const form = await stage.get(customer.who, `/v1/applications/requirements?productId=${product}`);
  expect(at(form, 'required')).toEqual(['amount', 'installments', 'cardId', 'declaration']);
  expect(at(form, '$defs', 'Statement', 'properties', 'housing', 'enum')).toEqual(['free', 'rent', 'own']);
  expect(at(form, 'properties', 'installments')).toMatchObject({ type: 'integer', minimum: expect.any(Number) });
  const { declaration: _, ...asked } = asksFor(product, customer);
  const refused = await stage.post(customer.who, '/v1/applications', asked);
  expect(refused).toMatchObject({ status: 422, body: { code: 'REQUIREMENTS_MISSING' } });
  expect(at(refused, 'errors')).toMatchObject([{ pointer: '/declaration' }]);

  await borrows(stage, product, customer);
  const again = await stage.post(customer.who, '/v1/applications', asked);
  // There was a loan, but none is repaid: the declaration is asked for as before.
  expect(again).toMatchObject({ status: 422, body: { code: 'REQUIREMENTS_MISSING' } });
});
