import {
  CLIENT_ACCOUNT,
  CLIENT_OPENING,
  FREEZE,
  HOUSE_ACCOUNT,
  OPENING,
  topUp,
  transfer,
  UNFREEZE,
  withdrawal,
} from '../../tests/support/custody-orders';
import { specificationFor } from '../../tests/support/decider-specification';
import { type CustodyState, custodyDecider } from '../custody';
import { type Actor, businessDate, custodyAccountId, custodyInstructionId, instant } from '../kernel';
import { type AccountsNamed, type CustodyOrder, type InstructionEvent, instructionDecider, type Opening } from '.';

const { given } = specificationFor(instructionDecider);
const ID = custodyInstructionId('i');
const EFFECT = `${ID}.1`;
const DAY = businessDate('2026-03-02');
const ME: Actor = { kind: 'finance', id: 'me' };
const OTHER: Actor = { kind: 'finance', id: 'other' };

const standing = ({ owner, currency }: Opening, status: 'open' | 'frozen' = 'open'): CustodyState => ({
  status,
  owner,
  currency,
  bankReference: 'b',
});
const none = custodyDecider.initial;
const both = { account: standing(OPENING), to: standing(CLIENT_OPENING) };

const request = (order: CustodyOrder, facts: AccountsNamed = both) =>
  ({ type: 'RequestCustodyInstruction', data: { instructionId: ID, order }, facts, actor: ME }) as const;
const requested = (order: CustodyOrder, facts = both): readonly InstructionEvent[] => {
  const { outcome } = given([]).when(request(order, facts));
  if ('code' in outcome) throw new Error(outcome.detail);
  return outcome;
};
const submitted = (order: CustodyOrder): readonly InstructionEvent[] => {
  const before = requested(order);
  const { outcome } = given(before).when(submit);
  if ('code' in outcome) throw new Error(outcome.detail);
  return [...before, ...outcome];
};
const submit = { type: 'SubmitCustodyInstruction', data: { instructionId: ID, effectId: EFFECT } } as const;
type Answer = Parameters<typeof record>[0];
const record = (
  answer:
    | { outcome: 'settled'; channelReference: string; settledOn: typeof DAY }
    | { outcome: 'failed' | 'unknown'; reason: string },
  effectId = EFFECT,
) => ({ type: 'RecordCustodyOutcome', data: { instructionId: ID, effectId, answer } }) as const;
const SETTLED: Answer = { outcome: 'settled', channelReference: 'b-1', settledOn: DAY };
const UNKNOWN: Answer = { outcome: 'unknown', reason: 'timed-out' };

