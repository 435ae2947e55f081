import type { BorrowerEvent } from '../domain/borrower';
import { InvariantError, Personal } from '../domain/kernel';
import {
  application,
  borrower,
  contract,
  lives,
  offer,
  request,
  signatureRequested,
  signed,
} from '../tests/support/application-lives';
import { indexFor } from '../tests/support/command-house';
import { sagaSpecification, wantsCommand, wantsEffect } from '../tests/support/saga-specification';
import { contracting } from './contracting';

const { given, keyOf } = sagaSpecification(contracting);

const somebody: readonly BorrowerEvent[] = [
  {
    type: 'BorrowerRegistered',
    data: {
      name: Personal.of('n'),
      idNumber: Personal.of('i'),
      phone: Personal.of('p'),
      birthDate: Personal.of('b'),
      idNumberIndex: indexFor('i'),
      phoneIndex: indexFor('p'),
      region: '31',
    },
  },
  {
    type: 'BankCardBound',
    data: {
      cardId: request.cardId,
      cardNumber: Personal.of('c'),
      cardIndex: indexFor('c'),
      bank: 'Test Bank',
      lastFour: '4242',
    },
  },
];

describe('contracting', () => {
  it('has the contract signed when the borrower wants it', () =>
    given({})
      .when(application, signatureRequested)
      .wants([
        wantsEffect('sign', {
          kind: 'sign-contract',
          applicationId: application,
          documentHash: contract.documentHash,
        }),
      ]));

  it('makes a loan of a signed contract: what was offered, and the card that was named', () =>
    given({ [application]: lives.signed, [borrower]: somebody })
      .when(application, signed)
      .wants([
        wantsCommand('open-loan', 'OpenLoan', {
          loanId: 'loan-4q2m',
          applicationId: application,
          borrowerId: borrower,
          productId: request.productId,
          contract: offer,
          documentHash: contract.documentHash,
          payee: { cardId: request.cardId, bank: 'Test Bank', lastFour: '4242' },
        }),
      ]));

  it('stops where the card of the contract is not bound: nobody is paid on a guess', () =>
    expect(
      given({ [application]: lives.signed, [borrower]: somebody.slice(0, 1) })
        .when(application, signed)
        .wantsNothing(),
    ).rejects.toThrow(InvariantError));

  it('keeps the order of what happens to one application', () => {
    expect(keyOf(application, signed)).toBe(application);
  });
});
