import { benchClosing } from './closing';

test('a day that is closed by two schedulers at once, killed twenty times on the way, ends like any other', async () => {
  const size = { loans: 200, busy: 20, rounds: 1, kills: 20 };
  // It fails where one of the kills came too late, a chain or an entry is broken, or the facts are not the same.
  const [closed, killed] = await benchClosing(size);
  expect(killed?.work).toBe(closed?.work);
}, 300_000);
