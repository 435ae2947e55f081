import * as life from '../../tests/support/application-lives';
import { specificationFor } from '../../tests/support/decider-specification';
import { instant } from '../kernel';
import { type ApplicationEvent, applicationDecider } from '.';

const { application, borrower, cny, lives, offer } = life;
const { given } = specificationFor(applicationDecider, life.TODAY);
const underwriter = (id: string) => ({ kind: 'underwriter', id }) as const;

const claimed = (reviewer: string): ApplicationEvent => ({
  type: 'ReviewClaimed',
  data: { reviewer, until: instant('2026-03-02T02:30:00.000Z') },
});
const endorsed: ApplicationEvent = { type: 'ReviewEndorsed', data: { reviewer: 'ann', note: 'payslips seen' } };
const claim = (id: string) =>
  ({ type: 'ClaimReview', actor: underwriter(id), data: { applicationId: application } }) as const;
const review = (id: string, approve: boolean, fourEyesAbove = '20000.00') =>
  ({
    type: 'ReviewApplication',
    actor: underwriter(id),
    data: { applicationId: application, approve, note: 'payslips seen', ...(approve ? { offer } : {}) },
    facts: { cap: '0.24', fourEyesAbove: cny(fourEyesAbove) },
  }) as const;

describe('a reviewer', () => {
  it('keeps others away for half an hour, and no longer', () => {
    given(lives.referred)
      .when(claim('ann'))
      .then([claimed('ann')]);
    const taken = [...lives.referred, claimed('ann')];
    given(taken).when(claim('ben')).thenRefused('REVIEW_CLAIMED');
    given(taken).when(review('ben', false)).thenRefused('REVIEW_CLAIMED');
    given(taken)
      .when({ ...claim('ben'), at: instant('2026-03-02T02:30:00.000Z') })
      .thenMatching([{ type: 'ReviewClaimed', data: { reviewer: 'ben' } }]);
    given(taken)
      .when(review('ann', false))
      .thenMatching([{ type: 'ApplicationRejected' }]);
  });

  it('gives a claim back', () => {
    const release = { ...claim('ann'), type: 'ReleaseReview' } as const;
    given([...lives.referred, claimed('ann')])
      .when(release)
      .then([{ type: 'ReviewReleased', data: { reviewer: 'ann' } }]);
    given([...lives.referred, claimed('ann')])
      .when({ ...release, actor: underwriter('ben') })
      .thenRefused('REVIEW_CLAIMED');
    given([...lives.referred, claimed('ann'), { type: 'ReviewReleased', data: { reviewer: 'ann' } }])
      .when(claim('ben'))
      .thenMatching([{ type: 'ReviewClaimed' }]);
  });

  it('approves alone up to the limit of the policy, and above it with a second one', () => {
    given(lives.referred)
      .when(review('ann', true, '12000.00'))
      .thenMatching([{ type: 'ApplicationApproved' }]);
    given(lives.referred)
      .when(review('ann', true, '11999.99'))
      .then([endorsed]);
    const once = [...lives.referred, endorsed];
    given(once)
      .when(review('ann', true, '11999.99'))
      .thenRefused('FOUR_EYES');
    given(once)
      .when(review('ben', true, '11999.99'))
      .thenMatching([{ type: 'ApplicationApproved', data: { review: { reviewer: 'ben' } } }]);
    given(once)
      .when(review('ben', false, '11999.99'))
      .thenMatching([{ type: 'ApplicationRejected' }]);
  });
});

describe('whoever the engine alone has rejected', () => {
  const ask = {
    type: 'RequestHumanReview',
    actor: { kind: 'borrower', id: borrower },
    data: { applicationId: application, borrowerId: borrower, reason: 'my income was not seen' },
  } as const;
  const asked: ApplicationEvent = {
    type: 'HumanReviewRequested',
    data: { reason: 'my income was not seen', borrowerId: borrower },
  };

  it('can ask that a person looks, who may approve or reject', () => {
    given(lives.rejected).when(ask).then([asked]);
    const again = [...lives.rejected, asked];
    given(again).when(ask).thenNothing();
    given(again)
      .when(review('ann', true))
      .thenMatching([{ type: 'ApplicationApproved' }]);
    given(again)
      .when(review('ann', false))
      .thenMatching([{ type: 'ApplicationRejected' }]);
  });

  it('can do so once: a person’s word stands', () => {
    const by = { reviewer: 'ann', note: 'payslips seen' };
    const rejected: ApplicationEvent = {
      type: 'ApplicationRejected',
      data: { reasons: ['REVIEWER_JUDGEMENT'], decision: life.decisionOf('reject'), review: by },
    };
    given([...lives.rejected, asked, rejected])
      .when(ask)
      .thenRefused('HUMAN_REVIEW_NOT_OPEN');
  });

  it('cannot ask in another’s name, nor where no engine was asked', () => {
    given(lives.rejected)
      .when({ ...ask, data: { ...ask.data, borrowerId: life.stranger } })
      .thenRefused('NOT_FOUND');
    given([...lives.submitted, { type: 'ApplicationRejected', data: { reasons: ['CREDIT_LINE_INSUFFICIENT'] } }])
      .when(ask)
      .thenRefused('HUMAN_REVIEW_NOT_OPEN');
  });

  it('is rejected again where the credit line has no room left', () => {
    given([...lives.rejected, asked])
      .when({ type: 'RejectApplication', data: { applicationId: application, reasons: ['CREDIT_LINE_INSUFFICIENT'] } })
      .then([{ type: 'ApplicationRejected', data: { reasons: ['CREDIT_LINE_INSUFFICIENT'] } }]);
  });
});
