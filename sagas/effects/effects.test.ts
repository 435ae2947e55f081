import { aggregates } from '../../commands';
import { creditLineId } from '../../domain/kernel';
import { policyHash, shippedPolicy } from '../../risk/policy';
import { APPLICATION, dearOffering, LOAN, type SagaHouse, sagaHouse } from '../../tests/support/saga-house';

const DAY = 24 * 3_600_000;

let house: SagaHouse;
afterEach(() => house.close());

const open = async (options: Parameters<typeof sagaHouse>[0] = {}): Promise<void> => {
  house = await sagaHouse(options);
  await house.publish();
};

const freeCredit = async (): Promise<boolean> => {
  const { state } = await house.bus.load(aggregates.creditLine, creditLineId(house.borrower));
  return state.status === 'open' && [...state.reservations.values()].every(({ status }) => status === 'released');
};

describe('identity', () => {
  const standing = async () => (await house.bus.load(aggregates.borrower, house.borrower)).state.status;

  it('that the provider confirms makes a verified borrower with a credit line', async () => {
    await open();
    await house.register();
    expect(await standing()).toBe('verified');
    expect(await freeCredit()).toBe(true);
  });

  it('of which the provider says nothing proves nothing; nobody is verified by silence', async () => {
    await open();
    house.sandbox.behave('bureau', { operations: { verify: 'server-error' } });
    await house.register();
    expect(await standing()).toBe('registered');
    expect(await house.typesOf(house.borrower)).toContain('IdentityCheckFailed');
    expect(await house.sagas.listParked()).toEqual([]);
  });
});

describe('an assessment', () => {
  it('records what it was decided from: features, source under its consent, policy, score', async () => {
    await open();
    await house.register();
    await house.apply();
    const state = await house.application();
    expect(state).toMatchObject({
      status: 'approved',
      decision: {
        outcome: 'approve',
        policy: { name: 'consumer-credit', hash: policyHash(shippedPolicy) },
        features: { age: 36, identityVerified: true, creditHistory: 'none-or-paid', termMonths: 12, amount: 6000 },
        sources: expect.arrayContaining([
          expect.objectContaining({ source: 'bureau', outcome: 'answered', consentId: 'credit-bureau' }),
        ]),
        granted: { amount: '6000.00', currency: 'CNY' },
      },
    });
  });

  it('without the bureau goes to a person, and says so', async () => {
    await open();
    await house.register();
    house.sandbox.behave('bureau', { operations: { report: 'hang' } });
    await house.apply();
    expect(await house.application()).toMatchObject({
      status: 'referred',
      decision: {
        reasons: ['BUREAU_UNAVAILABLE'],
        sources: expect.arrayContaining([
          expect.objectContaining({ source: 'bureau', outcome: expect.stringMatching('timed-out|failed') }),
        ]),
      },
    });
  });

  it('without consent asks nobody, and rejects', async () => {
    await open();
    await house.register();
    const consentId = 'credit-bureau';
    await house.give({ type: 'WithdrawConsent', data: { borrowerId: house.borrower, consentId } }, 'withdraw');
    await house.apply();
    expect(await house.application()).toMatchObject({ status: 'rejected', reasons: ['CONSENT_MISSING'] });
    expect(await freeCredit()).toBe(true);
  });

  it('of an offer that the law no longer allows rejects it, with everything on record; it is not left undecided', async () => {
    // Four times the one-year loan prime rate: 12.4 % until 19 May 2025, 12 % from then on.
    house = await sagaHouse();
    house.clock.advance(Date.parse('2025-05-19T02:00:00.000Z') - house.clock.now());
    await house.publish(dearOffering);
    await house.register();
    house.clock.advance(2 * DAY);
    await house.apply();
    const types = await house.typesOf(APPLICATION);
    expect(types).toEqual(['ApplicationSubmitted', 'DecisionStarted', 'ApplicationRejected']);
    expect(await house.application()).toMatchObject({ status: 'rejected', reasons: ['OFFER_ABOVE_CAP'] });
    expect(await freeCredit()).toBe(true);
    expect(await house.sagas.listParked()).toEqual([]);
  });
});

describe('a signature', () => {
  const readyToSign = async (): Promise<void> => {
    await open();
    await house.register();
    await house.apply();
  };

  it('that the authority refuses makes no loan; the offer runs out and the credit is free again', async () => {
    await readyToSign();
    house.sandbox.behave('esign', { operations: { sign: 'refuse' } });
    await house.sign();
    expect((await house.application()).status).toBe('signature-requested');
    await house.pass(9 * DAY);
    expect((await house.application()).status).toBe('expired');
    expect((await house.loan()).status).toBe('none');
    expect(await freeCredit()).toBe(true);
  });

  it.each(['server-error', 'unsigned', 'garbage'] as const)(
    'that proves nothing (%s) makes no loan and is put aside; tried again, it is signed once',
    async (behaviour) => {
      await readyToSign();
      house.sandbox.behave('esign', { operations: { sign: behaviour } });
      await house.sign();
      const [parked] = await house.sagas.listParked();
      expect(parked).toMatchObject({ saga: 'contracting', key: APPLICATION, state: 'parked' });
      expect((await house.loan()).status).toBe('none');
      house.sandbox.behave('esign', {});
      await house.pass(5_000);
      expect(await house.sagas.retryParked(parked?.id ?? '')).toMatchObject({ kind: 'handled' });
      await house.settled();
      expect((await house.loan()).status).toBe('lent');
      expect((await house.typesOf(APPLICATION)).filter((type) => type === 'ContractSigned')).toHaveLength(1);
      expect(await house.typesOf(LOAN)).toEqual(['LoanOpened', 'LoanDisbursed']);
    },
  );
});
