import { aggregates } from '../../commands';
import { CONSENT_SCOPES } from '../../domain/borrower';
import { applicationId, blindIndexSchema, Personal } from '../../domain/kernel';
import { SOURCES } from '../../risk/features';
import { listDocumentSchema } from '../../risk/lists';
import { APPLICATION, type SagaHouse, sagaHouse } from '../../tests/support/saga-house';

const index = (letter: string) => blindIndexSchema.parse(letter.repeat(32));
const origin = {
  deviceIndex: index('d'),
  networkIndex: index('n'),
  subnetIndex: index('s'),
  phoneIndex: index('p'),
  cardIndex: index('c'),
  deviceId: Personal.of('device-of-li'),
  networkAddress: Personal.of('203.0.113.9'),
  session: { seconds: 200, keystrokes: 150, pastes: 0, corrections: 2, departures: 0 },
};
const PARTNERS = ['bureau', 'antifraud', 'telecom', 'device', 'courts'] as const;

let house: SagaHouse;
afterEach(() => house.close());

const open = async (options: Parameters<typeof sagaHouse>[0] = {}): Promise<void> => {
  house = await sagaHouse(options);
  await house.publish();
};

const decisionOn = async (id = APPLICATION) => {
  const { state } = await house.bus.load(aggregates.application, id);
  if (!('decision' in state)) throw new Error(`the application is ${state.status}`);
  return state.decision;
};
const outcomesOf = ({ sources }: Awaited<ReturnType<typeof decisionOn>>) =>
  Object.fromEntries(sources.map(({ source, outcome }) => [source, outcome]));

describe('what is gathered for a decision', () => {
  it('comes from every source at once, each under its own consent, and is all on record', async () => {
    await open({ limits: { deadlineMs: 20_000 } });
    await house.register(CONSENT_SCOPES);
    await house.apply(origin);
    const decision = await decisionOn();
    expect(outcomesOf(decision)).toEqual({
      ...Object.fromEntries(PARTNERS.map((source) => [source, 'answered'])),
      history: 'answered',
      counters: 'answered',
      associations: 'answered',
    });
    for (const { source, consentId, tookMs, ageMs } of decision.sources) {
      expect(consentId).toBe(SOURCES[source as keyof typeof SOURCES].scope ?? undefined);
      expect(tookMs).toBeGreaterThanOrEqual(0);
      if (consentId) expect(ageMs).toBe(0);
    }
    expect(decision.features).toMatchObject({
      creditHistory: 'none-or-paid',
      threeFactors: 'match',
      earlierApplications: 0,
      deviceApplications1h: 1,
      cardBorrowers7d: 1,
      componentBorrowers: 1,
      stepsToBad: null,
      denyListed: false,
      anonymousNetwork: false,
      formSeconds: 200,
      scriptedInput: 0,
    });
    const missing = Object.entries(decision.features).filter(([, value]) => value === null);
    expect(missing.map(([name]) => name).sort()).toEqual(['daysSinceRejection', 'minutesSinceLast', 'stepsToBad']);
  });

  it.each(PARTNERS)('is decided from without %s when that hangs; nothing is made up for it', async (partner) => {
    await open();
    await house.register(CONSENT_SCOPES);
    house.sandbox.behave(partner, { behaviour: 'hang' });
    await house.apply(origin);
    const decision = await decisionOn();
    expect(decision.sources.find(({ source }) => source === partner)).toMatchObject({ outcome: 'timed-out' });
    const own = { bureau: 'blacklisted', antifraud: 'fraudScore', telecom: 'threeFactors' } as const;
    const feature = { ...own, device: 'deviceRisk', courts: 'enforcements' }[partner];
    expect(decision.features[feature]).toBeNull();
    expect(decision.features['deviceApplications1h']).toBe(1);
  });

  it('comes from nobody that the borrower has not agreed to', async () => {
    await open();
    await house.register();
    await house.apply(origin);
    expect(outcomesOf(await decisionOn())).toMatchObject({
      bureau: 'answered',
      antifraud: 'no-consent',
      telecom: 'no-consent',
      device: 'no-consent',
      courts: 'no-consent',
    });
    const asked = house.calls.map(({ partner }) => partner);
    expect(asked).toContain('bureau');
    for (const partner of ['antifraud', 'telecom', 'device', 'courts']) expect(asked).not.toContain(partner);
  });

  it('is what was said a moment ago, with its age, while that is fresh; and nothing once the consent is gone', async () => {
    await open({ limits: { deadlineMs: 20_000 } });
    await house.register(CONSENT_SCOPES);
    await house.apply(origin);
    house.clock.advance(5 * 60_000);
    const consentId = 'anti-fraud';
    await house.give({ type: 'WithdrawConsent', data: { borrowerId: house.borrower, consentId } }, 'withdraw');
    const second = applicationId('second');
    await house.apply(origin, second);
    const decision = await decisionOn(second);
    expect(decision.sources).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ source: 'telecom', outcome: 'cached', ageMs: 5 * 60_000 }),
        expect.objectContaining({ source: 'antifraud', outcome: 'no-consent' }),
      ]),
    );
    expect(decision.features).toMatchObject({
      fraudScore: null,
      deviceApplications1h: 2,
      borrowerAmount7d: 12_000,
      minutesSinceLast: 5,
      earlierApplications: 1,
    });
  });

  it('says whose lists the borrower, their device or their network is on', async () => {
    const proxies = { name: 'proxies', effect: 'anonymous', networks: ['203.0.113.0/24'] };
    const known = { name: 'known-devices', effect: 'deny', devices: [origin.deviceIndex] };
    await open({ lists: [proxies, known].map((document) => listDocumentSchema.parse(document)) });
    await house.register();
    await house.apply(origin);
    const [rejected] = await house.eventsOf(APPLICATION, 'ApplicationRejected');
    const decision = rejected?.data.decision;
    expect(decision?.features).toMatchObject({ denyListed: true, anonymousNetwork: true, allowListed: false });
    expect(Object.keys(decision?.basis?.lists ?? {})).toEqual(['known-devices', 'proxies']);
  });
});
