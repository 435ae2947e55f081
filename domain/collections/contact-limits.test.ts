import fc from 'fast-check';
import { specificationFor } from '../../tests/support/decider-specification';
import {
  borrowerId,
  businessDateAt,
  caseId,
  fold,
  type Instant,
  instant,
  instantAt,
  isRefusal,
  loanIdSchema,
} from '../kernel';
import { type CollectionsEvent, caseDecider } from '.';
import { CONTACT_LAWS, CONTACT_MEANS, CONTACT_PARTIES } from './contact-law';
import { contactLawOn, contactRefusal, nextContactTime } from './contact-limits';

/** An instant of the house's clock, UTC+8. */
const at = (day: string, time: string): Instant => instant(new Date(`${day}T${time}:00.000+08:00`).toISOString());
const call = (day: string, time: string) => ({ means: 'call', party: 'debtor', at: at(day, time) }) as const;
const DAY = '2026-03-02';

describe('the rules on contacts', () => {
  it.each([
    ['07:59', 'CONTACT_QUIET_HOURS'],
    ['08:00', undefined],
    ['21:59', undefined],
    ['22:00', 'CONTACT_QUIET_HOURS'],
  ])('a call at %s: %s', (time, code) => {
    expect(contactRefusal('CN', call(DAY, time), [])?.code).toBe(code);
  });

  it('a debtor is called three times a day, by whomever', () => {
    const made = ['09:00', '12:00', '15:00'].map((time) => call(DAY, time));
    expect(contactRefusal('CN', call(DAY, '16:00'), made.slice(1))).toBeUndefined();
    expect(contactRefusal('CN', call(DAY, '16:00'), made)?.code).toBe('CONTACT_LIMIT_REACHED');
    expect(contactRefusal('CN', call('2026-03-03', '09:00'), made)).toBeUndefined();
  });

  it('nobody else is asked, nobody is called or visited on a holiday, and no visit comes at night', () => {
    expect(contactRefusal('CN', { ...call(DAY, '10:00'), party: 'third-party' }, [])?.code).toBe('CONTACT_THIRD_PARTY');
    expect(contactRefusal('CN', call('2026-10-01', '10:00'), [])?.code).toBe('CONTACT_ON_HOLIDAY');
    expect(contactRefusal('CN', { ...call('2026-10-01', '10:00'), means: 'letter' }, [])).toBeUndefined();
    expect(contactRefusal('CN', { ...call(DAY, '20:30'), means: 'visit' }, [])?.code).toBe('CONTACT_QUIET_HOURS');
  });

  it('says where each rule is written, and asks for the oldest ones before there were any', () => {
    for (const { rules } of CONTACT_LAWS) for (const { source } of rules) expect(source).not.toBe('');
    expect(contactLawOn('CN', businessDateAt(0))).toBe(CONTACT_LAWS[0]);
    const refusal = contactRefusal('CN', call(DAY, '23:00'), []);
    expect(refusal?.detail).toBe('no call before 8:00 and after 22:00 (GB/T 45251—2025, 5.3)');
  });

  it('finds the next hour in which a message may go out', () => {
    expect(nextContactTime('CN', 'sms', at(DAY, '23:10'))).toBe(at('2026-03-03', '08:00'));
    expect(nextContactTime('CN', 'sms', at(DAY, '03:10'))).toBe(at(DAY, '08:00'));
    expect(nextContactTime('CN', 'sms', at(DAY, '13:17'))).toBe(at(DAY, '13:17'));
  });
});

