import { specificationFor } from '../../tests/support/decider-specification';
import { borrowerId, businessDate, caseId, fold, instant, loanIdSchema, type MoneyText } from '../kernel';
import type { ArrearsBucket, ArrearsStanding } from '../loan';
import { type CollectionsEvent, caseDecider } from '.';

const BORROWER = borrowerId('b');
const CASE = caseId(BORROWER);
const LOAN = loanIdSchema.parse('loan-one');
const OTHER = loanIdSchema.parse('loan-two');
const TODAY = '2026-03-02';
const on = businessDate;
const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });
const { given } = specificationFor(caseDecider, TODAY);

const late = (bucket: ArrearsBucket, overdue = '500.00'): ArrearsStanding => ({
  kind: 'in-arrears',
  bucket,
  pastDueSince: on('2026-02-28'),
  overdue: cny(overdue),
});
const current: ArrearsStanding = { kind: 'current' };

const note = (standing: ArrearsStanding, paid: Readonly<Record<string, MoneyText>> = {}, loanId = LOAN) =>
  ({
    type: 'NoteLoan',
    data: { caseId: CASE, borrowerId: BORROWER, loanId, worsened: true },
    facts: { standing, paid },
  }) as const;
/** The facts that a command leads to after others. */
const after = (
  events: readonly CollectionsEvent[],
  ...commands: readonly Parameters<ReturnType<typeof given>['when']>[0][]
): readonly CollectionsEvent[] => {
  const all = [...events];
  for (const command of commands) {
    const { outcome } = given(all).when(command);
    if ('refused' in outcome) throw new Error(outcome.code);
    all.push(...outcome);
  }
  return all;
};

const opened = after([], note(late('1-30')));
const promise = (by: string, amount = '500.00') =>
  ({
    type: 'RecordPromise',
    data: { caseId: CASE, promiseId: 'p', loanId: LOAN, amount: cny(amount), by: on(by) },
    facts: { owed: cny('2000.00'), paidToday: cny('0.00') },
  }) as const;
const judge = (paid: string, day: string) =>
  ({
    type: 'JudgePromise',
    data: { caseId: CASE, promiseId: 'p' },
    facts: { paid: { p: cny(paid) } },
    businessDate: on(day),
  }) as const;
const collector = (id: string) => ({ actor: { kind: 'collector', id } }) as const;

describe('A case of a borrower in arrears', () => {
  it('opens with the first loan in arrears, at the stage of its bucket, with what is to be done next', () => {
    given([])
      .when(note(late('1-30')))
      .then([
        {
          type: 'CaseOpened',
          data: { borrowerId: BORROWER, jurisdiction: 'CN', strategy: 'standard@1', openedOn: on(TODAY) },
        },
        {
          type: 'ArrearsNoted',
          data: {
            loanId: LOAN,
            bucket: '1-30',
            pastDueSince: on('2026-02-28'),
            overdue: cny('500.00'),
            on: on(TODAY),
          },
        },
        {
          type: 'StageEntered',
          data: {
            stage: 'early',
            on: on(TODAY),
            next: { means: 'call', who: 'collector', on: on('2026-03-05') },
          },
        },
      ]);
  });

  it('is not opened for what is paid in time, and says nothing twice', () => {
    given([]).when(note(current)).thenNothing();
    given(opened)
      .when(note(late('1-30')))
      .thenNothing();
  });

  it('follows the loan that is latest', () => {
    const two = after(opened, note(late('61-90'), {}, OTHER));
    expect(fold(caseDecider, two)).toMatchObject({ stage: { name: 'late' } });
    expect(fold(caseDecider, after(two, note(current, {}, OTHER)))).toMatchObject({ stage: { name: 'early' } });
  });

  it.each<[ArrearsStanding, string]>([
    [current, 'cured'],
    [{ kind: 'ended', why: 'repaid' }, 'repaid'],
    [{ kind: 'ended', why: 'written-off' }, 'written-off'],
    [{ kind: 'ended', why: 'settled' }, 'settled'],
  ])('closes with the last loan: %j', (standing, reason) => {
    given(opened)
      .when(note(standing))
      .thenMatching([
        { type: 'ArrearsEnded', data: { why: reason } },
        { type: 'CaseClosed', data: { reason } },
      ]);
    const two = after(opened, note(late('31-60'), {}, OTHER));
    expect(fold(caseDecider, after(two, note(standing)))).toMatchObject({ status: 'open' });
  });

  it('that a person has closed is opened again only when a loan gets later; the limits count on', () => {
    const contact = {
      type: 'AttemptContact',
      data: { caseId: CASE, contactId: 'c', means: 'visit', party: 'debtor' },
    } as const;
    const closed = after(opened, contact, { type: 'CloseCase', data: { caseId: CASE, reason: 'disputed' } });
    const same = note(late('1-30'));
    given(closed)
      .when({ ...same, data: { ...same.data, worsened: false } })
      .thenNothing();
    const again = after(closed, note(late('31-60')));
    expect(fold(caseDecider, again)).toMatchObject({ status: 'open', stage: { name: 'middle' } });
    given(again)
      .when({ ...contact, data: { ...contact.data, contactId: 'd' } })
      .thenRefused('CONTACT_LIMIT_REACHED');
    given(closed)
      .when({ ...contact })
      .thenRefused('WRONG_STATUS');
  });
});

