import { specificationFor } from '../../tests/support/decider-specification';
import { blindIndexSchema, borrowerId, identityId } from '../kernel';
import { type IdentityEvent, identityDecider } from '.';

const { given } = specificationFor(identityDecider);
const document = identityId(blindIndexSchema.parse('a'.repeat(26)));
const [li, wang] = [borrowerId('li'), borrowerId('wang')];
const claim = (who: typeof li) => ({ type: 'ClaimIdentity', data: { identityId: document, borrowerId: who } }) as const;
const release = (who: typeof li) =>
  ({ type: 'ReleaseIdentity', data: { identityId: document, borrowerId: who } }) as const;
const claimed = (who: typeof li): IdentityEvent => ({ type: 'IdentityClaimed', data: { borrowerId: who } });
const released = (who: typeof li): IdentityEvent => ({ type: 'IdentityReleased', data: { borrowerId: who } });

describe('an identity document', () => {
  it('is claimed by the first borrower who brings it', () => {
    given([])
      .when(claim(li))
      .then([claimed(li)]);
  });

  it('is claimed once, however often its borrower claims it', () => {
    given([claimed(li)])
      .when(claim(li))
      .thenNothing();
  });

  it('is nobody else’s while it is claimed', () => {
    given([claimed(li)])
      .when(claim(wang))
      .thenRefused('IDENTITY_TAKEN');
  });

  it('is free for another registration once its borrower has been erased', () => {
    given([claimed(li)])
      .when(release(li))
      .then([released(li)]);
    given([claimed(li), released(li)])
      .when(claim(wang))
      .then([claimed(wang)]);
  });

  it('cannot be released by one who does not hold it', () => {
    given([claimed(li)])
      .when(release(wang))
      .thenNothing();
    given([]).when(release(li)).thenNothing();
    given([claimed(li), released(li)])
      .when(release(li))
      .thenNothing();
  });
});
