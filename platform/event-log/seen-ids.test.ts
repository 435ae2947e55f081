import { uuidV5 } from '../runtime';
import { SeenIds } from './seen-ids';

const idOf = (n: number): string => uuidV5('2ed6657d-e927-568b-95e1-2665a8aea6a2', String(n));

describe('seen ids', () => {
  it('overlooks none that was there, and rarely takes a new one for an old one', () => {
    const seen = new SeenIds();
    let mistaken = 0;
    for (let n = 0; n < 50_000; n += 1) if (seen.maybeSeen(idOf(n))) mistaken += 1;
    expect(mistaken).toBeLessThan(5);
    for (let n = 0; n < 50_000; n += 1) if (!seen.maybeSeen(idOf(n))) throw new Error(`overlooked ${n}`);
  });

  it('takes texts that are no ids', () => {
    const seen = new SeenIds();
    expect([seen.maybeSeen(''), seen.maybeSeen(''), seen.maybeSeen('zz'), seen.maybeSeen('é')].slice(0, 2)).toEqual([
      false,
      true,
    ]);
  });
});
