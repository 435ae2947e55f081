import type { LoanEvent } from '../loan';
import { paidOutOf } from '../schedule';
import { type Invariant, type LoggedFact, nothingUnfinished } from './invariant';

type Opened = Extract<LoanEvent, { readonly type: 'LoanOpened' }>['data'];

/** What a payout may be: what reaches the borrower of the contract, or of the tranche that it was drawn for. */
const payoutOf = (fact: LoggedFact, opened: Opened | undefined, drawn: string | undefined): string | undefined => {
  if (fact.type !== 'PayoutRequested') return undefined;
  if (opened === undefined) return `${fact.data.loanId} is not open`;
  const amount = drawn ?? paidOutOf(opened.contract).amount;
  if (fact.data.amount.amount !== amount) return `${fact.data.amount.amount} instead of ${amount}`;
  return JSON.stringify(fact.data.payee) === JSON.stringify(opened.payee) ? undefined : 'to somebody else';
};

export const payoutsAreAsAgreed: Invariant = {
  id: 'I-19',
  statement: 'What is paid out is what the contract says, or what was drawn under it, to the account that it names',
  check: () => {
    const contracts = new Map<string, Opened>();
    const drawn = new Map<string, string>();
    return {
      see: (fact) => {
        if (fact.type === 'LoanOpened') contracts.set(fact.stream, fact.data);
        if (fact.type === 'TrancheRequested') drawn.set(fact.data.payoutId, fact.data.amount.amount);
        if (fact.type !== 'PayoutRequested') return undefined;
        const found = payoutOf(fact, contracts.get(fact.data.loanId), drawn.get(fact.stream));
        return found && `${fact.stream}: ${found}`;
      },
      unfinished: nothingUnfinished,
    };
  },
};

export const reservationsAreGivenBack: Invariant = {
  id: 'I-23',
  statement: 'An application that ends without a loan gives back its reservation, and no other does',
  check: () => {
    const reserved = new Map<string, string>();
    const ended = new Set<string>();
    return {
      see: (fact) => {
        switch (fact.type) {
          case 'CreditReserved':
            reserved.set(fact.data.applicationId, fact.stream);
            return undefined;
          case 'CreditDrawn':
            reserved.delete(fact.data.applicationId);
            return undefined;
          case 'ApplicationRejected':
          case 'ApplicationExpired':
          case 'ApplicationWithdrawn':
            ended.add(fact.stream);
            return undefined;
          case 'LoanCancelled':
            ended.add(`application-${fact.stream.slice('loan-'.length)}`);
            return undefined;
          case 'CreditReleased': {
            const { applicationId } = fact.data;
            const was = reserved.get(applicationId);
            reserved.delete(applicationId);
            if (was !== fact.stream) return `${applicationId} had reserved nothing here`;
            return ended.has(applicationId) ? undefined : `${applicationId} goes on, its reservation is gone`;
          }
          default:
            return undefined;
        }
      },
      unfinished: () => [...reserved.keys()].filter((application) => ended.has(application)).length,
    };
  },
};
