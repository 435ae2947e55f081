import { type OutsideWorld, outsideWorld } from '../../../tests/support/outside-world';
import { magicIdNumber } from '../../sandbox';
import { courtAnswerSchema } from '../court-register';
import { deviceAnswerSchema } from '../device-intelligence';
import { fraudAnswerSchema } from '../fraud-register';
import { operatorAnswerSchema } from '../phone-operator';

const [NAME, ID_NUMBER, PHONE] = ['韩梅梅', '310101199001011234', '13800138000'];
const covered = (requestId: string) => ({ consentId: 'c1', requestId });

describe('sources of information over HTTP', () => {
  let world: OutsideWorld;
  beforeAll(async () => {
    world = await outsideWorld({ limits: { deadlineMs: 20_000 } });
  });
  afterAll(() => world.close());

  const all = (key: string, idNumber = ID_NUMBER, deadlineMs = 20_000) => {
    const { antifraud, telecom, device, courts } = world.sources;
    return Promise.all([
      antifraud.ask({ idNumber, phone: PHONE, ...covered(key) }, deadlineMs),
      telecom.ask({ name: NAME, idNumber, phone: PHONE, ...covered(key) }, deadlineMs),
      device.ask({ deviceId: 'device-of-1', ...covered(key) }, deadlineMs),
      courts.ask({ name: NAME, idNumber, ...covered(key) }, deadlineMs),
    ]);
  };

  it('answer the same question the same way, under the same reference', async () => {
    const first = await all('q-1');
    expect(first.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'answered', 'answered']);
    expect(await all('q-1')).toEqual(first);
    expect(await all('q-2')).not.toEqual(first);
  });

  it('find what magic ID numbers call for', async () => {
    expect(await all('m-1', magicIdNumber('fraud-reported'))).toMatchObject([
      { answer: { reported: true } },
      {},
      {},
      {},
    ]);
    const [, telecom] = await all('m-2', magicIdNumber('mismatch'));
    expect(telecom).toMatchObject({ answer: { threeFactors: 'mismatch' } });
    const [, , , courts] = await all('m-3', magicIdNumber('enforced'));
    expect(courts).toMatchObject({ outcome: 'answered', answer: { enforcements: expect.any(Number) } });
    expect(courts.outcome === 'answered' && courts.answer.enforcements).toBeGreaterThan(0);
  });

  it('that hang are given up at the deadline of the question, and hold up no other', async () => {
    world.sandbox.behave('telecom', { behaviour: 'hang' });
    world.sandbox.behave('courts', { behaviour: 'slow', slowMs: 20 });
    expect((await all('h-1', ID_NUMBER, 2_000)).map(({ outcome }) => outcome)).toEqual([
      'answered',
      'timed-out',
      'answered',
      'answered',
    ]);
    world.sandbox.behave('courts', { behaviour: 'slow', slowMs: 600_000 });
    expect((await all('h-2', ID_NUMBER, 50)).at(-1)).toEqual({ outcome: 'timed-out', reason: 'timed-out' });
    world.sandbox.behave('telecom', {});
    world.sandbox.behave('courts', {});
  });
});

describe('an answer that brings raw records', () => {
  const reference = 'r-1';
  const operator = { threeFactors: 'match', monthsHeld: 12, activity: 'usual', reference };
  const device = { risk: 1, emulated: false, tampered: false, firstSeenDays: 3, reference };
  it.each([
    [operatorAnswerSchema, operator, { calls: [{ to: '13900139000', seconds: 61 }] }],
    [operatorAnswerSchema, operator, { messages: ['…'] }],
    [deviceAnswerSchema, device, { installedApps: ['com.example'] }],
    [deviceAnswerSchema, device, { imei: '490154203237518' }],
    [fraudAnswerSchema, { score: 1, reported: false, lendersAsked30d: 0, reference }, { contacts: [] }],
    [courtAnswerSchema, { enforcements: 0, reference }, { files: [] }],
  ])('is none', (schema, answer, raw) => {
    expect(schema.safeParse(answer).success).toBe(true);
    expect(schema.safeParse({ ...answer, ...raw }).success).toBe(false);
  });
});
