import { emptyAccount } from '../loan';
import { type LoggedFact, watchInvariants } from '.';
import { casesFollowLoans } from './collections';

let ids = 0;
/** A fact with just the data that invariants look at. */
const fact = (type: string, stream: string, data: object): LoggedFact => {
  const meta = { commandId: `c${++ids}`, fingerprint: 'f', valueDate: '', bookedAt: '', actor: { kind: 's', id: 's' } };
  return { type, stream, data, id: `e${ids}`, position: '1', meta } as unknown as LoggedFact;
};

const NIGHT = '2026-03-02T18:00:00.000Z';
const began = (attempt: number, kind = 'loan-paid-off', at = '2026-03-02T02:00:00.000Z') =>
  fact('MessageBegun', 'notice-1', { kind, channel: 'sms', attempt, at });
const message = (type: string, final = false) => fact(type, 'notice-1', { channel: 'sms', attempt: 1, final });
const contact = (at: string) => fact('ContactAttempted', 'case-1', { means: 'call', at });
const opened = fact('CaseOpened', 'case-1', {});
const noted = fact('ArrearsNoted', 'case-1', { loanId: 'loan-1' });
const ended = fact('ArrearsEnded', 'case-1', { loanId: 'loan-1' });
const closed = (reason: string) => fact('CaseClosed', 'case-1', { reason });

const findingsIn = (facts: readonly LoggedFact[]): readonly string[] => {
  const watch = watchInvariants();
  return facts.flatMap((each) => watch.see(each)).map(({ invariant }) => invariant);
};

test.each([
  ['I-43', 'a message that is sent again', [began(1), message('MessageSent'), began(2)]],
  ['I-43', 'a message that is sent again though it may have gone out', [began(1), message('MessageUnknown'), began(2)]],
  ['I-43', 'a message that is sent again though it was given up', [began(1), message('MessageFailed', true), began(2)]],
  ['I-43', 'a message at night that asks for what is overdue', [began(1, 'installment-overdue', NIGHT)]],
  ['I-44', 'a call at night', [contact(NIGHT)]],
  ['I-44', 'a fourth call of a day', [1, 2, 3, 4].map((hour) => contact(`2026-03-02T0${hour}:00:00.000Z`))],
  ['I-45', 'a case that is closed while a loan of it is in arrears', [opened, noted, closed('cured')]],
  ['I-45', 'arrears that end without having been noted', [opened, ended]],
] as const)('%s finds %s', (invariant, _what, facts) => {
  expect(findingsIn(facts)).toEqual([invariant]);
});

test('what may be is not found: another attempt after one that did not go out, three calls a day, a note at night', () => {
  expect(findingsIn([began(1), message('MessageFailed'), began(2), message('MessageSent')])).toEqual([]);
  expect(findingsIn([1, 2, 3].map((hour) => contact(`2026-03-02T0${hour}:00:00.000Z`)))).toEqual([]);
  expect(findingsIn([began(1, 'loan-paid-off', NIGHT)])).toEqual([]);
});

test('a loan in arrears is on its way into a case until it is in one, and so is a case whose loan has been paid', () => {
  const unfinished = (facts: readonly LoggedFact[]): number => {
    if (typeof casesFollowLoans.check !== 'function') throw new Error('the log shows it');
    const watcher = casesFollowLoans.check({ accounts: { of: () => emptyAccount, seenBy: () => [] } });
    expect(facts.flatMap((each) => watcher.see(each) ?? [])).toEqual([]);
    return watcher.unfinished();
  };
  const late = fact('ArrearsBucketChanged', 'loan-1', { from: 'current', to: '1-30' });
  const paid = fact('ArrearsBucketChanged', 'loan-1', { from: '1-30', to: 'current' });
  expect(unfinished([late])).toBe(1);
  expect(unfinished([late, opened, noted])).toBe(0);
  expect(unfinished([late, opened, noted, paid])).toBe(1);
  expect(unfinished([late, opened, noted, paid, ended, closed('cured')])).toBe(0);
  expect(unfinished([late, opened, noted, closed('by-person')])).toBe(0);
});
