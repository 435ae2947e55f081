import { z } from 'zod';
import * as life from '../../tests/support/application-lives';
import { specificationFor } from '../../tests/support/decider-specification';
import { sampleOffering, sampleTerms } from '../../tests/support/offerings';
import { addDays, businessDate, fold, type RateText } from '../kernel';
import {
  applicationDecider,
  type BorrowerStanding,
  type Decision,
  decisionSchema,
  declarationSchema,
  type OfferingInForce,
} from '.';

const { given } = specificationFor(applicationDecider, life.TODAY);
const { application, borrower, lives, offer } = life;

describe('submission', () => {
  const submit = (
    change: Partial<typeof life.request> = {},
    standing: Partial<BorrowerStanding> = {},
    product: OfferingInForce | undefined = life.onOffer,
  ) =>
    ({
      type: 'SubmitApplication',
      data: { applicationId: application, ...life.request, ...change },
      facts: { borrower: { ...life.goodStanding, ...standing }, product },
    }) as const;

  it('takes the terms on offer with it', () => {
    given([]).when(submit()).then([life.submitted]);
  });

  it.each([
    ['unknown', 'NOT_FOUND'],
    ['registered', 'BORROWER_NOT_VERIFIED'],
    ['frozen', 'BORROWER_FROZEN'],
    ['erased', 'BORROWER_ERASED'],
  ] as const)('by a borrower who is %s is refused', (status, code) => {
    given([]).when(submit({}, { status })).thenRefused(code);
  });

  it('needs a product on offer', () => {
    const nothing = { ...submit(), facts: { borrower: life.goodStanding, product: undefined } };
    given([]).when(nothing).thenRefused('PRODUCT_NOT_ON_OFFER');
  });

  it.each(['999.99', '50000.01', '-12000.00', '0.00'])('asks for an amount on offer, not %s', (amount) => {
    given([])
      .when(submit({ amount: life.cny(amount) }))
      .thenRefused('AMOUNT_OUTSIDE_BOUNDS');
  });

  it('asks in the currency on offer', () => {
    given([])
      .when(submit({ amount: { amount: '12000.00', currency: 'EUR' } }))
      .thenRefused('AMOUNT_OUTSIDE_BOUNDS');
  });

  it('may ask for the bounds themselves', () => {
    for (const amount of [sampleOffering.amount.least, sampleOffering.amount.most]) {
      for (const installments of [sampleOffering.installments.least, sampleOffering.installments.most]) {
        given([])
          .when(submit({ amount, installments }))
          .thenMatching([{ data: { amount, installments } }]);
      }
    }
  });

  it.each([5, 25])('asks for a term on offer, not %d months', (installments) => {
    given([]).when(submit({ installments })).thenRefused('TERM_OUTSIDE_BOUNDS');
  });

  it('names a bound card', () => {
    given([])
      .when(submit({ cardId: 'card-2' }))
      .thenRefused('CARD_UNKNOWN');
    given([])
      .when(submit({}, { cards: [] }))
      .thenRefused('CARD_UNKNOWN');
  });

  it('does not look at the region: that is for the decision', () => {
    const everywhere = { version: 3, offering: { ...sampleOffering, deniedRegions: ['11'] } };
    given([])
      .when(submit({}, {}, everywhere))
      .then([life.submitted]);
  });
});

