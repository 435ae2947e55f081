import { borrowerIdSchema, creditLineId, identityId, type MoneyText } from '../domain/kernel';
import { command, effect, type HouseSaga } from './house-saga';

export interface OnboardingTerms {
  /** What a newly verified borrower may owe in all. */
  readonly firstCreditLimit: MoneyText;
}

/** From registration to a borrower who can apply: identity check, first credit line; and, one day, erasure. */
export const onboarding = ({ firstCreditLimit }: OnboardingTerms): HouseSaga => ({
  name: 'onboarding',
  types: ['ConsentGranted', 'IdentityVerified', 'BorrowerErased'],
  key: ({ stream }) => stream,
  react: (event) => {
    const borrowerId = borrowerIdSchema.parse(event.stream);
    switch (event.type) {
      case 'ConsentGranted':
        return event.data.scope === 'identity-verification'
          ? [effect('verify', { kind: 'verify-identity', borrowerId })]
          : [];
      case 'IdentityVerified':
        return [
          command('open-credit-line', {
            type: 'OpenCreditLine',
            data: { creditLineId: creditLineId(borrowerId), borrowerId, limit: firstCreditLimit },
          }),
        ];
      case 'BorrowerErased':
        return [
          effect('destroy-key', { kind: 'destroy-data-key', borrowerId }),
          command('release-identity', {
            type: 'ReleaseIdentity',
            data: { identityId: identityId(event.data.idNumberIndex), borrowerId },
          }),
        ];
      default:
        return [];
    }
  },
});
