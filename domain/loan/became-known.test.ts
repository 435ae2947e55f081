import fc from 'fast-check';
import { aged, LOAN, obey, repaid, repayment } from '../../tests/support/example-loan';
import { lifePlan, playLife } from '../../tests/support/loan-lives';
import { dayOf } from '../calendar';
import { addDays, businessDate, fold, type Instant, instant } from '../kernel';
import { replayLoan } from '../schedule';
import { readFact, writeAccount } from './account';
import { becameKnown, type RecordedLoanEvent } from './became-known';
import { accountTextOn, type LoanEvent, loanDecider } from './index';
import { loanAgreementOf } from './state';

const day = businessDate;

/** Recorded one an hour. */
const at = (index: number): Instant => instant(new Date(Date.UTC(2026, 3, 1, index)).toISOString());
const recorded = (events: readonly LoanEvent[]): readonly RecordedLoanEvent[] =>
  events.map((event, index) => ({ event, revision: BigInt(index), bookedAt: at(index) }));

const loanBy = (history: readonly RecordedLoanEvent[], knownAt: Instant) =>
  fold(
    loanDecider,
    history.filter(({ bookedAt }) => bookedAt <= knownAt).map(({ event }) => event),
  );

describe('what became known of a loan', () => {
  // Due on 15 February, aged on the 16th; on the 20th it comes to light that it was paid on the 14th.
  const late = aged('2026-02-16');
  const history = recorded(obey(late, day('2026-02-20'), repayment('r1', '1090.00', '2026-02-14')));
  const before = at(late.length - 1);
  const asOf = day('2026-02-17');

  it('is a fact with the day it counts for, when it was recorded, and what it changed as of a day', () => {
    const { facts, changes } = becameKnown(history, asOf, before);
    expect(facts).toMatchObject([
      { kind: 'repayment', on: '2026-02-14', knownOn: '2026-02-20', amount: '1090.00', backDated: true },
    ]);
    expect(facts[0]?.event).toBe('RepaymentApplied');
    expect(changes).toEqual(facts[0]?.changes);
    expect(changes).toContainEqual({ what: 'bucket', before: '1-30', after: 'current' });
    expect(changes).toContainEqual({ what: 'daysPastDue', before: '2', after: '0' });
    expect(changes).toContainEqual({ what: 'installments.1.owed.interest', before: '30.00', after: '29.03' });
  });

  it('is nothing before it was recorded: what counts for an earlier day is known from its recording on', () => {
    expect(becameKnown(history, asOf, undefined, before).facts.map(({ kind }) => kind)).toEqual(['disbursement']);
    expect(accountTextOn(loanBy(history, before), asOf)?.daysPastDue).toBe(2);
    expect(accountTextOn(loanBy(history, at(history.length)), asOf)?.daysPastDue).toBe(0);
  });

  it('changes nothing as of a day before the one that it counts for', () => {
    const { facts, changes } = becameKnown(history, day('2026-02-13'), before);
    expect(facts).toHaveLength(1);
    expect(changes).toEqual([]);
  });

  it('is nothing where only time went by', () => {
    expect(becameKnown(recorded(aged('2026-02-16')), asOf, at(1))).toMatchObject({ facts: [], changes: [] });
  });

  it('tells a fact that was taken back as a fact of its own, and what that changed', () => {
    const paid = repaid(late, 'r1', '100.00', '2026-02-17');
    const taken = obey(paid, day('2026-02-18'), {
      type: 'ReverseFact',
      data: { loanId: LOAN, of: 'repayment-r1', valueDate: day('2026-02-17') },
    });
    const undone = becameKnown(recorded(taken), asOf, at(paid.length - 1));
    expect(undone.facts).toMatchObject([{ kind: 'undo', of: expect.stringContaining('repayment-r1') }]);
    expect(undone.changes).toContainEqual(expect.objectContaining({ what: 'outstanding.principal' }));
  });
});

describe('a loan as of a day, as known at an instant, whatever happened to it', () => {
  it('is what a loan that is told only the facts known then comes to', () => {
    fc.assert(
      fc.property(lifePlan, fc.nat(400), fc.nat(60), (plan, days, known) => {
        const history = recorded(playLife(plan).events);
        const asOf = addDays(plan.disbursedOn, days);
        const knownAt = at(Math.max(1, Math.min(known, history.length - 1)));
        const state = loanBy(history, knownAt);
        const told = accountTextOn(state, asOf);
        // From the facts as they travel in the events, and nothing else of the record.
        const facts = history
          .filter(({ bookedAt }) => bookedAt <= knownAt)
          .flatMap(({ event: { data } }) =>
            'fact' in data ? [readFact(data.fact, data.valueDate, plan.terms.currency)] : [],
          );
        if (state.status !== 'lent') throw new Error('it is lent from the second event on');
        const fresh = replayLoan(plan.terms, loanAgreementOf(state.agreement), facts, dayOf(asOf));
        expect(told).toMatchObject(writeAccount(fresh, plan.terms.currency));
        expect(told?.facts.map(({ id }) => id)).toEqual(
          facts.filter(({ on }) => on <= dayOf(asOf)).map(({ id }) => id),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('differs between two instants by what became known between them', () => {
    fc.assert(
      fc.property(lifePlan, fc.nat(400), fc.nat(60), fc.nat(60), (plan, days, one, other) => {
        const history = recorded(playLife(plan).events);
        const asOf = addDays(plan.disbursedOn, days);
        const [from, to] = [at(1 + Math.min(one, other)), at(1 + Math.max(one, other))];
        const { facts, changes } = becameKnown(history, asOf, from, to);
        const texts = [from, to].map((instantOf) => accountTextOn(loanBy(history, instantOf), asOf));
        const ids = texts.map((text) => text?.facts.map(({ id }) => id) ?? []);
        expect(facts.filter(({ on }) => on <= asOf).map(({ id }) => id)).toEqual(ids[1]?.slice(ids[0]?.length));
        if (facts.length === 0) expect(changes).toEqual([]);
        for (const { what, before, after } of changes.filter((change) => change.what.startsWith('outstanding.'))) {
          const portion = what.slice('outstanding.'.length) as 'principal' | 'interest' | 'fee' | 'penalty';
          expect(texts.map((text) => text?.outstanding[portion].amount)).toEqual([before, after]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
