import { compilePolicy, policyHash, shippedPolicy } from '../policy';
import { modelShelf } from '../scoring';
import { requiredFields } from './requirements';

const document = { ...shippedPolicy, models: {} };
const policy = compilePolicy(
  { document, hash: policyHash(document), version: 1 },
  modelShelf(
    () => undefined,
    () => '',
  ),
);

describe('what an application has to bring', () => {
  it.each([
    ['somebody new', {}, ['amount', 'installments', 'cardId', 'declaration']],
    ['somebody prime', { loansRepaid: 2, worstDaysOverdue: 0 }, ['amount', 'installments']],
    [
      'somebody who returns',
      { loansRepaid: 1, worstDaysOverdue: 9 },
      ['amount', 'installments', 'cardId', 'declaration'],
    ],
    [
      'somebody who was late',
      { loansRepaid: 2, worstDaysOverdue: 45 },
      ['amount', 'installments', 'cardId', 'declaration', 'deviceId'],
    ],
  ])('%s', async (_who, history, fields) => {
    expect(await requiredFields(policy, history)).toEqual(fields);
  });
});
