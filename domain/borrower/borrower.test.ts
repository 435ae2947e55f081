import { issuedOn, specificationFor } from '../../tests/support/decider-specification';
import { blindIndexSchema, borrowerId, fold, instant, Personal } from '../kernel';
import {
  type BorrowerCommand,
  type BorrowerEvent,
  type BorrowerState,
  borrowerDecider,
  type ConsentScope,
  standingOf,
} from '.';

const { given } = specificationFor(borrowerDecider);
const id = borrowerId('li');
const index = (letter: string) => blindIndexSchema.parse(letter.repeat(26));
const at = instant('2026-03-02T02:00:00.000Z');

const person = {
  name: Personal.of('李雷'),
  idNumber: Personal.of('11010519491231002X'),
  phone: Personal.of('13800138000'),
  birthDate: Personal.of('1949-12-31'),
  idNumberIndex: index('a'),
  phoneIndex: index('b'),
  region: '11',
};
const consent = (consentId: string, scope: ConsentScope) => ({
  consentId,
  scope,
  purpose: 'to decide on an application',
  textVersion: '2026-01',
  textHash: 'f'.repeat(64),
  channel: 'web' as const,
});
const card = (cardId: string, letter: string) => ({
  cardId,
  cardNumber: Personal.of('6200000000000005'),
  cardIndex: index(letter),
  bank: 'ICBC',
  lastFour: '0005',
});
const check = (reference: string, result: 'match' | 'mismatch' | 'unknown') =>
  ({
    type: 'RecordIdentityCheck',
    data: { borrowerId: id, provider: 'registry', reference, result, checkedAt: at },
  }) as const;

const registered: BorrowerEvent = { type: 'BorrowerRegistered', data: person };
const granted = (consentId: string, scope: ConsentScope): BorrowerEvent => ({
  type: 'ConsentGranted',
  data: consent(consentId, scope),
});
const withdrawn = (consentId: string, scope: ConsentScope): BorrowerEvent => ({
  type: 'ConsentWithdrawn',
  data: { consentId, scope },
});
const consented = granted('c1', 'identity-verification');
const verified: BorrowerEvent = {
  type: 'IdentityVerified',
  data: { provider: 'registry', reference: 'r1', checkedAt: at },
};
const failed = (reference: string, result: 'mismatch' | 'unknown'): BorrowerEvent => ({
  type: 'IdentityCheckFailed',
  data: { provider: 'registry', reference, result, checkedAt: at },
});
const bound: BorrowerEvent = { type: 'BankCardBound', data: card('card-1', 'c') };
const frozen: BorrowerEvent = { type: 'BorrowerFrozen', data: { reason: 'suspected fraud' } };
const unfrozen: BorrowerEvent = { type: 'BorrowerUnfrozen', data: { reason: 'cleared' } };
const erased: BorrowerEvent = {
  type: 'BorrowerErased',
  data: { idNumberIndex: person.idNumberIndex, reason: 'on request' },
};

const stateAfter = (...events: BorrowerEvent[]): BorrowerState => fold(borrowerDecider, events);
const register = { type: 'RegisterBorrower', data: { borrowerId: id, ...person } } as const;
const grant = (consentId: string, scope: ConsentScope) =>
  ({ type: 'GrantConsent', data: { borrowerId: id, ...consent(consentId, scope) } }) as const;
const withdraw = (consentId: string) => ({ type: 'WithdrawConsent', data: { borrowerId: id, consentId } }) as const;
const bind = (cardId: string, letter: string) =>
  ({ type: 'BindBankCard', data: { borrowerId: id, ...card(cardId, letter) } }) as const;
const freeze = { type: 'FreezeBorrower', data: { borrowerId: id, reason: 'suspected fraud' } } as const;
const unfreeze = { type: 'UnfreezeBorrower', data: { borrowerId: id, reason: 'cleared' } } as const;
const erase = (hasDebt: boolean) =>
  ({ type: 'EraseBorrower', data: { borrowerId: id, reason: 'on request' }, facts: { hasDebt } }) as const;

