import { houseSagas } from '../sagas';
import { isPublic } from './public-events';

test('every event that a saga reacts to is public: in the distributed profile sagas hear of it over the bus', () => {
  const sagas = houseSagas({ firstCreditLimit: { amount: '1.00', currency: 'CNY' } });
  const unheard = sagas.flatMap(({ name, types }) =>
    types.filter((type) => !isPublic(type)).map((type) => `${name}: ${type}`),
  );
  expect(unheard).toEqual([]);
});
