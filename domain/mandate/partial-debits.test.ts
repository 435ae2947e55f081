import fc from 'fast-check';
import { issuedOn } from '../../tests/support/decider-specification';
import { BORROWER, cny, LOAN } from '../../tests/support/example-loan';
import {
  automaticRepaymentId,
  businessDate,
  businessDateAt,
  formatMinor,
  isRefusal,
  mandateId,
  parseMoney,
} from '../kernel';
import { type MandateCommand, type MandateEvent, type MandateState, mandateDecider, retryPolicy } from '.';

const MANDATE = mandateId(LOAN);
const DUE = businessDate('2026-03-02');
const payer = { cardId: 'card-1', bank: 'Test Bank', lastFour: '4242' };
const text = (minor: number) => cny(formatMinor(BigInt(minor), 'CNY'));

const granted: MandateEvent = {
  type: 'MandateGranted',
  data: {
    ...{ loanId: LOAN, borrowerId: BORROWER, number: 1, payer, grantedOn: businessDate('2026-02-01') },
    agreement: {
      ...{ perDebit: cny('5000.00'), perMonth: cny('9000.00'), payDays: [5, 15, 25], textVersion: '1', textHash: 'h' },
      ...{ from: businessDate('2026-02-01'), to: businessDate('2027-02-01') },
    },
  },
};

/** Lives the attempts for one due date, each of which finds a share of what it asks for. */
const lived = (due: number, shares: readonly number[]) => {
  let state: MandateState = mandateDecider.evolve(mandateDecider.initial, granted);
  let at = '2026-03-02T01:00:00.000Z';
  let [taken, asked, ended] = [0, [] as number[], false];
  const give = (command: object): readonly MandateEvent[] => {
    const issued = { ...issuedOn(businessDateAt(Date.parse(at))), at };
    const outcome = mandateDecider.decide({ ...issued, ...command } as unknown as MandateCommand, state);
    if (isRefusal(outcome)) throw new Error(outcome.detail);
    state = outcome.reduce(mandateDecider.evolve, state);
    return outcome;
  };
  for (const [index, share] of shares.entries()) {
    const attempt = index + 1;
    const dues = { status: 'active', borrowerId: BORROWER, unpaid: text(due - taken) };
    const borrower = { status: 'verified', cards: ['card-1'], consents: ['direct-debit'] };
    const of = { mandateId: MANDATE, loanId: LOAN, dueDate: DUE };
    const facts = give({ type: 'OrderDebit', data: { ...of, attempt }, facts: { dues, borrower } });
    const order = facts.find((fact) => fact.type === 'DebitOrdered');
    if (order === undefined) break;
    const amount = Number(parseMoney(order.data.amount).minor);
    asked.push(amount);
    const part = Math.max(1, Math.floor(amount * share));
    taken += part;
    const repaymentId = automaticRepaymentId(LOAN, DUE, attempt);
    const result = { outcome: 'taken', amount: text(part) };
    const after = give({ type: 'RecordDebit', data: { mandateId: MANDATE, repaymentId, result } });
    ended = after.some((fact) => fact.type === 'DebitGivenUp');
    const next = after.find((fact) => fact.type === 'DebitRetryPlanned');
    if (next === undefined) break;
    at = next.data.at;
  }
  return { taken, asked, ended };
};

const share = fc.double({ min: 0, max: 1, noNaN: true });

test('law: what debits take in parts never adds up to more than is due, and each asks for what is left', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400_000 }),
      fc.array(share, { minLength: 1, maxLength: 8 }),
      (due, shares) => {
        const { taken, asked, ended } = lived(due, shares);
        expect(taken).toBeLessThanOrEqual(due);
        expect(asked[0]).toBe(due);
        expect(asked.length).toBeLessThanOrEqual(retryPolicy.noFunds.most);
        for (const [index, amount] of asked.slice(1).entries()) expect(amount).toBeLessThan(asked[index] ?? 0);
        if (ended) expect(taken).toBeLessThan(due);
      },
    ),
  );
});