describe('whatever is asked for, whenever', () => {
  const CASE = caseId(borrowerId('b'));
  const LOAN = loanIdSchema.parse('loan-a');
  const { given } = specificationFor(caseDecider);
  const opened = given([]).when({
    type: 'NoteLoan',
    data: { caseId: CASE, borrowerId: borrowerId('b'), loanId: LOAN, worsened: true },
    facts: {
      standing: {
        kind: 'in-arrears',
        bucket: '1-30',
        pastDueSince: businessDateAt(Date.parse('2026-09-20T02:00:00Z')),
        overdue: { amount: '100.00', currency: 'CNY' },
      },
      paid: {},
    },
  }).outcome;

  interface Act {
    readonly hours: number;
    readonly means: (typeof CONTACT_MEANS)[number];
    readonly party: (typeof CONTACT_PARTIES)[number];
    readonly kind: 'contact' | 'close' | 'reopen' | 'hand-over' | 'take-back';
  }
  const act: fc.Arbitrary<Act> = fc.record({
    hours: fc.oneof(fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true })),
    means: fc.constantFrom(...CONTACT_MEANS),
    party: fc.constantFrom(...CONTACT_PARTIES, 'debtor' as const),
    kind: fc.oneof(
      { weight: 16, arbitrary: fc.constant<'contact'>('contact') },
      { weight: 4, arbitrary: fc.constantFrom<Act['kind'][]>('close', 'reopen', 'hand-over', 'take-back') },
    ),
  });

  const commandOf = ({ kind, means, party }: Act, n: number) => {
    switch (kind) {
      case 'contact':
        return { type: 'AttemptContact', data: { caseId: CASE, contactId: `c${n}`, means, party } } as const;
      case 'close':
        return { type: 'CloseCase', data: { caseId: CASE, reason: 'test' } } as const;
      case 'hand-over':
        return { type: 'HandOverCase', data: { caseId: CASE, agency: 'agency' } } as const;
      case 'take-back':
        return { type: 'TakeBackCase', data: { caseId: CASE, reason: 'test' } } as const;
      case 'reopen':
        return undefined;
      default:
        throw new Error(kind);
    }
  };

  /** What comes of commands in this order; the house opens the case again when the loan gets later. */
  const play = (acts: readonly Act[]): readonly CollectionsEvent[] => {
    if (isRefusal(opened)) throw new Error(opened.code);
    const events: CollectionsEvent[] = [...opened];
    let now = Date.parse(at('2026-09-28', '09:00'));
    acts.forEach((each, n) => {
      now += each.hours * 3_600_000;
      const asked = commandOf(each, n);
      const state = fold(caseDecider, events);
      if (asked === undefined) {
        if (state.status === 'closed') events.push(...opened);
        return;
      }
      const actor = { kind: 'operator', id: 'op' } as const;
      const issued = { id: `i${n}`, actor, at: instantAt(now), businessDate: businessDateAt(now) };
      const outcome = caseDecider.decide({ ...issued, ...asked }, state);
      if (!isRefusal(outcome)) events.push(...outcome);
    });
    return events;
  };

  /** Letters apart, which may be written at any time. */
  const contactsOf = (events: readonly CollectionsEvent[]) =>
    events.flatMap((event) => {
      if (event.type !== 'ContactAttempted' || event.data.means === 'letter') return [];
      const local = new Date(Date.parse(event.data.at) + 8 * 3_600_000).toISOString();
      return [{ means: event.data.means, day: local.slice(0, 10), time: local.slice(11, 16) }];
    });
  const isSpoken = ({ means }: { readonly means: string }): boolean => means === 'call' || means === 'visit';

  it('no sequence of commands exceeds the limits, or reaches anybody in quiet hours or on holidays', () => {
    let calls = 0;
    fc.assert(
      fc.property(fc.array(act, { minLength: 20, maxLength: 60 }), (acts) => {
        const contacts = contactsOf(play(acts));
        const untimely = contacts.filter(
          ({ means, time }) => time < '08:00' || time >= (means === 'visit' ? '20:00' : '22:00'),
        );
        const onHolidays = contacts.filter(
          (each) => isSpoken(each) && each.day >= '2026-10-01' && each.day <= '2026-10-07',
        );
        expect([...untimely, ...onHolidays]).toEqual([]);
        const called = contacts.filter(({ means }) => means === 'call').map(({ day }) => day);
        const tooMany = called.filter((day) => called.filter((other) => other === day).length > 3);
        expect(tooMany).toEqual([]);
        calls += called.length;
      }),
    );
    expect(calls).toBeGreaterThan(100);
  });
});
