import type { Dealing } from '../risk/features';
import { type Fact, type HouseProjection, nought } from './house-projection';

type Loan = Extract<Dealing, { readonly kind: 'loan' }>;

const begun = (event: Fact): Dealing | undefined => {
  const [id, at] = [event.stream, Date.parse(event.meta.bookedAt)];
  switch (event.type) {
    case 'BorrowerRegistered':
      return { id, borrowerId: id, kind: 'registration', at };
    case 'ApplicationSubmitted':
      return { id, borrowerId: event.data.borrowerId, kind: 'application', at };
    case 'LoanOpened': {
      const { borrowerId, contract } = event.data;
      const owed = nought(contract.principal.currency);
      return { id, borrowerId, kind: 'loan', at, status: 'opened', worstDays: 0, owed };
    }
    default:
      return undefined;
  }
};

const endOf = (loan: Loan, event: Fact): Loan['status'] => {
  switch (event.type) {
    case 'LoanClosed':
      return loan.status === 'lost' || event.data.reason === 'settled' ? 'lost' : 'repaid';
    case 'LoanChargedOff':
    case 'LoanWrittenOff':
      return 'lost';
    case 'LoanReopened':
    case 'LoanDisbursed':
      return 'running';
    case 'LoanCancelled':
      return 'cancelled';
    default:
      return loan.status;
  }
};

const went = (loan: Loan, event: Fact): Loan => {
  const status = endOf(loan, event);
  const owed = 'outstanding' in event.data ? event.data.outstanding : loan.owed;
  const days = event.type === 'ArrearsBucketChanged' ? event.data.daysPastDue : 0;
  const worstDays = Math.max(loan.worstDays, days);
  const same = status === loan.status && worstDays === loan.worstDays && owed.amount === loan.owed.amount;
  return same ? loan : { ...loan, status, owed, worstDays };
};

/** What the house has had to do with each borrower: registration, applications, loans. */
export const dealings: HouseProjection<Dealing> = {
  name: 'dealings',
  version: 1,
  categories: ['borrower', 'application', 'loan'],
  indexes: { byBorrower: ({ borrowerId, at }) => [borrowerId, at] },
  keys: ({ stream }) => [stream],
  fold: (dealing, event) => {
    if (dealing === undefined) return begun(event);
    if (dealing.kind === 'loan') return went(dealing, event);
    if (dealing.kind === 'application' && event.type === 'ApplicationRejected') {
      return { ...dealing, rejectedAt: Date.parse(event.meta.bookedAt) };
    }
    return dealing;
  },
};
