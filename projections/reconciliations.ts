import type { MoneyText } from '../domain/kernel';
import type { Break, SettlingAction } from '../domain/reconciliation';
import type { Fact, HouseProjection } from './house-projection';

export interface BreakDoc extends Break {
  readonly openedAt: string;
  /** Who answers for it. */
  readonly owner?: string;
  readonly explanation?: string;
  /** The correction that ended it. */
  readonly action?: SettlingAction;
  readonly evidence?: string;
}

interface Sums {
  readonly in: MoneyText;
  readonly out: MoneyText;
}

export interface ReconciliationDoc {
  readonly id: string;
  readonly channel: string;
  readonly businessDate: string;
  readonly status: 'open' | 'closed';
  readonly lines: number;
  readonly matched: number;
  readonly theirs: Sums;
  readonly ours?: Sums;
  /** What the rules let the channel keep: with the breaks it makes up the difference. */
  readonly fees?: MoneyText;
  readonly statementHash: string;
  /** Name and version of the rules it was held against our movements by, and their content hash if on record. */
  readonly rules?: string;
  readonly rulesHash?: string;
  readonly breaks: readonly BreakDoc[];
}

const withBreak = (doc: ReconciliationDoc, breakId: string, change: Partial<BreakDoc>): ReconciliationDoc => ({
  ...doc,
  breaks: doc.breaks.map((each) => (each.breakId === breakId ? { ...each, ...change } : each)),
});

type Matched = Extract<Fact, { readonly type: 'MovementsMatched' }>;

const wentBy = ({ pairs }: Matched['data']): Pick<ReconciliationDoc, 'rules' | 'rulesHash'> => {
  if (pairs.kept !== 'hash') return {};
  const { rules, rulesHash } = pairs;
  return rulesHash === undefined ? { rules } : { rules, rulesHash };
};

const foldReconciliation = (doc: ReconciliationDoc, event: Fact): ReconciliationDoc => {
  switch (event.type) {
    case 'MovementsMatched':
      return {
        ...doc,
        ...wentBy(event.data),
        matched: event.data.matched,
        ours: event.data.ours,
        fees: event.data.fees,
      };
    case 'BreakOpened':
      return { ...doc, breaks: [...doc.breaks, { ...event.data, openedAt: event.meta.bookedAt }] };
    case 'BreakAssigned': {
      const { breakId, owner } = event.data;
      return withBreak(doc, breakId, { owner });
    }
    case 'BreakExplained': {
      const { breakId, explanation, evidence } = event.data;
      return withBreak(doc, breakId, { explanation, evidence });
    }
    case 'BreakResolved': {
      const { breakId, action, evidence } = event.data;
      return withBreak(doc, breakId, { action, explanation: `corrected: ${action}`, evidence });
    }
    case 'ReconciliationClosed':
      return { ...doc, status: 'closed' };
    default:
      return doc;
  }
};

/** Each channel's statement of each business date: what matched, what did not, and what explains it. */
export const reconciliations: HouseProjection<ReconciliationDoc> = {
  name: 'reconciliations',
  version: 3,
  categories: ['reconciliation'],
  indexes: {
    byDate: ({ businessDate, channel }) => [businessDate, channel],
    open: ({ status, businessDate, channel }) => (status === 'open' ? [businessDate, channel] : undefined),
  },
  keys: ({ stream }) => [stream],
  fold: (doc, event, key) => {
    if (event.type !== 'StatementImported') return doc ? foldReconciliation(doc, event) : undefined;
    const { channel, businessDate, lines, statementHash, theirs } = event.data;
    return { id: key, channel, businessDate, status: 'open', lines, matched: 0, theirs, statementHash, breaks: [] };
  },
};
