import { aggregates } from './aggregates';
import { handling } from './handling';
import { loanNamedIn, loansOfSplit } from './look-ups';

const { receipt } = aggregates;

/** Who deals with money that came in by itself. */
const TREASURY = ['finance', 'operator'] as const;

/** The commands by which money that came in by itself finds its loan, or goes back. */
export const receiptRegistry = {
  RecordReceipt: handling('RecordReceipt', receipt, {
    stream: (d) => d.receiptId,
    existence: 'new',
    who: TREASURY,
    lookUp: async (d, { businessDate }, read) => {
      const named = d.lines.length === 0 ? await loanNamedIn(read, d.reference, businessDate) : undefined;
      return { loans: await loansOfSplit(read, d.lines, businessDate), ...(named && { named }) };
    },
  }),
  MatchReceipt: handling('MatchReceipt', receipt, {
    stream: (d) => d.receiptId,
    existence: 'existing',
    who: TREASURY,
    lookUp: async (d, { businessDate }, read) => ({ loans: await loansOfSplit(read, d.lines, businessDate) }),
  }),
  RequestReceiptRefund: handling('RequestReceiptRefund', receipt, {
    stream: (d) => d.receiptId,
    existence: 'existing',
    who: TREASURY,
  }),
  ApproveReceiptRefund: handling('ApproveReceiptRefund', receipt, {
    stream: (d) => d.receiptId,
    existence: 'existing',
    who: TREASURY,
  }),
  RecordReceiptRefund: handling('RecordReceiptRefund', receipt, {
    stream: (d) => d.receiptId,
    existence: 'existing',
    who: TREASURY,
  }),
} as const;
