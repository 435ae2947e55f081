import { shippedModels } from './app/models';
import { checkPolicy } from './risk/decision';
import { shippedPolicy } from './risk/policy';
test('x', async () => { console.log(JSON.stringify(await checkPolicy(shippedPolicy, shippedModels), null, 1)); });