describe('the decision', () => {
  const record = (decision: Decision, withOffer = decision.outcome === 'approve', cap: RateText = '0.24') =>
    ({
      type: 'RecordDecision',
      data: { applicationId: application, decision, ...(withOffer ? { offer } : {}) },
      facts: { cap },
    }) as const;
  const approving = record(life.decisionOf('approve'));
  const withOffer = (changed: typeof offer, decision = life.decisionOf('approve')) => {
    const { granted: _, ...ungranted } = decision;
    return { ...approving, data: { applicationId: application, decision: ungranted, offer: changed } };
  };

  it('approves with an offer that stands seven days', () => {
    given(lives.deciding).when(approving).then([life.approved]);
  });

  it('rejects with its reasons', () => {
    given(lives.deciding)
      .when(record(life.decisionOf('reject', ['SCORE_BELOW_CUTOFF'])))
      .then([life.rejected]);
  });

  it('refers to a person', () => {
    given(lives.deciding)
      .when(record(life.decisionOf('refer', ['SCORE_NEEDS_REVIEW'])))
      .then([life.referred]);
  });

  it('never offers above the legal cap (I-12)', () => {
    expect(offer.allInRate).toBe('0.218301');
    given(lives.deciding)
      .when({ ...approving, facts: { cap: '0.2183' } })
      .thenRefused('CAP_EXCEEDED');
    given(lives.deciding)
      .when({ ...approving, facts: { cap: '0.218301' } })
      .thenMatching([{ type: 'ApplicationApproved' }]);
  });

  it('never offers more than was asked, or over another term', () => {
    given(lives.deciding)
      .when(withOffer(life.offerFor('12000.01')))
      .thenRefused('AMOUNT_OUTSIDE_BOUNDS');
    given(lives.deciding)
      .when(withOffer(life.offerFor('12000.00', 24)))
      .thenRefused('TERM_OUTSIDE_BOUNDS');
  });

  it('may offer less than was asked', () => {
    const less = life.offerFor('8000.00');
    given(lives.deciding)
      .when(withOffer(less))
      .thenMatching([{ data: { offer: less } }]);
  });

  it('throws when the offer does not follow from the terms: that is a bug, not a case', () => {
    const decide = (changed: typeof offer) => () => given(lives.deciding).when(withOffer(changed));
    const otherTerms = { ...sampleTerms, fee: { originationRate: '0.001' } };
    expect(decide(life.offerFor('12000.00', 12, otherTerms))).toThrow('do not follow');
    expect(decide({ ...offer, allInRate: '0.1' })).toThrow('do not follow');
    const [first, ...rest] = offer.schedule.rows;
    const rows = first ? [{ ...first, interest: '0.00' }, ...rest] : [];
    expect(decide({ ...offer, schedule: { ...offer.schedule, rows } })).toThrow('do not follow');
    const { granted: _, ...ungranted } = life.decisionOf('approve');
    expect(() => given(lives.deciding).when(record(ungranted, false))).toThrow('brings the offer');
    expect(() => given(lives.deciding).when(record(life.decisionOf('reject')))).toThrow('reasons');
  });

  it('grants what it offers', () => {
    const decision = { ...life.decisionOf('approve'), granted: life.cny('9000.00') };
    expect(() => given(lives.deciding).when(record(decision))).toThrow('granted');
  });
});

describe('review by a person', () => {
  const review = (approve: boolean) =>
    ({
      type: 'ReviewApplication',
      data: { applicationId: application, approve, note: 'payslips seen', ...(approve ? { offer } : {}) },
      facts: { cap: '0.24' },
      actor: { kind: 'underwriter', id: 'u7' },
    }) as const;
  const by = { reviewer: 'u7', note: 'payslips seen' };
  const decision = life.decisionOf('refer', ['SCORE_NEEDS_REVIEW']);

  it('approves under the same law, beside the decision of the engine', () => {
    given(lives.referred)
      .when(review(true))
      .then([
        {
          type: 'ApplicationApproved',
          data: { decision, review: by, offer, cap: '0.24', offerExpiresOn: life.LAST_DAY },
        },
      ]);
    given(lives.referred)
      .when({ ...review(true), facts: { cap: '0.2' } })
      .thenRefused('CAP_EXCEEDED');
  });

  it('rejects as the reviewer’s judgement', () => {
    given(lives.referred)
      .when(review(false))
      .then([{ type: 'ApplicationRejected', data: { reasons: ['REVIEWER_JUDGEMENT'], decision, review: by } }]);
  });
});