describe('registration', () => {
  it('keeps who the borrower is', () => {
    given([]).when(register).then([registered]);
    expect(stateAfter(registered)).toMatchObject({ status: 'registered', region: '11' });
  });

  it('happens once', () => {
    given([registered]).when(register).thenRefused('ALREADY_EXISTS');
  });

  it('comes before everything else', () => {
    for (const command of [grant('c1', 'credit-bureau'), withdraw('c1'), check('r1', 'match'), bind('card-1', 'c')]) {
      given([]).when(command).thenRefused('NOT_FOUND');
    }
    for (const command of [freeze, unfreeze, erase(false)]) given([]).when(command).thenRefused('NOT_FOUND');
  });
});

describe('consents', () => {
  it('are in force from the moment they are given until they are withdrawn', () => {
    given([registered])
      .when(grant('c1', 'credit-bureau'))
      .then([granted('c1', 'credit-bureau')]);
    expect(standingOf(stateAfter(registered, granted('c1', 'credit-bureau'))).consents).toEqual(['credit-bureau']);
    given([registered, granted('c1', 'credit-bureau')])
      .when(withdraw('c1'))
      .then([withdrawn('c1', 'credit-bureau')]);
    expect(
      standingOf(stateAfter(registered, granted('c1', 'credit-bureau'), withdrawn('c1', 'credit-bureau'))).consents,
    ).toEqual([]);
  });

  it('keep their history', () => {
    const state = stateAfter(
      registered,
      granted('c1', 'credit-bureau'),
      withdrawn('c1', 'credit-bureau'),
      granted('c2', 'credit-bureau'),
    );
    expect(state).toMatchObject({
      consents: [{ consentId: 'c2', scope: 'credit-bureau' }],
      withdrawnConsents: [{ consentId: 'c1', scope: 'credit-bureau' }],
    });
  });

  it('of one scope stay in force while any of them does', () => {
    const twice = [registered, granted('c1', 'credit-bureau'), granted('c2', 'credit-bureau')];
    expect(standingOf(stateAfter(...twice)).consents).toEqual(['credit-bureau']);
    expect(standingOf(stateAfter(...twice, withdrawn('c1', 'credit-bureau'))).consents).toEqual(['credit-bureau']);
  });

  it('are given and withdrawn once', () => {
    const given1 = granted('c1', 'credit-bureau');
    given([registered, given1]).when(grant('c1', 'credit-bureau')).thenNothing();
    given([registered, given1, withdrawn('c1', 'credit-bureau')])
      .when(withdraw('c1'))
      .thenNothing();
  });

  it('never come back under an old id, nor change their scope', () => {
    const given1 = granted('c1', 'credit-bureau');
    given([registered, given1, withdrawn('c1', 'credit-bureau')])
      .when(grant('c1', 'credit-bureau'))
      .thenRefused('ALREADY_EXISTS');
    given([registered, given1]).when(grant('c1', 'direct-debit')).thenRefused('ALREADY_EXISTS');
  });

  it('that were never given cannot be withdrawn', () => {
    given([registered]).when(withdraw('c1')).thenRefused('NOT_FOUND');
  });

  it('can be given and withdrawn while frozen', () => {
    given([registered, frozen])
      .when(grant('c1', 'credit-bureau'))
      .then([granted('c1', 'credit-bureau')]);
    given([registered, consented, frozen])
      .when(withdraw('c1'))
      .then([withdrawn('c1', 'identity-verification')]);
  });
});

