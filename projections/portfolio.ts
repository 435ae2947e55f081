import type { MoneyText } from '../domain/kernel';
import { type Fact, type HouseProjection, nought, plus } from './house-projection';

/** The whole house in figures; one document. */
export interface PortfolioDoc {
  readonly borrowers: number;
  readonly applications: {
    readonly submitted: number;
    readonly approved: number;
    readonly rejected: number;
    readonly referred: number;
  };
  /** Milliseconds that the engine's decisions took: how many, their sum, the longest. */
  readonly decisions: { readonly count: number; readonly totalMs: number; readonly mostMs: number };
  readonly loans: {
    readonly disbursed: number;
    readonly closed: number;
    readonly writtenOff: number;
    readonly cancelled: number;
  };
  readonly disbursed: MoneyText;
  readonly repaid: MoneyText;
}

const START: PortfolioDoc = {
  borrowers: 0,
  applications: { submitted: 0, approved: 0, rejected: 0, referred: 0 },
  decisions: { count: 0, totalMs: 0, mostMs: 0 },
  loans: { disbursed: 0, closed: 0, writtenOff: 0, cancelled: 0 },
  disbursed: nought('CNY'),
  repaid: nought('CNY'),
};

const counted = (doc: PortfolioDoc, what: keyof PortfolioDoc['applications'], tookMs?: number): PortfolioDoc => ({
  ...doc,
  applications: { ...doc.applications, [what]: doc.applications[what] + 1 },
  decisions:
    tookMs === undefined
      ? doc.decisions
      : {
          count: doc.decisions.count + 1,
          totalMs: doc.decisions.totalMs + tookMs,
          mostMs: Math.max(doc.decisions.mostMs, tookMs),
        },
});

const loanCounted = (doc: PortfolioDoc, what: keyof PortfolioDoc['loans']): PortfolioDoc => ({
  ...doc,
  loans: { ...doc.loans, [what]: doc.loans[what] + 1 },
});

const inHouseCurrency = (sum: MoneyText, amount: MoneyText): MoneyText =>
  amount.currency === sum.currency ? plus(sum, amount) : sum;

const foldPortfolio = (doc: PortfolioDoc, event: Fact): PortfolioDoc => {
  switch (event.type) {
    case 'BorrowerRegistered':
      return { ...doc, borrowers: doc.borrowers + 1 };
    case 'ApplicationSubmitted':
      return counted(doc, 'submitted');
    case 'ApplicationApproved':
      return counted(doc, 'approved', event.meta.actor.kind === 'system' ? event.data.decision.tookMs : undefined);
    case 'ApplicationRejected':
      return counted(doc, 'rejected', event.data.review ? undefined : event.data.decision?.tookMs);
    case 'ApplicationReferred':
      return counted(doc, 'referred', event.data.decision.tookMs);
    case 'LoanDisbursed': {
      const after = event.data.tranche === undefined ? loanCounted(doc, 'disbursed') : doc;
      return { ...after, disbursed: inHouseCurrency(after.disbursed, event.data.amount) };
    }
    case 'RepaymentApplied':
      return { ...doc, repaid: inHouseCurrency(doc.repaid, event.data.amount) };
    case 'LoanClosed':
      return loanCounted(doc, 'closed');
    case 'LoanWrittenOff':
      return loanCounted(doc, 'writtenOff');
    case 'LoanCancelled':
      return loanCounted(doc, 'cancelled');
    default:
      return doc;
  }
};

const COUNTED: ReadonlySet<Fact['type']> = new Set([
  'BorrowerRegistered',
  'ApplicationSubmitted',
  'ApplicationApproved',
  'ApplicationRejected',
  'ApplicationReferred',
  'LoanDisbursed',
  'RepaymentApplied',
  'LoanClosed',
  'LoanWrittenOff',
  'LoanCancelled',
]);

export const PORTFOLIO_KEY = 'house';

/** Counts and sums of the whole house. */
export const portfolio: HouseProjection<PortfolioDoc> = {
  name: 'portfolio',
  version: 1,
  categories: ['borrower', 'application', 'loan'],
  indexes: {},
  keys: ({ type }) => (COUNTED.has(type) ? [PORTFOLIO_KEY] : []),
  fold: (doc, event) => foldPortfolio(doc ?? START, event),
};
