import type { ApplicationEvent } from '../domain/application';
import { loanId } from '../domain/kernel';
import {
  application,
  approved,
  borrower,
  contract,
  expired,
  LAST_DAY,
  lives,
  offer,
  referred,
  rejected,
  request,
  submitted,
} from '../tests/support/application-lives';
import { active } from '../tests/support/example-loan';
import { documentsFrom, entriesOf } from '../tests/support/folding';
import { applications } from './applications';

const LOAN = loanId(application);
const [loanOpened, loanDisbursed] = active;
if (!loanOpened || !loanDisbursed) throw new Error('the example loan was opened and disbursed');

type Facts = Parameters<typeof documentsFrom>[1];
const on = (stream: string, events: readonly Facts[number][1][]): Facts => events.map((event) => [stream, event]);
const docAfter = (facts: Facts) => documentsFrom(applications, facts).get(application);
const docOf = (events: (typeof lives)[keyof typeof lives]) => docAfter(on(application, events));
const queueAfter = (events: (typeof lives)[keyof typeof lives]) =>
  entriesOf(applications, 'toReview', documentsFrom(applications, on(application, events)));

describe('the applications', () => {
  it.each([
    ['submitted', 'under_review'],
    ['deciding', 'under_review'],
    ['referred', 'under_review'],
    ['approved', 'offered'],
    ['accepted', 'awaiting_signature'],
    ['signature-requested', 'awaiting_signature'],
    ['signed', 'disbursing'],
    ['rejected', 'rejected'],
    ['expired', 'expired'],
    ['withdrawn', 'withdrawn'],
  ] as const)('say of one that is %s: %s', (status, stage) => {
    expect(docOf(lives[status])?.stage).toBe(stage);
  });

  it('show what was asked for, the offer and its last day, the contract, and at last the loan', () => {
    const doc = docAfter([...on(application, lives.signed), ...on(LOAN, [loanOpened, loanDisbursed])]);
    expect(doc).toMatchObject({
      id: application,
      borrowerId: borrower,
      amount: request.amount,
      installments: 12,
      submittedOn: '2026-03-02',
      stage: 'completed',
      offer,
      offerExpiresOn: LAST_DAY,
      contractHash: contract.documentHash,
      loanId: LOAN,
      decision: { outcome: 'approve' },
    });
  });

  it('number every step from one, so that a live view can resume after any', () => {
    const doc = docAfter([...on(application, lives.signed), ...on(LOAN, [loanOpened, loanDisbursed])]);
    expect(doc?.steps.map(({ n, stage, event }) => [n, stage, event])).toEqual([
      [1, 'under_review', 'ApplicationSubmitted'],
      [2, 'under_review', 'DecisionStarted'],
      [3, 'offered', 'ApplicationApproved'],
      [4, 'awaiting_signature', 'OfferAccepted'],
      [5, 'awaiting_signature', 'SignatureRequested'],
      [6, 'disbursing', 'ContractSigned'],
      [7, 'completed', 'LoanDisbursed'],
    ]);
  });

  it('end as cancelled where the money could not be paid out', () => {
    const cancelled = { type: 'LoanCancelled', data: { reason: 'card closed' } } as const;
    expect(docAfter([...on(application, lives.signed), ...on(LOAN, [loanOpened, cancelled])])?.stage).toBe('cancelled');
  });

  it('give the reasons of a “no”', () => {
    expect(docOf([submitted, rejected])).toMatchObject({ stage: 'rejected', reasons: ['SCORE_BELOW_CUTOFF'] });
    const without: ApplicationEvent = { type: 'ApplicationRejected', data: { reasons: ['CREDIT_LINE_INSUFFICIENT'] } };
    expect(docOf([submitted, without])).toMatchObject({ reasons: ['CREDIT_LINE_INSUFFICIENT'] });
    expect(docOf([submitted, without])).not.toHaveProperty('decision');
  });

  it('queue what a person has to look at, until it is decided, withdrawn or over', () => {
    const waiting = [submitted, referred];
    const withdrawn = { type: 'ApplicationWithdrawn', data: { reason: 'tired of it', borrowerId: borrower } } as const;
    expect(queueAfter(waiting)).toEqual([['2026-03-02']]);
    for (const end of [approved, rejected, withdrawn, expired]) expect(queueAfter([...waiting, end])).toEqual([]);
  });

  it('are found by their borrower, the loan’s facts by the key it shares', () => {
    const documents = documentsFrom(applications, on(application, lives.approved));
    expect(entriesOf(applications, 'byBorrower', documents)).toEqual([[borrower, '2026-03-02']]);
    expect([...documents.keys()]).toEqual([application]);
  });

  it('make nothing of a loan that no application led to', () => {
    expect(docAfter(on(LOAN, [loanOpened, loanDisbursed]))).toBeUndefined();
  });
});
