import type { ConsentScope } from '../domain/borrower';
import { borrowerId, creditLineId, identityId, instant, type MoneyText } from '../domain/kernel';
import { indexFor } from '../tests/support/command-house';
import { sagaSpecification, wantsCommand, wantsEffect } from '../tests/support/saga-specification';
import { onboarding } from './onboarding';

const LI = borrowerId('li');
const limit: MoneyText = { amount: '50000.00', currency: 'CNY' };
const { given } = sagaSpecification(onboarding({ firstCreditLimit: limit }));

const consentTo = (scope: ConsentScope) =>
  ({
    type: 'ConsentGranted',
    data: { consentId: 'c1', scope, purpose: 'p', textVersion: '1', textHash: 'h', channel: 'app' },
  }) as const;

describe('onboarding', () => {
  it('has an identity checked as soon as that is consented to', () =>
    given({})
      .when(LI, consentTo('identity-verification'))
      .wants([wantsEffect('verify', { kind: 'verify-identity', borrowerId: LI })]));

  it.each(['credit-bureau', 'direct-debit', 'electronic-signature'] as const)(
    'does nothing about a consent to %s',
    (scope) => given({}).when(LI, consentTo(scope)).wantsNothing(),
  );

  it('opens the first credit line of who is verified', () =>
    given({})
      .when(LI, {
        type: 'IdentityVerified',
        data: { provider: 'bureau', reference: 'r1', checkedAt: instant('2026-03-02T02:00:00.000Z') },
      })
      .wants([
        wantsCommand('open-credit-line', 'OpenCreditLine', { creditLineId: creditLineId(LI), borrowerId: LI, limit }),
      ]));

  it('destroys the key of who is erased before their document is free again', () =>
    given({})
      .when(LI, { type: 'BorrowerErased', data: { idNumberIndex: indexFor('one'), reason: 'asked to' } })
      .wants([
        wantsEffect('destroy-key', { kind: 'destroy-data-key', borrowerId: LI }),
        wantsCommand('release-identity', 'ReleaseIdentity', {
          identityId: identityId(indexFor('one')),
          borrowerId: LI,
        }),
      ]));
});
