import type { Invariant, LoggedFact } from './invariant';
import { nothingUnfinished } from './invariant';

type FactType = LoggedFact['type'];

/** What begins a stream of each of these categories, once. */
const BIRTHS: Readonly<Record<string, readonly FactType[]>> = {
  borrower: ['BorrowerRegistered'],
  product: ['ProductDrafted'],
  creditline: ['CreditLineOpened'],
  application: ['ApplicationSubmitted'],
  loan: ['LoanOpened'],
  payout: ['PayoutRequested'],
  repayment: ['RepaymentInitiated', 'RepaymentReceived'],
  receipt: ['ReceiptRecorded'],
  channel: ['ChannelEnrolled'],
  custody: ['CustodyAccountOpened'],
  instruction: ['CustodyInstructionRequested'],
};

const BEGINNINGS: ReadonlySet<FactType> = new Set(Object.values(BIRTHS).flat());

/** After these nothing happens to a stream any more. */
const ENDINGS: ReadonlySet<FactType> = new Set<FactType>([
  'PayoutSettled',
  'RepaymentFailed',
  'RepaymentAllocated',
  'ApplicationExpired',
  'ApplicationWithdrawn',
  'LoanCancelled',
  'ProductRetired',
  'ChannelRetired',
  'BorrowerErased',
  'CustodyInstructionCancelled',
  'CustodyInstructionSettled',
  'CustodyInstructionFailed',
]);

const hasEnded = (fact: LoggedFact): boolean =>
  ENDINGS.has(fact.type) || (fact.type === 'PayoutFailed' && fact.data.final);

export const endingsAreFinal: Invariant = {
  id: 'I-21',
  statement: 'Every life begins as lives of its kind do, goes only where it may, and what has ended stays as it ended',
  check: () => {
    const begun = new Set<string>();
    const ended = new Map<string, FactType>();
    return {
      see: (fact) => {
        const { stream, type } = fact;
        const end = ended.get(stream);
        if (end !== undefined) return `${type} after ${end}`;
        const birth = BIRTHS[stream.slice(0, stream.indexOf('-'))];
        const isFirst = birth !== undefined && !begun.has(stream);
        if (birth !== undefined) begun.add(stream);
        if (hasEnded(fact)) ended.set(stream, type);
        if (isFirst && !birth.includes(type)) return `begins with ${type}`;
        return !isFirst && BEGINNINGS.has(type) ? `${type} in the middle of a life` : undefined;
      },
      unfinished: nothingUnfinished,
    };
  },
};

/** What an answer about an instruction says for good. */
const verdictOf = (fact: LoggedFact): { readonly effectId: string; readonly verdict: string } | undefined => {
  switch (fact.type) {
    case 'PayoutSettled':
    case 'RepaymentSettled':
    case 'CustodyInstructionSettled':
      return { effectId: fact.data.effectId, verdict: 'settled' };
    case 'PayoutFailed':
    case 'RepaymentFailed':
    case 'CustodyInstructionFailed':
      return { effectId: fact.data.effectId, verdict: 'failed' };
    default:
      return undefined;
  }
};

export const verdictsStand: Invariant = {
  id: 'I-33',
  statement: 'No late, repeated or reordered answer changes what became of an instruction',
  check: () => {
    const verdicts = new Map<string, string>();
    return {
      see: (fact) => {
        const said = verdictOf(fact);
        if (said === undefined) return undefined;
        const before = verdicts.get(said.effectId);
        verdicts.set(said.effectId, said.verdict);
        return before === undefined ? undefined : `${said.effectId} is ${said.verdict} after it was ${before}`;
      },
      unfinished: nothingUnfinished,
    };
  },
};
