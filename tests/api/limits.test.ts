import { OPERATOR, Stage } from '../support/stage';

test('a borrower calls so often and no more; the staff, and other borrowers, are served', async () => {
  const stage = await Stage.open({ environment: { USANCE_REQUESTS_PER_SECOND: '0.01' } });
  const calls = (id: string) => stage.get({ kind: 'borrower', id }, '/v1/products');
  try {
    const [first, second] = [await calls('borrower-1'), await calls('borrower-1')];
    expect([first.status, second.status]).toEqual([200, 429]);
    expect(second.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(second.body).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect((await calls('borrower-2')).status).toBe(200);
    for (let n = 0; n < 3; n += 1) expect((await stage.get(OPERATOR, '/v1/products')).status).toBe(200);
  } finally {
    await stage.close();
  }
});
