import type { ApplicationEvent } from '../domain/application';
import { businessDate, type MoneyText } from '../domain/kernel';
import type { ReconciliationEvent } from '../domain/reconciliation';
import { decisionOf, lives, referred } from '../tests/support/application-lives';
import { active, LOAN, repaid } from '../tests/support/example-loan';
import { documentsFrom, entriesOf } from '../tests/support/folding';
import { sampleOffering } from '../tests/support/offerings';
import { correlations } from './correlations';
import { PORTFOLIO_KEY, portfolio } from './portfolio';
import { products } from './products';
import { reconciliations } from './reconciliations';

const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });
const APPLICATION = 'application-4q2m';
const DAY = businessDate('2026-03-02');

describe('the portfolio', () => {
  it('counts what became of applications and loans, and sums the money', () => {
    const facts = [
      ...lives.approved.map((event) => [APPLICATION, event] as const),
      ...lives.rejected.map((event) => ['application-2', event] as const),
      ...lives.referred.map((event) => ['application-3', event] as const),
      ...repaid(active, 'r1', '4000.00', '2026-02-15').map((event) => [LOAN, event] as const),
    ];
    expect(documentsFrom(portfolio, facts).get(PORTFOLIO_KEY)).toEqual({
      borrowers: 0,
      applications: { submitted: 3, approved: 1, rejected: 1, referred: 1 },
      decisions: { count: 3, totalMs: 60, mostMs: 20 },
      loans: { disbursed: 1, closed: 1, writtenOff: 0, cancelled: 0 },
      disbursed: cny('3000.00'),
      repaid: cny('4000.00'),
    });
  });

  it('does not count a person’s review as another decision of the engine', () => {
    const review = { reviewer: 'uw-1', note: 'seen' };
    const no: ApplicationEvent = {
      type: 'ApplicationRejected',
      data: { reasons: ['REVIEWER_JUDGEMENT'], decision: decisionOf('refer'), review },
    };
    const facts = [[APPLICATION, referred] as const, [APPLICATION, no] as const];
    expect(documentsFrom(portfolio, facts).get(PORTFOLIO_KEY)?.decisions.count).toBe(1);
  });
});

describe('the products', () => {
  const PRODUCT = 'product-1';
  const drafted = (version: number, name = 'First credit') =>
    [PRODUCT, { type: 'ProductDrafted', data: { version, offering: { ...sampleOffering, name } } }] as const;
  const published = (version: number, name = 'First credit') =>
    [
      PRODUCT,
      {
        type: 'ProductPublished',
        data: {
          version,
          offering: { ...sampleOffering, name },
          cap: '0.24',
          dearestAllInRate: '0.22',
          publishedOn: DAY,
        },
      },
    ] as const;
  const retired = [PRODUCT, { type: 'ProductRetired', data: { reason: 'old' } }] as const;
  const docOf = (...facts: Parameters<typeof documentsFrom>[1]) => documentsFrom(products, facts).get(PRODUCT);

  it('show a draft, then what is on offer; a next draft changes nothing of that until it is published', () => {
    expect(docOf(drafted(1))).toMatchObject({ status: 'drafted', version: 1 });
    expect(docOf(drafted(1), published(1), drafted(2, 'Next'))).toMatchObject({
      status: 'published',
      version: 1,
      offering: { name: 'First credit' },
    });
    expect(docOf(drafted(1), published(1), drafted(2, 'Next'), published(2, 'Next'))).toMatchObject({
      version: 2,
      offering: { name: 'Next' },
      cap: '0.24',
    });
    expect(docOf(drafted(1), published(1), retired)).toMatchObject({ status: 'retired' });
  });

  it('are found by their status', () => {
    expect(entriesOf(products, 'byStatus', documentsFrom(products, [drafted(1), published(1)]))).toEqual([
      ['published', 'First credit'],
    ]);
  });
});

