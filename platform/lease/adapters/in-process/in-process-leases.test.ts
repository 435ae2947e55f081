import { randomUUID } from 'node:crypto';
import { describeLeases, holding } from '../../lease.contract';
import { InProcessLeases } from '.';

describeLeases('in process', async () => {
  const leases = new InProcessLeases();
  return { process: async () => leases, name: randomUUID, dispose: () => leases.close() };
});

describe('leases in process', () => {
  test('begin the work without a detour when they are free', () => {
    const leases = new InProcessLeases();
    let begun = false;
    const work = async (): Promise<void> => {
      begun = true;
    };
    void leases.hold('relay', work);
    expect(begun).toBe(true);
  });

  test('are handed over in the order of asking, and nobody gets in between', async () => {
    const leases = new InProcessLeases();
    const order: string[] = [];
    const note = (what: string) => async () => void order.push(what);
    const first = await holding(leases, 'relay');
    const waiting = ['second', 'third'].map((what) => leases.hold('relay', note(what)));
    const letGo = first.letGo();
    await first.held;
    const late = leases.hold('relay', note('late'));
    await Promise.all([letGo, ...waiting, late]);
    expect(order).toEqual(['second', 'third', 'late']);
  });

  test('tokens count the holders of each name', async () => {
    const leases = new InProcessLeases();
    const tokens: bigint[] = [];
    for (const name of ['a', 'b', 'a', 'a']) await leases.hold(name, async ({ token }) => void tokens.push(token));
    expect(tokens).toEqual([1n, 1n, 2n, 3n]);
  });
});
