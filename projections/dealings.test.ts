import { businessDate } from '../domain/kernel';
import type { LoanEvent } from '../domain/loan';
import { application, borrower, rejected, request, submitted } from '../tests/support/application-lives';
import { active, BORROWER, cny, LOAN, opened } from '../tests/support/example-loan';
import { documentsFrom, entriesOf } from '../tests/support/folding';
import { associations } from './associations';
import { dealings } from './dealings';
import { tallyKeysOf, velocities } from './velocities';

const on = businessDate('2026-04-20');
const closed = (reason: 'repaid' | 'settled'): LoanEvent => ({ type: 'LoanClosed', data: { reason, closedOn: on } });
const reopened: LoanEvent = { type: 'LoanReopened', data: { reopenedOn: on } };
const cancelled: LoanEvent = { type: 'LoanCancelled', data: { reason: 'no account' } };
const late = (to: '31-60' | '90+' | 'current', daysPastDue: number): LoanEvent => ({
  type: 'ArrearsBucketChanged',
  data: { from: 'current', to, daysPastDue, overdue: cny('100.00'), valueDate: on },
});
const loanAfter = (...events: readonly LoanEvent[]) =>
  documentsFrom(
    dealings,
    events.map((event) => [LOAN, event] as const),
  ).get(LOAN);

describe('what the house has had to do with a borrower', () => {
  it.each([
    ['opened', opened],
    ['running', active],
    ['repaid', [...active, closed('repaid')]],
    ['lost', [...active, closed('settled')]],
    ['running', [...active, closed('repaid'), reopened]],
    ['cancelled', [...opened, cancelled]],
  ] as const)('is a loan that is %s', (status, events) => {
    expect(loanAfter(...events)).toMatchObject({ kind: 'loan', borrowerId: BORROWER, status });
  });

  it('keeps the worst of a loan’s days, and what is owed on it', () => {
    expect(loanAfter(...active, late('31-60', 40), late('current', 0))).toMatchObject({ worstDays: 40 });
    expect(loanAfter(...opened)).toMatchObject({ owed: cny('0.00') });
    expect(loanAfter(...active)).not.toMatchObject({ owed: cny('0.00') });
  });

  it('is an application, and when it was rejected; found by the borrower', () => {
    const at = (bookedAt: string) => ({ bookedAt });
    const documents = documentsFrom(dealings, [
      [application, submitted, at('2026-03-02T02:00:00.000Z')],
      [application, rejected, at('2026-03-02T02:00:01.000Z')],
    ]);
    const [came, went] = [Date.parse('2026-03-02T02:00:00.000Z'), Date.parse('2026-03-02T02:00:01.000Z')];
    expect(documents.get(application)).toMatchObject({ kind: 'application', at: came, rejectedAt: went });
    expect(entriesOf(dealings, 'byBorrower', documents)).toEqual([[borrower, came]]);
  });
});

describe('who belongs together', () => {
  it('joins a borrower to their loans, and knows the lost ones; ninety days are lost enough', () => {
    const nodesAfter = (...events: readonly LoanEvent[]) =>
      documentsFrom(
        associations,
        events.map((event) => [LOAN, event] as const),
      );
    expect(Object.keys(nodesAfter(...active).get(BORROWER)?.links ?? {})).toEqual([LOAN]);
    expect(nodesAfter(...active, late('31-60', 40)).get(LOAN)).not.toHaveProperty('badSince');
    expect(nodesAfter(...active, late('90+', 91)).get(LOAN)).toHaveProperty('badSince');
  });
});

describe('how often applications come', () => {
  it('is counted for each thing that they have in common, under its keyed hash', () => {
    const documents = documentsFrom(velocities, [[application, submitted]]);
    expect([...documents.keys()]).toEqual([...tallyKeysOf({ ...request, borrowerId: borrower }).values()]);
    const { submissions } = documents.get(`borrower:${borrower}`) ?? { submissions: [] };
    expect(submissions).toEqual([[expect.any(Number), expect.any(String), borrower, 12_000, 'CNY']]);
  });
});