describe('Work on a case', () => {
  const claim = { type: 'ClaimCase', data: { caseId: CASE } } as const;
  const call = {
    type: 'AttemptContact',
    data: { caseId: CASE, contactId: 'c', means: 'call', party: 'debtor' },
    at: instant('2026-03-02T02:00:00.000Z'),
  } as const;

  it('is one collector’s at a time; an operator may step in', () => {
    const claimed = after(opened, { ...claim, ...collector('ann') });
    given(claimed)
      .when({ ...claim, ...collector('ann') })
      .thenNothing();
    given(claimed)
      .when({ ...claim, ...collector('bob') })
      .thenRefused('CASE_CLAIMED');
    given(claimed)
      .when({ ...call, ...collector('bob') })
      .thenRefused('CASE_CLAIMED');
    given(claimed)
      .when({ type: 'ReleaseCase', data: { caseId: CASE } })
      .then([{ type: 'CaseReleased', data: { owner: 'ann' } }]);
  });

  it('asks leave before it turns to the debtor, and plans the next time', () => {
    given(opened)
      .when(call)
      .then([
        {
          type: 'ContactAttempted',
          data: {
            contactId: 'c',
            means: 'call',
            at: call.at,
            by: 'test',
            next: { means: 'call', who: 'collector', on: on('2026-03-06') },
          },
        },
      ]);
    given(opened)
      .when({ ...call, data: { ...call.data, party: 'third-party' } })
      .thenRefused('CONTACT_THIRD_PARTY');
  });

  it('puts the result of a contact on record once', () => {
    const called = after(opened, call);
    const result = {
      type: 'RecordContactResult',
      data: { caseId: CASE, contactId: 'c', result: 'reached' },
    } as const;
    const told = after(called, result);
    given(told).when(result).thenRefused('WRONG_STATUS');
    given(opened).when(result).thenRefused('NOT_FOUND');
  });

  it('rests while an agency or a court has the case, and goes on when it comes back', () => {
    const out = after(opened, { type: 'HandOverCase', data: { caseId: CASE, agency: 'Clearwater' } });
    expect(fold(caseDecider, out)).not.toHaveProperty('next');
    given(out)
      .when(call)
      .thenMatching([{ data: { agency: 'Clearwater' } }]);
    given(out)
      .when({ type: 'HandOverCase', data: { caseId: CASE, agency: 'Other' } })
      .thenRefused('WRONG_STATUS');
    const back = after(out, { type: 'TakeBackCase', data: { caseId: CASE, reason: 'recalled' } });
    expect(fold(caseDecider, back)).toHaveProperty('next');
    const court = after(back, { type: 'TakeLegalStep', data: { caseId: CASE, step: 'filed', reference: 'x-1' } });
    expect(fold(caseDecider, court)).toMatchObject({ inCourt: true });
    expect(fold(caseDecider, court)).not.toHaveProperty('next');
  });
});

