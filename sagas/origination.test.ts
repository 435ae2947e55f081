import { creditLineId } from '../domain/kernel';
import {
  application,
  approved,
  borrower,
  cny,
  expired,
  LAST_DAY,
  lives,
  rejected,
  submitted,
} from '../tests/support/application-lives';
import { sagaSpecification, wantsCommand, wantsDeadline, wantsEffect } from '../tests/support/saga-specification';
import { origination } from './origination';

const { given, keyOf } = sagaSpecification(origination);

const LINE = creditLineId(borrower);
const release = (reason: string) =>
  wantsCommand('release-credit', 'ReleaseCredit', { creditLineId: LINE, applicationId: application, reason });
const reserved = { type: 'CreditReserved', data: { applicationId: application, amount: cny('12000.00') } } as const;

describe('origination', () => {
  it('reserves what was asked for in the borrower’s credit line', () =>
    given({})
      .when(application, submitted)
      .wants([
        wantsCommand('reserve-credit', 'ReserveCredit', {
          creditLineId: LINE,
          applicationId: application,
          amount: cny('12000.00'),
        }),
      ]));

  it.each(['CREDIT_LINE_INSUFFICIENT', 'CREDIT_LINE_FROZEN'])('rejects at once where that is refused (%s)', (code) =>
    given({})
      .when(application, submitted)
      .wantsIfRefused('reserve-credit', code, [
        wantsCommand('reject', 'RejectApplication', {
          applicationId: application,
          reasons: ['CREDIT_LINE_INSUFFICIENT'],
        }),
      ]),
  );

  it('decides once the amount is reserved; a withdrawal that was faster is no matter', async () => {
    const started = given({}).when(LINE, reserved);
    await started.wants([wantsCommand('start-decision', 'StartDecision', { applicationId: application })]);
    await started.wantsIfRefused('start-decision', 'WRONG_STATUS', []);
  });

  it('asks for an assessment when the decision has started', () =>
    given({})
      .when(application, { type: 'DecisionStarted', data: {} })
      .wants([
        wantsEffect('assess', {
          kind: 'assess-application',
          applicationId: application,
          position: '1',
          at: Date.parse('2026-03-02T02:00:00.000Z'),
        }),
      ]));

  it('lets an offer run out with the end of its last day, China time', async () => {
    expect(LAST_DAY).toBe('2026-03-09');
    await given({})
      .when(application, approved)
      .wants([wantsDeadline('offer-expiry', '2026-03-09T16:00:00.000Z')]);
    const due = given({}).whenDue(application, 'offer-expiry');
    await due.wants([wantsCommand('expire', 'ExpireApplication', { applicationId: application })]);
    await due.wantsIfRefused('expire', 'WRONG_STATUS', []);
  });

  it('gives back what was reserved, whatever the end', async () => {
    await given({ [application]: lives.rejected })
      .when(application, rejected)
      .wants([release('rejected')]);
    await given({})
      .when(application, expired)
      .wants([release('expired')]);
    await given({})
      .when(application, { type: 'ApplicationWithdrawn', data: { reason: 'changed my mind', borrowerId: borrower } })
      .wants([release('withdrawn')]);
  });

  it('keeps the order of what happens to one application', () => {
    expect(keyOf(application, submitted)).toBe(application);
    expect(keyOf(LINE, reserved)).toBe(application);
  });
});