describe('the reconciliations', () => {
  const ID = 'reconciliation-unionlike-2026-03-02';
  const sums = { in: cny('0.00'), out: cny('3000.00') };
  const imported: ReconciliationEvent = {
    type: 'StatementImported',
    data: { channel: 'unionlike', businessDate: DAY, statementHash: 'h', lines: 2, theirs: sums },
  };
  const matched: ReconciliationEvent = {
    type: 'MovementsMatched',
    data: {
      matched: 1,
      netted: 0,
      fees: cny('0.00'),
      pairs: { kept: 'hash', hash: 'h', rules: 'house@1', through: '7' },
      ours: sums,
    },
  };
  const opened: ReconciliationEvent = {
    type: 'BreakOpened',
    data: {
      breakId: 'b1',
      type: 'missing-here',
      reference: 'e2',
      difference: cny('-5.00'),
      suggestion: { action: 'book-suspense', amount: cny('5.00') },
      priority: 'P2',
    },
  };
  const explained: ReconciliationEvent = {
    type: 'BreakExplained',
    data: { breakId: 'b1', explanation: 'their mistake', evidence: 'a letter' },
  };
  const closed: ReconciliationEvent = { type: 'ReconciliationClosed', data: { closedOn: DAY, breaks: 1 } };
  const documentsOf = (...events: readonly ReconciliationEvent[]) =>
    documentsFrom(
      reconciliations,
      events.map((event) => [ID, event] as const),
    );

  it('show what matched, every break, and what explains it', () => {
    expect(documentsOf(imported, matched, opened, explained, closed).get(ID)).toMatchObject({
      channel: 'unionlike',
      businessDate: '2026-03-02',
      status: 'closed',
      lines: 2,
      matched: 1,
      breaks: [{ breakId: 'b1', explanation: 'their mistake', evidence: 'a letter' }],
    });
  });

  it('show who answers for a break, and the correction that ended it', () => {
    const assigned: ReconciliationEvent = { type: 'BreakAssigned', data: { breakId: 'b1', owner: 'li.na' } };
    const resolved: ReconciliationEvent = {
      type: 'BreakResolved',
      data: { breakId: 'b1', action: 'book-suspense', difference: cny('-5.00'), evidence: 'e', valueDate: DAY },
    };
    expect(documentsOf(imported, matched, opened, assigned, resolved).get(ID)).toMatchObject({
      fees: cny('0.00'),
      breaks: [{ breakId: 'b1', owner: 'li.na', action: 'book-suspense', evidence: 'e' }],
    });
  });

  it('are listed as open until every break is explained', () => {
    const open = (...events: readonly ReconciliationEvent[]) =>
      entriesOf(reconciliations, 'open', documentsOf(...events));
    expect(open(imported, matched, opened)).toEqual([['2026-03-02', 'unionlike']]);
    expect(open(imported, matched, opened, explained, closed)).toEqual([]);
  });
});

describe('the trail of a request', () => {
  it('names every fact that it led to, on whatever stream, in order', () => {
    const facts = [
      ...lives.approved.map((event) => [APPLICATION, event] as const),
      ...active.slice(0, 1).map((event) => [LOAN, event] as const),
    ];
    const trail = documentsFrom(correlations, facts).get('correlation');
    expect(trail?.steps.map(({ stream, type }) => [stream, type])).toEqual([
      [APPLICATION, 'ApplicationSubmitted'],
      [APPLICATION, 'DecisionStarted'],
      [APPLICATION, 'ApplicationApproved'],
      [LOAN, 'LoanOpened'],
    ]);
    expect(trail?.steps[0]).toMatchObject({ actor: 'system:test', causationId: 'cause', revision: '0' });
  });

  it('is cut where nobody would read on', () => {
    const [submitted] = lives.submitted;
    if (!submitted) throw new Error('an application was submitted');
    const many = Array.from({ length: 600 }, (_, n) => [`application-${n}`, submitted] as const);
    expect(documentsFrom(correlations, many).get('correlation')?.steps).toHaveLength(500);
  });
});