describe('A promise to pay', () => {
  it('is of this loan, of an amount that is owed, and of a day soon enough; one at a time', () => {
    given(opened)
      .when(promise('2026-03-16'))
      .thenMatching([{ type: 'PromiseMade', data: { judgedOn: '2026-03-18' } }]);
    given(opened).when(promise('2026-03-17')).thenRefused('PROMISE_UNFIT');
    given(opened).when(promise('2026-03-01')).thenRefused('PROMISE_UNFIT');
    given(opened).when(promise('2026-03-10', '2000.01')).thenRefused('PROMISE_UNFIT');
    given(opened).when(promise('2026-03-10', '0.00')).thenRefused('PROMISE_UNFIT');
    const promised = after(opened, promise('2026-03-10'));
    const second = promise('2026-03-11');
    given(promised)
      .when({ ...second, data: { ...second.data, promiseId: 'q' } })
      .thenRefused('PROMISE_PENDING');
    given(opened)
      .when({ ...second, data: { ...second.data, loanId: OTHER } })
      .thenRefused('NOT_FOUND');
  });

  it('keeps the strategy waiting until its day has passed', () => {
    const promised = after(opened, promise('2026-03-10'));
    expect(fold(caseDecider, promised)).toMatchObject({ next: { on: '2026-03-12' } });
  });

  it('is kept by what was paid up to its day, and broken when its day has passed', () => {
    const promised = after(opened, promise('2026-03-10'));
    given(promised).when(judge('499.99', '2026-03-11')).thenNothing();
    given(promised)
      .when(judge('500.00', '2026-03-11'))
      .thenMatching([{ type: 'PromiseKept' }]);
    given(promised)
      .when(judge('499.99', '2026-03-12'))
      .thenMatching([{ type: 'PromiseBroken', data: { paid: cny('499.99') } }]);
  });

  it('is not kept by what was paid on its day before it was made', () => {
    const made = { ...promise('2026-03-10'), facts: { owed: cny('2000.00'), paidToday: cny('300.00') } };
    const promised = after(opened, made);
    given(promised).when(judge('799.99', '2026-03-10')).thenNothing();
    given(promised)
      .when(judge('800.00', '2026-03-10'))
      .thenMatching([{ type: 'PromiseKept', data: { paid: cny('500.00') } }]);
  });

  it('is judged anew when a payment becomes known late, or is taken back', () => {
    const broken = after(opened, promise('2026-03-10'), judge('0.00', '2026-03-12'));
    const kept = after(broken, note(late('1-30', '1.00'), { p: cny('500.00') }));
    expect(fold(caseDecider, kept)).toMatchObject({ promises: new Map([['p', { status: 'kept' }]]) });
    given(kept)
      .when(judge('0.00', '2026-03-13'))
      .thenMatching([{ type: 'PromiseBroken' }]);
  });

  it('lapses with the arrears that it was about, unless it was kept by what ended them', () => {
    const promised = after(opened, promise('2026-03-10'));
    given(promised)
      .when(note(current, { p: cny('500.00') }))
      .thenMatching([{ type: 'PromiseKept' }, { type: 'ArrearsEnded' }, { type: 'CaseClosed' }]);
    given(promised)
      .when(note(current, { p: cny('20.00') }))
      .thenMatching([{ type: 'PromiseLapsed' }, { type: 'ArrearsEnded' }, { type: 'CaseClosed' }]);
  });
});

describe('A hardship plan', () => {
  const agree = {
    type: 'AgreeHardship',
    data: {
      caseId: CASE,
      planId: 'h',
      loanId: LOAN,
      relief: { kind: 'interest-pause', through: on('2026-04-02') },
    },
  } as const;
  const record = { type: 'RecordHardshipOutcome', data: { caseId: CASE, planId: 'h' } } as const;

  it('is agreed once for a loan, then granted or refused by the loan', () => {
    const agreed = after(opened, agree);
    given(agreed)
      .when({ ...agree, data: { ...agree.data, planId: 'i' } })
      .thenRefused('HARDSHIP_PENDING');
    const granted = after(agreed, record);
    expect(fold(caseDecider, granted)).toMatchObject({ waitsUntil: '2026-05-01' });
    given(granted).when(record).thenNothing();
    const refusal = { code: 'PLAN_IMPOSSIBLE', detail: 'no' };
    given(agreed)
      .when({ ...record, data: { ...record.data, refusal } })
      .then([{ type: 'HardshipRefused', data: { planId: 'h', ...refusal, on: on(TODAY) } }]);
    given(opened).when(record).thenRefused('NOT_FOUND');
  });

  it('may have ended the arrears before it is known to be granted', () => {
    const cured = after(opened, agree, note(current));
    given(cured)
      .when(record)
      .then([{ type: 'HardshipGranted', data: { planId: 'h', on: on(TODAY), quietUntil: on(TODAY) } }]);
  });
});
