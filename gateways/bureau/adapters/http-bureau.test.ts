import { type OutsideWorld, outsideWorld } from '../../../tests/support/outside-world';
import { magicIdNumber, personDigest, type SandboxPerson } from '../../sandbox';

const NAME = '韩梅梅';
const PHONE = '13800138000';
const ID_NUMBER = '310101199001011234';
const report = (idNumber: string, requestId: string) => ({ idNumber, name: NAME, consentId: 'consent-1', requestId });
const check = (idNumber: string, requestId: string, phone = PHONE) => ({ idNumber, name: NAME, phone, requestId });

const PERSON: SandboxPerson = {
  idNumber: personDigest(ID_NUMBER),
  identity: { name: personDigest(NAME), phone: personDigest(PHONE) },
  file: {
    checkingStatus: 'negative',
    creditHistory: 'critical',
    savings: 'below-100',
    existingCredits: '4-5',
    otherInstallmentPlans: 'stores',
    existingMonthlyDebt: { amount: '1234.50', currency: 'CNY' },
    blacklisted: false,
  },
};

describe('A credit bureau and identity verification over HTTP', () => {
  let world: OutsideWorld;
  beforeAll(async () => {
    world = await outsideWorld();
    world.sandbox.putPeople([PERSON]);
  });
  beforeEach(() => world.sandbox.behave('bureau', {}));
  afterAll(() => world.close());

  it('reports the file of a person it was told of', async () => {
    const outcome = await world.bureau.report(report(ID_NUMBER, 'r-1'));
    expect(outcome).toEqual({ outcome: 'answered', report: { ...PERSON.file, reference: expect.any(String) } });
  });

  it('keeps one reference for one enquiry', async () => {
    const first = await world.bureau.report(report(ID_NUMBER, 'r-2'));
    expect(await world.bureau.report(report(ID_NUMBER, 'r-2'))).toEqual(first);
    expect(await world.bureau.report(report(ID_NUMBER, 'r-3'))).not.toEqual(first);
  });

  it('has the same file for a person it was not told of, every time', async () => {
    const other = await outsideWorld();
    try {
      const here = await world.bureau.report(report('440101198805055678', 'r-4'));
      expect(here.outcome).toBe('answered');
      expect(await other.bureau.report(report('440101198805055678', 'r-4'))).toEqual(here);
    } finally {
      await other.close();
    }
  });

  it('tells whether name, ID number and phone belong together', async () => {
    expect(await world.verifier.verify(check(ID_NUMBER, 'v-1'))).toMatchObject({
      outcome: 'answered',
      result: 'match',
    });
    expect(await world.verifier.verify(check(ID_NUMBER, 'v-2', '13900139000'))).toMatchObject({ result: 'mismatch' });
  });

  it('finds what magic ID numbers call for', async () => {
    expect(await world.verifier.verify(check(magicIdNumber('mismatch'), 'v-3'))).toMatchObject({ result: 'mismatch' });
    expect(await world.verifier.verify(check(magicIdNumber('unknown'), 'v-4'))).toMatchObject({ result: 'unknown' });
    expect(await world.bureau.report(report(magicIdNumber('blacklisted'), 'r-5'))).toMatchObject({
      outcome: 'answered',
      report: { blacklisted: true },
    });
  });

  it.each([
    ['hang', 'timed-out', 'timed-out'],
    ['timeout-after-doing', 'timed-out', 'timed-out'],
    ['trickle', 'timed-out', 'timed-out'],
    ['server-error', 'failed', 'server-error'],
    ['reset', 'failed', 'connection-failed'],
    ['garbage', 'failed', 'unparsable'],
    ['unsigned', 'failed', 'unsigned'],
    ['badly-signed', 'failed', 'badly-signed'],
    ['oversized', 'failed', 'too-large'],
    ['refuse', 'failed', 'declined'],
  ] as const)('when it is %s, gives no report: %s', async (behaviour, outcome, reason) => {
    expect(await world.bureau.report(report(magicIdNumber(behaviour), `x-${behaviour}`))).toEqual({ outcome, reason });
    world.sandbox.behave('bureau', { behaviour });
    expect(await world.verifier.verify(check(ID_NUMBER, `y-${behaviour}`))).toEqual({ outcome, reason });
  });

  it('waits for a slow answer within the deadline', async () => {
    world.sandbox.behave('bureau', { behaviour: 'slow', slowMs: 20 });
    expect((await world.bureau.report(report(ID_NUMBER, 'r-slow'))).outcome).toBe('answered');
    world.sandbox.behave('bureau', { behaviour: 'slow', slowMs: 600_000 });
    expect((await world.bureau.report(report(ID_NUMBER, 'r-slower'))).outcome).toBe('timed-out');
  });
});
