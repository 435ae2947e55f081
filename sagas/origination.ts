import { aggregates, type StateReader } from '../commands';
import {
  type ApplicationId,
  addDays,
  applicationIdSchema,
  assert,
  type BorrowerId,
  creditLineId,
  type MoneyText,
  startOf,
} from '../domain/kernel';
import { command, effect, type Fact, type HouseSaga, nothing, type Reaction } from './house-saga';

const applicationOf = async (view: StateReader, id: ApplicationId) => {
  const { state } = await view.load(aggregates.application, id);
  assert(state.status !== 'none', `${id} has facts but no state`);
  return state;
};

const borrowerOf = async (view: StateReader, id: ApplicationId): Promise<BorrowerId> =>
  (await applicationOf(view, id)).borrowerId;

const amountOf = async (view: StateReader, id: ApplicationId): Promise<MoneyText> =>
  (await applicationOf(view, id)).amount;

/** The moment of a fact: nothing that comes later has a part in what follows from it. */
const momentOf = ({ position, meta }: Fact<'DecisionStarted'>) => ({ position, at: Date.parse(meta.bookedAt) });

/** Where the line has no room, the application is rejected for that. */
const reserve = (applicationId: ApplicationId, borrower: BorrowerId, amount: MoneyText): Reaction =>
  command(
    'reserve-credit',
    { type: 'ReserveCredit', data: { creditLineId: creditLineId(borrower), applicationId, amount } },
    () => [
      command('reject', { type: 'RejectApplication', data: { applicationId, reasons: ['CREDIT_LINE_INSUFFICIENT'] } }),
    ],
  );

const release = (applicationId: ApplicationId, borrower: BorrowerId, reason: string): Reaction =>
  command('release-credit', {
    type: 'ReleaseCredit',
    data: { creditLineId: creditLineId(borrower), applicationId, reason },
  });

/**
 * From submission to an offer: reserve in the credit line, gather, decide, and give back what did not become a loan.
 */
export const origination: HouseSaga = {
  name: 'origination',
  types: [
    'ApplicationSubmitted',
    'CreditReserved',
    'DecisionStarted',
    'ApplicationApproved',
    'ApplicationRejected',
    'HumanReviewRequested',
    'ApplicationExpired',
    'ApplicationWithdrawn',
  ],
  key: (event) => (event.type === 'CreditReserved' ? event.data.applicationId : event.stream),
  react: async (event, view) => {
    if (event.type === 'CreditReserved') {
      const { applicationId } = event.data;
      return [command('start-decision', { type: 'StartDecision', data: { applicationId } }, nothing)];
    }
    const applicationId = applicationIdSchema.parse(event.stream);
    switch (event.type) {
      case 'ApplicationSubmitted':
        return [reserve(applicationId, event.data.borrowerId, event.data.amount)];
      case 'HumanReviewRequested':
        return [reserve(applicationId, event.data.borrowerId, await amountOf(view, applicationId))];
      case 'DecisionStarted':
        return [effect('assess', { kind: 'assess-application', applicationId, ...momentOf(event) })];
      case 'ApplicationApproved':
        return [
          { kind: 'deadline', name: 'offer-expiry', at: startOf(addDays(event.data.offerExpiresOn, 1)), data: {} },
        ];
      case 'ApplicationRejected':
        return [release(applicationId, await borrowerOf(view, applicationId), 'rejected')];
      case 'ApplicationExpired':
        return [release(applicationId, event.data.borrowerId, 'expired')];
      case 'ApplicationWithdrawn':
        return [release(applicationId, event.data.borrowerId, 'withdrawn')];
      default:
        return [];
    }
  },
  onDeadline: ({ key }) => [
    command('expire', { type: 'ExpireApplication', data: { applicationId: applicationIdSchema.parse(key) } }, nothing),
  ],
};