describe('An instruction to the custody bank', () => {
  test('is on record with what it moves and whose money it is, before anything is sent', () => {
    given([])
      .when(request(transfer('10.00')))
      .thenMatching([
        {
          type: 'CustodyInstructionRequested',
          data: {
            order: transfer('10.00'),
            flow: { amount: { amount: '10.00', currency: 'CNY' }, from: 'house', to: 'client' },
            requestedBy: ME,
            needsApproval: false,
          },
        },
      ]);
    expect(requested(topUp('1.00'))[0]?.data).toMatchObject({ flow: { to: 'house' } });
    expect(requested(withdrawal('1.00'))[0]?.data).toMatchObject({ flow: { from: 'house' } });
    expect(requested(FREEZE)[0]?.data).not.toHaveProperty('flow');
    given([])
      .when(request(OPENING, { account: none }))
      .thenMatching([{ data: { needsApproval: false } }]);
  });

  test('moves money only of accounts that are in use, in their currency', () => {
    const frozen = { account: standing(OPENING, 'frozen'), to: standing(CLIENT_OPENING) };
    for (const order of [topUp('1.00'), withdrawal('1.00'), transfer('1.00')]) {
      given([]).when(request(order, frozen)).thenRefused('ACCOUNT_NOT_OPEN');
      given([])
        .when(request(order, { account: none }))
        .thenRefused('ACCOUNT_NOT_OPEN');
    }
    given([])
      .when(request(transfer('1.00'), { ...both, to: standing(CLIENT_OPENING, 'frozen') }))
      .thenRefused('ACCOUNT_NOT_OPEN');
    given([])
      .when(request({ ...transfer('1.00'), to: HOUSE_ACCOUNT }))
      .thenRefused('ACCOUNT_NOT_OPEN');
    given([])
      .when(request({ ...topUp('1.00'), amount: { amount: '1.00', currency: 'EUR' } }))
      .thenRefused('CURRENCY_MISMATCH');
    given([])
      .when(request(topUp('0.00')))
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given([])
      .when(request(UNFREEZE, frozen))
      .thenMatching([{ data: { order: UNFREEZE } }]);
    given([])
      .when(request(FREEZE, { account: none }))
      .thenRefused('ACCOUNT_NOT_OPEN');
  });

  test('opens the one account of its owner, once', () => {
    given([])
      .when(request(OPENING, { account: standing(OPENING) }))
      .thenRefused('ALREADY_EXISTS');
    given([])
      .when(request({ ...OPENING, accountId: CLIENT_ACCOUNT }, { account: none }))
      .thenRefused('ACCOUNT_NOT_OPEN');
    const li = { account: none, borrower: { status: 'verified', cards: ['card-1'], consents: [] } } as const;
    given([])
      .when(request(CLIENT_OPENING, li))
      .thenMatching([{ type: 'CustodyInstructionRequested' }]);
    given([])
      .when(request(CLIENT_OPENING, { ...li, borrower: { ...li.borrower, cards: [] } }))
      .thenRefused('CARD_UNKNOWN');
    given([])
      .when(request(CLIENT_OPENING, { account: none }))
      .thenRefused('NOT_FOUND');
    expect([HOUSE_ACCOUNT, CLIENT_ACCOUNT]).toEqual([custodyAccountId('house-cny'), custodyAccountId('li-cny')]);
  });

  test('that takes a large amount out waits for a second person', () => {
    expect(requested(withdrawal('100000.00'))[0]?.data).toMatchObject({ needsApproval: false });
    expect(requested(topUp('100000.01'))[0]?.data).toMatchObject({ needsApproval: false });
    const large = requested(withdrawal('100000.01'));
    given(large).when(submit).thenRefused('WRONG_STATUS');
    const approve = { type: 'ApproveCustodyInstruction', data: { instructionId: ID, note: 'seen' } } as const;
    given(large)
      .when({ ...approve, actor: ME })
      .thenRefused('FOUR_EYES');
    const approved = given(large).when({ ...approve, actor: OTHER });
    approved.then([{ type: 'CustodyInstructionApproved', data: { approvedBy: OTHER, note: 'seen' } }]);
    expect(approved.state()).toMatchObject({ status: 'requested', approvedBy: OTHER });
    given(requested(withdrawal('1.00')))
      .when({ ...approve, actor: OTHER })
      .thenRefused('WRONG_STATUS');
  });

  test('is taken back only before it is given to the bank', () => {
    const cancel = { type: 'CancelCustodyInstruction', data: { instructionId: ID, reason: 'a mistake' } } as const;
    const taken = given(requested(withdrawal('100000.01'))).when(cancel);
    taken.then([{ type: 'CustodyInstructionCancelled', data: { reason: 'a mistake' } }]);
    expect(taken.state().status).toBe('cancelled');
    given(submitted(topUp('1.00')))
      .when(cancel)
      .thenRefused('WRONG_STATUS');
    given([]).when(cancel).thenRefused('NOT_FOUND');
  });

  test('is given once, and ends by the word of the bank', () => {
    const before = submitted(topUp('1.00'));
    given(before).when(submit).thenRefused('WRONG_STATUS');
    given(before)
      .when(record(SETTLED))
      .thenMatching([{ type: 'CustodyInstructionSettled', data: { bankReference: 'b-1', valueDate: DAY } }]);
    given(before)
      .when(record({ outcome: 'failed', reason: 'insufficient-funds' }))
      .thenMatching([{ type: 'CustodyInstructionFailed', data: { reason: 'insufficient-funds' } }]);
    given(before).when(record(SETTLED, 'another.1')).thenRefused('EFFECT_MISMATCH');
    given(requested(topUp('1.00')))
      .when(record(SETTLED))
      .thenRefused('WRONG_STATUS');
  });

  test('whose outcome is not known is asked about for a day, then a person has to find out', () => {
    let events = submitted(topUp('1.00'));
    const asked: string[] = [];
    for (let queries = 0; queries < 9; queries += 1) {
      const { outcome } = given(events).when({ ...record(UNKNOWN), at: instant('2026-03-02T00:00:00.000Z') });
      if ('code' in outcome) throw new Error(outcome.detail);
      for (const { type } of outcome) asked.push(type);
      events = [...events, ...outcome];
    }
    expect(asked.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => 'CustodyInstructionUnknown'));
    expect(asked.at(-1)).toBe('CustodyInstructionEscalated');
    given(events).when(record(UNKNOWN)).thenNothing();
    const settled = given(events).when(record(SETTLED));
    settled.thenMatching([{ type: 'CustodyInstructionSettled' }]);
    const end = 'code' in settled.outcome ? [] : [...events, ...settled.outcome];
    given(end).when(record(SETTLED)).thenNothing();
    given(end)
      .when(record({ outcome: 'failed', reason: 'no' }))
      .thenRefused('OUTCOME_CONTRADICTED');
  });
});