describe('the offer', () => {
  const accept = (quoteHash = offer.quoteHash, who = borrower) =>
    ({
      type: 'AcceptOffer',
      data: { applicationId: application, borrowerId: who, quoteHash, contract: life.contract },
    }) as const;
  const on = (day: string) => ({ businessDate: businessDate(day) });

  it('is accepted as it was quoted (I-13)', () => {
    given(lives.approved).when(accept()).then([life.accepted]);
    given(lives.approved)
      .when(accept('0'.repeat(64)))
      .thenRefused('QUOTE_MISMATCH');
  });

  it('is the borrower’s alone', () => {
    given(lives.approved).when(accept(offer.quoteHash, life.stranger)).thenRefused('NOT_FOUND');
  });

  it('stands through its last day', () => {
    given(lives.approved)
      .when({ ...accept(), ...on(life.LAST_DAY) })
      .thenMatching([{ type: 'OfferAccepted' }]);
    given(lives.approved)
      .when({ ...accept(), ...on(addDays(life.LAST_DAY, 1)) })
      .thenRefused('OFFER_EXPIRED');
  });

  it('expires after its last day, accepted or not, and not before', () => {
    const expire = { type: 'ExpireApplication', data: { applicationId: application } } as const;
    const dayAfter = on(addDays(life.LAST_DAY, 1));
    for (const status of ['approved', 'accepted', 'signature-requested'] as const) {
      given(lives[status])
        .when({ ...expire, ...dayAfter })
        .then([life.expired]);
      given(lives[status])
        .when({ ...expire, ...on(life.LAST_DAY) })
        .thenRefused('WRONG_STATUS');
    }
  });
});

describe('the signature', () => {
  const ask = (standing: Partial<BorrowerStanding> = {}, who = borrower) =>
    ({
      type: 'RequestSignature',
      data: { applicationId: application, borrowerId: who },
      facts: { borrower: { ...life.goodStanding, ...standing } },
    }) as const;
  const record = (documentHash: string) =>
    ({ type: 'RecordSignature', data: { applicationId: application, documentHash, evidence: life.evidence } }) as const;

  it('is asked for by the borrower, of the contract that was made', () => {
    given(lives.accepted).when(ask()).then([life.signatureRequested]);
    given(lives.accepted).when(ask({}, life.stranger)).thenRefused('NOT_FOUND');
  });

  it('needs the consent to sign electronically', () => {
    given(lives.accepted)
      .when(ask({ consents: ['identity-verification', 'credit-bureau', 'direct-debit'] }))
      .thenRefused('CONSENT_NOT_IN_FORCE');
  });

  it.each([
    ['frozen', 'BORROWER_FROZEN'],
    ['erased', 'BORROWER_ERASED'],
    ['registered', 'BORROWER_NOT_VERIFIED'],
  ] as const)('of a borrower who is %s by now is refused (I-18)', (status, code) => {
    given(lives.accepted).when(ask({ status })).thenRefused(code);
  });

  it('is asked for while the offer stands, and counts when its answer comes later', () => {
    const late = { businessDate: addDays(life.LAST_DAY, 1) };
    given(lives.accepted)
      .when({ ...ask(), businessDate: life.LAST_DAY })
      .then([life.signatureRequested]);
    given(lives.accepted)
      .when({ ...ask(), ...late })
      .thenRefused('OFFER_EXPIRED');
    given(lives['signature-requested'])
      .when({ ...record(life.contract.documentHash), ...late })
      .then([life.signed]);
  });

  it('is of the contract and nothing else', () => {
    given(lives['signature-requested']).when(record(life.contract.documentHash)).then([life.signed]);
    given(lives['signature-requested'])
      .when(record('e'.repeat(64)))
      .thenRefused('DOCUMENT_MISMATCH');
    given(lives.signed)
      .when(record('e'.repeat(64)))
      .thenRefused('DOCUMENT_MISMATCH');
  });
});

describe('withdrawal', () => {
  it('is the borrower’s alone', () => {
    const data = { applicationId: application, borrowerId: life.stranger, reason: '' };
    given(lives.submitted).when({ type: 'WithdrawApplication', data }).thenRefused('NOT_FOUND');
  });
});

describe('the state', () => {
  it('holds what was agreed, for those who act on it', () => {
    expect(fold(applicationDecider, lives.signed)).toMatchObject({
      status: 'signed',
      borrowerId: borrower,
      cardId: 'card-1',
      offer,
      contract: life.contract,
      evidence: life.evidence,
    });
  });

  it('folds facts in any order without failing', () => {
    const { signed, accepted, submitted } = life;
    expect(fold(applicationDecider, [signed, accepted]).status).toBe('none');
    expect(fold(applicationDecider, [submitted, accepted, signed]).status).toBe('submitted');
  });
});

it.each([declarationSchema, decisionSchema])('what travels has one shape in JSON Schema, in and out', (schema) => {
  expect(z.toJSONSchema(schema, { io: 'output' })).toEqual(z.toJSONSchema(schema, { io: 'input' }));
});
