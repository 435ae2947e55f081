import { livesOneLoan } from './support/one-loan-life';
import { Stage } from './support/stage';

describe('one loan', () => {
  it('lives its whole life on the embedded house', async () => {
    const stage = await Stage.open();
    try {
      await livesOneLoan(stage);
      expect(stage.logged.filter((line) => /"log.level":"(warn|error|fatal)"/.test(line))).toEqual([]);
    } finally {
      await stage.close();
    }
  });
});
