import { type AssociationNode, associationsOf, cleared, explore, linked, markedBad } from './associations';

const place = (n: number): string => n.toString().padStart(16, '0');
const END = place(9_999_999);

/** A graph as a projection keeps it: who was seen with what, one after the other. */
class Town {
  readonly nodes = new Map<string, AssociationNode>();
  #position = 0;

  seen(borrower: string, ...things: readonly string[]): string {
    this.#position += 1;
    const at = place(this.#position);
    this.nodes.set(borrower, linked(this.nodes.get(borrower), things, at));
    for (const thing of things) this.nodes.set(thing, linked(this.nodes.get(thing), [borrower], at));
    return at;
  }

  bad(key: string): string {
    this.#position += 1;
    this.nodes.set(key, markedBad(this.nodes.get(key), place(this.#position)));
    return place(this.#position);
  }

  async of(borrower: string, asOf = END) {
    const fetched: string[] = [];
    const around = await explore(borrower, asOf, async (keys) => {
      fetched.push(...keys);
      return new Map(keys.flatMap((key) => [...this.nodes].filter(([name]) => name === key)));
    });
    expect(new Set(fetched).size).toBe(fetched.length);
    return associationsOf(around, borrower, asOf);
  }
}

const who = (n: number): string => `borrower-${n}`;
const ALONE = {
  componentBorrowers: 1,
  sharedDevice: 0,
  sharedNetwork: 0,
  sharedPhone: 0,
  sharedCard: 0,
  ringBorrowers: 0,
  stepsToBad: null,
};

describe('the graph of who belongs together', () => {
  it('finds nobody around somebody who shares nothing, or is not known at all', async () => {
    const town = new Town();
    town.seen(who(1), 'device:1', 'network:1', 'phone:1', 'card:1');
    expect(await town.of(who(1))).toEqual(ALONE);
    expect(await town.of(who(2))).toEqual(ALONE);
  });

  it('does not take a household of four for a ring: one home, one network, each other’s phones', async () => {
    const town = new Town();
    for (const n of [1, 2, 3, 4]) {
      town.seen(who(n), `device:${n}`, `phone:${n}`, `card:${n}`, 'network:home', 'address:home', 'phone:1');
    }
    expect(await town.of(who(3))).toEqual({ ...ALONE, componentBorrowers: 4, sharedNetwork: 3, sharedPhone: 3 });
  });

  it.each([
    ['each shares a device with the next', (n: number) => [`device:${n}`, `device:${(n + 1) % 12}`]],
    ['each names the next as the one to call', (n: number) => [`phone:${n}`, `phone:${(n + 1) % 12}`]],
    ['all on three devices', (n: number) => [`device:${n % 3}`, 'network:den']],
    ['pairs on a card, all on one network', (n: number) => [`card:${n >> 1}`, 'network:den']],
    ['all to one card', () => ['card:1']],
  ])('finds a planted ring of twelve: %s', async (_how, things) => {
    const town = new Town();
    for (let n = 0; n < 12; n += 1) town.seen(who(n), ...things(n));
    for (let n = 100; n < 400; n += 1) town.seen(who(n), `device:${n}`, `card:${n}`);
    for (const n of [0, 5, 11]) {
      expect(await town.of(who(n))).toMatchObject({ componentBorrowers: 12, ringBorrowers: 12 });
    }
    expect(await town.of(who(200))).toEqual(ALONE);
  });

  it('does not take a dormitory for a ring, nor its couples', async () => {
    const town = new Town();
    for (let n = 0; n < 30; n += 1) town.seen(who(n), `device:${n >> (n < 4 ? 1 : 0)}-${n < 4}`, 'network:dormitory');
    expect(await town.of(who(20))).toMatchObject({ componentBorrowers: 30, sharedNetwork: 29, ringBorrowers: 0 });
    expect(await town.of(who(0))).toMatchObject({ sharedDevice: 1, ringBorrowers: 0 });
  });

  it('goes through no public place: an address of hundreds connects nobody', async () => {
    const town = new Town();
    for (let n = 0; n < 500; n += 1) town.seen(who(n), `device:${n}`, 'network:gateway');
    expect(await town.of(who(0))).toEqual(ALONE);
    expect(await town.of(who(499))).toEqual(ALONE);
    expect(Object.keys(town.nodes.get('network:gateway')?.links ?? {}).length).toBeLessThanOrEqual(40);
  });

  it('counts the steps to somebody known to be bad, themselves or by a lost loan', async () => {
    const town = new Town();
    town.seen(who(1), 'device:a');
    town.seen(who(2), 'device:a', 'card:b');
    town.seen(who(3), 'card:b');
    town.seen(who(4), 'network:of-all', 'address:of-all');
    town.seen(who(3), 'loan-3', 'network:of-all', 'address:of-all');
    town.bad('loan-3');
    expect((await town.of(who(1))).stepsToBad).toBe(2);
    expect((await town.of(who(4))).stepsToBad).toBeNull();
    expect((await town.of(who(3))).stepsToBad).toBe(0);
    town.bad(who(2));
    expect((await town.of(who(1))).stepsToBad).toBe(1);
    town.nodes.set(who(2), cleared(town.nodes.get(who(2))));
    expect((await town.of(who(1))).stepsToBad).toBe(2);
  });

  it('is what it was at the position of the decision, whatever has come in since', async () => {
    const town = new Town();
    const first = town.seen(who(1), 'device:a', 'network:b');
    const second = town.seen(who(2), 'device:a');
    const third = town.bad(who(2));
    for (let n = 10; n < 100; n += 1) town.seen(who(n), 'network:b');
    expect(await town.of(who(1), first)).toEqual(ALONE);
    expect(await town.of(who(1), second)).toEqual({ ...ALONE, componentBorrowers: 2, sharedDevice: 1 });
    expect(await town.of(who(1), third)).toMatchObject({ stepsToBad: 1 });
  });

  it('looks at so much and no more', async () => {
    const town = new Town();
    for (let n = 0; n < 5_000; n += 1) town.seen(who(n), `device:${n}`, `device:${n + 1}`);
    const { componentBorrowers } = await town.of(who(2_500));
    expect(componentBorrowers).toBeGreaterThan(100);
    expect(componentBorrowers).toBeLessThanOrEqual(500);
  });
});
