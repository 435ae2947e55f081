import { randomUUID } from 'node:crypto';
import { grandTour, type Toured, type Write } from '../support/grand-tour';
import { person } from '../support/people';
import { commandRoutesOf } from '../support/routes';
import { at, OPERATOR, Stage, type Told } from '../support/stage';

let stage: Stage;
let toured: Toured;

beforeAll(async () => {
  stage = await Stage.open();
  toured = await grandTour(stage);
});
afterAll(() => stage.close());

const again = ({ who, path, body, key }: Write, raw?: string): Promise<Told> =>
  stage.post(who, path, raw ?? body, { key });

/** Everything that was sent is sent again: what is answered, and whether anything was written. */
const everythingAgain = async () => {
  const before = await stage.head();
  for (const write of toured.writes) {
    const told = await again(write);
    expect({ route: write.route, status: told.status, body: told.body }).toEqual({
      route: write.route,
      status: write.told.status,
      body: write.told.body,
    });
    expect(told.headers.get('idempotency-replayed')).toBe('true');
    expect(told.headers.get('consistency-token')).not.toBeNull();
  }
  await stage.settled();
  expect(await stage.head()).toBe(before);
};

describe('the same request under the same key', () => {
  it('the tour has been by every route that gives a command', () => {
    const been = new Set(toured.writes.map(({ route }) => route));
    expect([...been].sort()).toEqual(
      commandRoutesOf(stage)
        .map(({ name }) => name)
        .sort(),
    );
    expect(toured.writes.filter(({ told }) => told.headers.get('idempotency-replayed') !== null)).toEqual([]);
  });

  it('has the same answer and no effect, on every route', everythingAgain);

  it('with another body is refused, on every route, and leaves nothing behind', async () => {
    const before = await stage.head();
    for (const write of toured.writes) {
      const told = await again(write, `${JSON.stringify(write.body)} `);
      expect({ route: write.route, status: told.status, code: at(told, 'code') }).toEqual({
        route: write.route,
        status: 422,
        code: 'IDEMPOTENCY_KEY_REUSED',
      });
      expect(told.headers.get('content-type')).toMatch('application/problem+json');
    }
    await stage.settled();
    expect(await stage.head()).toBe(before);
  });

  it('belongs to its caller: another one’s same key is another request', async () => {
    const registration = toured.writes.find(({ route }) => route === 'POST /v1/borrowers');
    const told = await stage.post(OPERATOR, '/v1/borrowers', registration?.body, { key: registration?.key ?? '' });
    expect({ status: told.status, code: at(told, 'code') }).toEqual({ status: 409, code: 'IDENTITY_TAKEN' });
  });

  it('a hundred times at once is done once', async () => {
    const { name, idNumber, phone } = person(77);
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => stage.post(OPERATOR, '/v1/borrowers', { name, idNumber, phone }, { key })),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
  });

  it('is known after a restart of the house too', async () => {
    await stage.end();
    await stage.begin();
    await everythingAgain();
  });

  it('that was refused is decided anew: only what was done is remembered', async () => {
    const key = randomUUID();
    const { name, phone } = person(78);
    const taken = person(77).idNumber;
    const body = { name, phone, idNumber: taken };
    expect(await stage.post(OPERATOR, '/v1/borrowers', body, { key })).toMatchObject({ status: 409 });
    const other = { ...body, idNumber: person(78).idNumber };
    expect(await stage.post(OPERATOR, '/v1/borrowers', other, { key })).toMatchObject({ status: 201 });
  });
});
