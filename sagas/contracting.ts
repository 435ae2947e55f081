import { aggregates } from '../commands';
import { applicationIdSchema, assert, loanId } from '../domain/kernel';
import { command, effect, type HouseSaga } from './house-saga';

/** From the wish to sign to an opened loan: the e-sign authority is asked, and a signed contract becomes a loan. */
export const contracting: HouseSaga = {
  name: 'contracting',
  types: ['SignatureRequested', 'ContractSigned'],
  key: ({ stream }) => stream,
  react: async (event, view) => {
    switch (event.type) {
      case 'SignatureRequested':
        return [
          effect('sign', {
            kind: 'sign-contract',
            applicationId: applicationIdSchema.parse(event.stream),
            documentHash: event.data.documentHash,
          }),
        ];
      case 'ContractSigned': {
        const applicationId = applicationIdSchema.parse(event.stream);
        const application = (await view.load(aggregates.application, applicationId)).state;
        assert(application.status === 'signed', `${applicationId} is signed, its state is ${application.status}`);
        const borrower = (await view.load(aggregates.borrower, application.borrowerId)).state;
        assert('cards' in borrower, `${application.borrowerId} has signed but is not known`);
        const payee = borrower.cards.find(({ cardId }) => cardId === application.cardId);
        assert(payee !== undefined, `${applicationId}: the contract's card is not bound`);
        return [
          command('open-loan', {
            type: 'OpenLoan',
            data: {
              loanId: loanId(applicationId),
              applicationId,
              borrowerId: application.borrowerId,
              productId: application.productId,
              contract: application.offer,
              documentHash: event.data.documentHash,
              payee: { cardId: payee.cardId, bank: payee.bank, lastFour: payee.lastFour },
            },
          }),
        ];
      }
      default:
        return [];
    }
  },
};
