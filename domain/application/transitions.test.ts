import * as life from '../../tests/support/application-lives';
import { issuedOn, specificationFor } from '../../tests/support/decider-specification';
import { addDays, fold, isRefusal } from '../kernel';
import type { RefusalCode } from '../refusals';
import {
  type ApplicationCommand,
  type ApplicationStatus,
  applicationDecider,
  applicationEvents,
  PROGRESS,
  progressOf,
} from '.';

const { application, borrower, lives, offer } = life;
const { given } = specificationFor(applicationDecider, life.TODAY);

const STATUSES: readonly ApplicationStatus[] = [
  'none',
  'submitted',
  'deciding',
  'referred',
  'approved',
  'accepted',
  'signature-requested',
  'signed',
  'rejected',
  'expired',
  'withdrawn',
];

const today = issuedOn(life.TODAY);

/** Each command as it would be right in its proper status. */
const COMMANDS: Readonly<Record<ApplicationCommand['type'], ApplicationCommand>> = {
  SubmitApplication: {
    ...today,
    type: 'SubmitApplication',
    data: { applicationId: application, ...life.request },
    facts: { borrower: life.goodStanding, product: life.onOffer },
  },
  StartDecision: { ...today, type: 'StartDecision', data: { applicationId: application } },
  RejectApplication: {
    ...today,
    type: 'RejectApplication',
    data: { applicationId: application, reasons: ['CREDIT_LINE_INSUFFICIENT'] },
  },
  RecordDecision: {
    ...today,
    type: 'RecordDecision',
    data: { applicationId: application, decision: life.decisionOf('approve'), offer },
    facts: { cap: '0.24' },
  },
  ReviewApplication: {
    ...today,
    type: 'ReviewApplication',
    data: { applicationId: application, approve: true, note: 'seen', offer },
    facts: { cap: '0.24' },
  },
  ClaimReview: { ...today, type: 'ClaimReview', data: { applicationId: application } },
  ReleaseReview: { ...today, type: 'ReleaseReview', data: { applicationId: application } },
  RequestHumanReview: {
    ...today,
    type: 'RequestHumanReview',
    data: { applicationId: application, borrowerId: borrower, reason: 'my income was not seen' },
  },
  AcceptOffer: {
    ...today,
    type: 'AcceptOffer',
    data: { applicationId: application, borrowerId: borrower, quoteHash: offer.quoteHash, contract: life.contract },
  },
  RequestSignature: {
    ...today,
    type: 'RequestSignature',
    data: { applicationId: application, borrowerId: borrower },
    facts: { borrower: life.goodStanding },
  },
  RecordSignature: {
    ...today,
    type: 'RecordSignature',
    data: { applicationId: application, documentHash: life.contract.documentHash, evidence: life.evidence },
  },
  ExpireApplication: {
    ...issuedOn(addDays(life.LAST_DAY, 1)),
    type: 'ExpireApplication',
    data: { applicationId: application },
  },
  WithdrawApplication: {
    ...today,
    type: 'WithdrawApplication',
    data: { applicationId: application, borrowerId: borrower, reason: 'changed my mind' },
  },
};

/** What each command leads to in each status: the next status, nothing (·), or a refusal. */
const wrong = 'WRONG_STATUS';
const gone = 'OFFER_EXPIRED';
const none = 'NOT_FOUND';
const there = 'ALREADY_EXISTS';
const MATRIX: Readonly<Record<ApplicationCommand['type'], readonly (ApplicationStatus | '·' | RefusalCode)[]>> = {
  // none, submitted, deciding, referred, approved, accepted, signature-requested, signed, rejected, expired, withdrawn
  SubmitApplication: ['submitted', there, there, there, there, there, there, there, there, there, there],
  StartDecision: [none, 'deciding', '·', '·', '·', '·', '·', '·', '·', '·', '·'],
  RejectApplication: [none, 'rejected', 'rejected', wrong, wrong, wrong, wrong, wrong, '·', '·', '·'],
  RecordDecision: [none, wrong, 'approved', '·', '·', '·', '·', '·', '·', '·', '·'],
  ReviewApplication: [none, wrong, wrong, 'approved', wrong, wrong, wrong, wrong, wrong, wrong, wrong],
  ClaimReview: [none, wrong, wrong, 'referred', wrong, wrong, wrong, wrong, wrong, wrong, wrong],
  ReleaseReview: [none, wrong, wrong, '·', wrong, wrong, wrong, wrong, wrong, wrong, wrong],
  RequestHumanReview: [none, wrong, wrong, '·', wrong, wrong, wrong, wrong, 'referred', wrong, wrong],
  AcceptOffer: [none, wrong, wrong, wrong, 'accepted', wrong, wrong, wrong, wrong, gone, wrong],
  RequestSignature: [none, wrong, wrong, wrong, wrong, 'signature-requested', '·', wrong, wrong, gone, wrong],
  RecordSignature: [none, wrong, wrong, wrong, wrong, wrong, 'signed', '·', wrong, wrong, wrong],
  ExpireApplication: [none, wrong, wrong, wrong, 'expired', 'expired', 'expired', '·', '·', '·', '·'],
  WithdrawApplication: [
    none,
    'withdrawn',
    'withdrawn',
    'withdrawn',
    'withdrawn',
    'withdrawn',
    'withdrawn',
    wrong,
    wrong,
    wrong,
    '·',
  ],
};

const cases = Object.values(COMMANDS).flatMap((each) =>
  STATUSES.map((status, at) => [each.type, status, MATRIX[each.type][at] ?? '·', each] as const),
);

describe('every command in every status (I-21)', () => {
  it('leads to each status by its life', () => {
    for (const status of STATUSES) expect(fold(applicationDecider, lives[status]).status).toBe(status);
  });

  it.each(cases)('%s when %s: %s', (_type, status, expected, each) => {
    const outcome = given(lives[status]).when(each);
    if (expected === '·') outcome.thenNothing();
    else if (STATUSES.some((known) => known === expected)) expect(outcome.state().status).toBe(expected);
    else expect(outcome.outcome).toMatchObject({ refused: true, code: expected });
  });

  it.each(cases)('%s when %s records only facts of the declared shapes', (_type, status, _expected, each) => {
    const { outcome } = given(lives[status]).when(each);
    const events = isRefusal(outcome) ? [] : outcome;
    for (const { type, data } of events) expect(applicationEvents[type].data.parse(data)).toEqual(data);
  });

  it.each(['signed', 'rejected', 'expired', 'withdrawn'] as const)(
    '%s is an end: no command leads out of it, unless a borrower asks that a person looks',
    (end) => {
      for (const each of Object.values(COMMANDS).filter(({ type }) => type !== 'RequestHumanReview')) {
        const { outcome } = given(lives[end]).when(each);
        expect(Array.isArray(outcome) ? outcome : []).toEqual([]);
      }
    },
  );
});

describe('progress, in a borrower’s words', () => {
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
  ] as const)('%s is %s', (status, progress) => {
    expect(progressOf({ status })).toBe(progress);
    expect(PROGRESS).toContain(progress);
  });
});
