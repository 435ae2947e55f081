import type { CollectionsEvent } from '../domain/collections';
import type { DomainEvent } from '../domain/events';
import { borrowerId, businessDate, caseId, instant, loanIdSchema, noticeId } from '../domain/kernel';
import { cny } from '../tests/support/example-loan';
import { documentsFrom, entriesOf } from '../tests/support/folding';
import { type CaseDoc, cases } from './cases';
import { messages } from './messages';

const BORROWER = borrowerId('b');
const CASE = caseId(BORROWER);
const [ONE, TWO] = ['loan-one', 'loan-two'].map((id) => loanIdSchema.parse(id));
const on = businessDate('2026-03-02');
const next = { means: 'call', who: 'collector', on: businessDate('2026-03-05') } as const;

const folded = (...events: readonly CollectionsEvent[]): CaseDoc => {
  const doc = documentsFrom(
    cases,
    events.map((event) => [CASE, event] as const),
  ).get(CASE);
  if (doc === undefined) throw new Error('there is no case');
  return doc;
};
const noted = (loanId = ONE, bucket: '1-30' | '61-90' = '1-30', overdue = '500.00'): CollectionsEvent => {
  if (loanId === undefined) throw new Error('there are two loans');
  return { type: 'ArrearsNoted', data: { loanId, bucket, pastDueSince: on, overdue: cny(overdue), on } };
};
const opened: CollectionsEvent = {
  type: 'CaseOpened',
  data: { borrowerId: BORROWER, jurisdiction: 'CN', strategy: 'standard@1', openedOn: on },
};
const staged: CollectionsEvent = { type: 'StageEntered', data: { stage: 'early', on, next } };
const handedOver: CollectionsEvent = { type: 'CaseHandedOver', data: { agency: 'Clearwater', on } };
const closed: CollectionsEvent = { type: 'CaseClosed', data: { reason: 'cured', closedOn: on } };

describe('the worklist', () => {
  it('shows what is overdue in all, by the loan that is latest', () => {
    expect(folded(opened, noted(), noted(TWO, '61-90', '20.50'), staged)).toMatchObject({
      ...{ status: 'open', stage: 'early', bucket: '61-90', overdue: cny('520.50'), next },
    });
  });

  it('finds open cases by what is next, by stage, by owner and by amount; closed ones not', () => {
    const claimed: CollectionsEvent = { type: 'CaseClaimed', data: { owner: 'ann' } };
    const doc = folded(opened, noted(), staged, claimed);
    const found = (index: string, of: CaseDoc) => entriesOf(cases, index, new Map([[CASE, of]]));
    expect(found('byNext', doc)).toEqual([['2026-03-05', CASE]]);
    expect(found('byStage', doc)).toEqual([['early', '2026-03-05', CASE]]);
    expect(found('byOwner', doc)).toEqual([['ann', '2026-03-05', CASE]]);
    expect(found('byOverdue', doc)).toEqual([['000000000000050000', CASE]]);
    expect(found('byNext', folded(opened, noted(), staged, claimed, closed))).toEqual([]);
  });

  it('shows who has a case, and that nothing is next as long as others do', () => {
    const out = folded(opened, noted(), staged, handedOver);
    expect(out).toMatchObject({ stage: 'agency', ownStage: 'early', agency: 'Clearwater' });
    expect(out).not.toHaveProperty('next');
    const back: CollectionsEvent = {
      type: 'CaseTakenBack',
      data: { agency: 'Clearwater', reason: 'recalled', on, next },
    };
    expect(folded(opened, noted(), staged, handedOver, back)).toMatchObject({ stage: 'early', next });
  });

  it('keeps contacts and promises from one arrears to the next', () => {
    const at = instant('2026-03-02T02:00:00.000Z');
    const contact: CollectionsEvent = {
      type: 'ContactAttempted',
      data: { contactId: 'c', means: 'call', at, by: 'ann', next },
    };
    const again = folded(opened, noted(), staged, contact, closed, opened, noted());
    expect(again).toMatchObject({ status: 'open', contacts: [{ contactId: 'c', at, by: 'ann' }] });
    expect(again).not.toHaveProperty('closedOn');
  });
});

test('messages show what was sent, whether it was begun before or is told as one fact', () => {
  const at = instant('2026-03-02T02:00:00.000Z');
  const message = {
    borrowerId: BORROWER,
    kind: 'loan-paid-off',
    about: 'loan-one',
    template: 'loan-paid-off',
    version: 1,
    language: 'en',
    attempt: 1,
  } as const;
  const about = { attempt: 1, at };
  const facts: readonly DomainEvent[] = [
    { type: 'MessageBegun', data: { ...message, channel: 'email', at } },
    { type: 'MessageUnknown', data: { ...about, channel: 'email', reason: 'timed-out' } },
    {
      type: 'MessageSent',
      data: {
        ...{ ...about, channel: 'sms', gateway: 'outbox', reference: 'r' },
        message: { ...message, channel: 'sms' },
      },
    },
  ];
  const stream = noticeId('e-1');
  const documents = documentsFrom(
    messages,
    facts.map((fact) => [stream, fact] as const),
  );
  expect(documents.get(`${stream}.email`)).toMatchObject({ status: 'unknown', reason: 'timed-out', attempts: 1 });
  expect(documents.get(`${stream}.sms`)).toMatchObject({ status: 'sent', template: 'loan-paid-off@1', language: 'en' });
  expect(entriesOf(messages, 'troubled', documents)).toEqual([[at, `${stream}.email`]]);
});