describe('the identity check', () => {
  it('verifies on a match', () => {
    given([registered, consented]).when(check('r1', 'match')).then([verified]);
    expect(standingOf(stateAfter(registered, consented, verified)).status).toBe('verified');
  });

  it.each(['mismatch', 'unknown'] as const)('does not verify on "%s": only a match is a match', (result) => {
    given([registered, consented])
      .when(check('r1', result))
      .then([failed('r1', result)]);
    expect(standingOf(stateAfter(registered, consented, failed('r1', result))).status).toBe('registered');
  });

  it('that was unknown can be asked for again, with the same reference', () => {
    given([registered, consented, failed('r1', 'unknown')])
      .when(check('r1', 'match'))
      .then([verified]);
  });

  it('recorded again is nothing new', () => {
    given([registered, consented, verified]).when(check('r1', 'match')).thenNothing();
    given([registered, consented, failed('r1', 'unknown')])
      .when(check('r1', 'unknown'))
      .thenNothing();
  });

  it('of a verified borrower: unknown changes nothing, a mismatch takes the verification back', () => {
    const before = [registered, consented, verified];
    expect(standingOf(stateAfter(...before, failed('r2', 'unknown'))).status).toBe('verified');
    expect(standingOf(stateAfter(...before, failed('r2', 'mismatch'))).status).toBe('registered');
  });

  it('is not used without a consent in force', () => {
    given([registered]).when(check('r1', 'match')).thenRefused('CONSENT_NOT_IN_FORCE');
    given([registered, consented, withdrawn('c1', 'identity-verification')])
      .when(check('r1', 'match'))
      .thenRefused('CONSENT_NOT_IN_FORCE');
    given([registered, granted('c1', 'credit-bureau')])
      .when(check('r1', 'match'))
      .thenRefused('CONSENT_NOT_IN_FORCE');
  });
});

describe('bank cards', () => {
  it('are bound, and then known by their ids', () => {
    given([registered]).when(bind('card-1', 'c')).then([bound]);
    expect(standingOf(stateAfter(registered, bound)).cards).toEqual(['card-1']);
  });

  it('are bound once', () => {
    given([registered, bound]).when(bind('card-1', 'c')).thenNothing();
    given([registered, bound]).when(bind('card-2', 'c')).thenRefused('CARD_ALREADY_BOUND');
    given([registered, bound]).when(bind('card-1', 'd')).thenRefused('CARD_ALREADY_BOUND');
  });

  it('cannot be bound while frozen', () => {
    given([registered, frozen]).when(bind('card-1', 'c')).thenRefused('BORROWER_FROZEN');
  });
});

describe('freezing', () => {
  it('stops a borrower and lets them go as they were', () => {
    given([registered, consented, verified]).when(freeze).then([frozen]);
    expect(standingOf(stateAfter(registered, consented, verified, frozen)).status).toBe('frozen');
    given([registered, consented, verified, frozen]).when(unfreeze).then([unfrozen]);
    expect(stateAfter(registered, consented, verified, frozen, unfrozen)).toEqual(
      stateAfter(registered, consented, verified),
    );
    expect(standingOf(stateAfter(registered, frozen, unfrozen)).status).toBe('registered');
  });

  it('does not lose what is learnt meanwhile', () => {
    expect(standingOf(stateAfter(registered, consented, frozen, verified)).status).toBe('frozen');
    expect(standingOf(stateAfter(registered, consented, frozen, verified, unfrozen)).status).toBe('verified');
  });

  it('twice is once, and unfreezing who is not frozen is nothing', () => {
    given([registered, frozen]).when(freeze).thenNothing();
    given([registered]).when(unfreeze).thenNothing();
  });
});

describe('erasure', () => {
  it('ends what is known of a borrower', () => {
    given([registered, consented, verified, bound]).when(erase(false)).then([erased]);
    expect(stateAfter(registered, consented, verified, bound, erased)).toEqual({ status: 'erased' });
    expect(standingOf({ status: 'erased' })).toEqual({ status: 'erased', cards: [], consents: [] });
  });

  it('waits until nothing is owed', () => {
    given([registered]).when(erase(true)).thenRefused('BORROWER_HAS_DEBT');
  });

  it('also is for the frozen', () => {
    given([registered, frozen]).when(erase(false)).then([erased]);
  });

  it('is final: asked for again it is nothing new, and everything else is refused, registration too', () => {
    given([registered, erased]).when(erase(true)).thenNothing();
    const commands: readonly BorrowerCommand[] = [
      register,
      grant('c1', 'credit-bureau'),
      withdraw('c1'),
      check('r1', 'match'),
      bind('card-1', 'c'),
      freeze,
      unfreeze,
    ].map((command) => ({ ...issuedOn('2026-03-02'), ...command }));
    for (const command of commands) given([registered, erased]).when(command).thenRefused('BORROWER_ERASED');
  });
});

it('nobody stands as unknown', () => {
  expect(standingOf(borrowerDecider.initial)).toEqual({ status: 'unknown', cards: [], consents: [] });
});
