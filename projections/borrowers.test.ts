import type { BorrowerEvent } from '../domain/borrower';
import { instant, Personal } from '../domain/kernel';
import { indexFor } from '../tests/support/command-house';
import { documentsFrom } from '../tests/support/folding';
import { borrowers } from './borrowers';

const LI = 'borrower-li';
const CLEAR = 'a name in clear';

const registered: BorrowerEvent = {
  type: 'BorrowerRegistered',
  data: {
    name: Personal.of(CLEAR),
    idNumber: Personal.of(CLEAR),
    phone: Personal.of(CLEAR),
    birthDate: Personal.of(CLEAR),
    idNumberIndex: indexFor('id'),
    phoneIndex: indexFor('phone'),
    region: '31',
  },
};
const consent: BorrowerEvent = {
  type: 'ConsentGranted',
  data: {
    consentId: 'c1',
    scope: 'credit-bureau',
    purpose: 'p',
    textVersion: '2026-01',
    textHash: 'h',
    channel: 'app',
  },
};
const withdrawal: BorrowerEvent = { type: 'ConsentWithdrawn', data: { consentId: 'c1', scope: 'credit-bureau' } };
const verified: BorrowerEvent = {
  type: 'IdentityVerified',
  data: { provider: 'bureau', reference: 'r1', checkedAt: instant('2026-03-02T02:00:00.000Z') },
};
const checkFailed = (result: 'mismatch' | 'unknown'): BorrowerEvent => ({
  type: 'IdentityCheckFailed',
  data: { provider: 'bureau', reference: 'r2', result, checkedAt: instant('2026-03-02T02:00:00.000Z') },
});
const card: BorrowerEvent = {
  type: 'BankCardBound',
  data: {
    cardId: 'card-1',
    cardNumber: Personal.of(CLEAR),
    cardIndex: indexFor('card'),
    bank: 'Test Bank',
    lastFour: '4242',
  },
};
const frozen: BorrowerEvent = { type: 'BorrowerFrozen', data: { reason: 'suspicion' } };
const unfrozen: BorrowerEvent = { type: 'BorrowerUnfrozen', data: { reason: 'cleared' } };
const erased: BorrowerEvent = { type: 'BorrowerErased', data: { idNumberIndex: indexFor('id'), reason: 'asked to' } };

const docOf = (...events: readonly BorrowerEvent[]) =>
  documentsFrom(
    borrowers,
    events.map((event) => [LI, event] as const),
  ).get(LI);

describe('the borrowers', () => {
  it('show a standing, and nothing that identifies anybody', () => {
    const doc = docOf(registered, consent, card, verified);
    expect(doc).toMatchObject({
      id: LI,
      status: 'verified',
      region: '31',
      cards: [{ cardId: 'card-1', bank: 'Test Bank', lastFour: '4242' }],
    });
    expect(JSON.stringify(doc)).not.toContain(CLEAR);
    expect(Object.keys(doc ?? {}).sort()).toEqual([
      'cards',
      'consents',
      'id',
      'region',
      'registeredAt',
      'status',
      'verified',
    ]);
  });

  it.each([
    ['registered', [registered]],
    ['verified', [registered, verified]],
    ['frozen', [registered, verified, frozen]],
    ['verified', [registered, verified, frozen, unfrozen]],
    ['registered', [registered, frozen, unfrozen]],
    ['frozen', [registered, frozen, verified]],
    ['verified', [registered, frozen, verified, unfrozen]],
    ['verified', [registered, verified, checkFailed('unknown')]],
    ['registered', [registered, verified, checkFailed('mismatch')]],
    ['registered', [registered, verified, frozen, checkFailed('mismatch'), unfrozen]],
    ['erased', [registered, verified, frozen, erased]],
  ] as const)('are %s', (status, events) => {
    expect(docOf(...events)?.status).toBe(status);
  });

  it('keep the history of consents: when given, and when taken back', () => {
    const doc = documentsFrom(borrowers, [
      [LI, registered],
      [LI, consent, { bookedAt: '2026-03-02T02:00:00.000Z' }],
      [LI, withdrawal, { bookedAt: '2026-03-03T02:00:00.000Z' }],
    ]).get(LI);
    expect(doc?.consents).toEqual([
      {
        consentId: 'c1',
        scope: 'credit-bureau',
        textVersion: '2026-01',
        textHash: 'h',
        grantedAt: '2026-03-02T02:00:00.000Z',
        withdrawnAt: '2026-03-03T02:00:00.000Z',
      },
    ]);
  });

  it('show nothing any more of who was erased', () => {
    expect(docOf(registered, consent, card, erased)).toMatchObject({ region: '', consents: [], cards: [] });
  });
});
