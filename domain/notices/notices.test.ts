import fc from 'fast-check';
import { specificationFor } from '../../tests/support/decider-specification';
import { borrowerId, instant, noticeId } from '../kernel';
import {
  factsNeeded,
  isDunning,
  LANGUAGES,
  MESSAGE_CHANNELS,
  type MessageChannel,
  NOTICE_KINDS,
  type NoticeEvent,
  type NoticeKind,
  noticeDecider,
  OPTIONAL_KINDS,
  renderNotice,
} from '.';

const NOTICE = noticeId('e-1');
const DAY = instant('2026-03-02T02:00:00.000Z');
const NIGHT = instant('2026-03-02T18:00:00.000Z');
const { given } = specificationFor(noticeDecider);
const message = (attempt = 1, channel: MessageChannel = 'sms', kind: NoticeKind = 'loan-paid-out') => ({
  borrowerId: borrowerId('b'),
  kind,
  about: 'loan-a',
  channel,
  template: kind,
  version: 1,
  language: 'zh-CN' as const,
  attempt,
});
const begin = (...of: Parameters<typeof message>) =>
  ({ type: 'BeginMessage', at: DAY, data: { noticeId: NOTICE, ...message(...of) } }) as const;
const RESULTS = {
  sent: { outcome: 'sent', gateway: 'outbox', reference: 'r' },
  later: { outcome: 'failed', reason: 'connection-refused', final: false },
  never: { outcome: 'failed', reason: 'no such mailbox', final: true },
  unknown: { outcome: 'unknown', reason: 'timed-out' },
} as const;
const record = (result: keyof typeof RESULTS, attempt = 1, channel: MessageChannel = 'sms') =>
  ({ type: 'RecordMessage', at: DAY, data: { noticeId: NOTICE, channel, attempt, result: RESULTS[result] } }) as const;
const begun: NoticeEvent = { type: 'MessageBegun', data: { ...message(), at: DAY } };
const after = (result: keyof typeof RESULTS): readonly NoticeEvent[] => {
  const { outcome } = given([begun]).when(record(result));
  if ('refused' in outcome) throw new Error(outcome.code);
  return [begun, ...outcome];
};

describe('A message', () => {
  it('is begun once on each channel', () => {
    given([]).when(begin()).then([begun]);
    given([begun]).when(begin()).thenRefused('MESSAGE_BEGUN');
    given([begun])
      .when(begin(1, 'email'))
      .thenMatching([{ data: { channel: 'email' } }]);
  });

  it('is tried again only when it certainly did not go out, and might the next time', () => {
    given(after('later'))
      .when(begin(2))
      .thenMatching([{ data: { attempt: 2 } }]);
    given(after('later')).when(begin(1)).thenRefused('MESSAGE_BEGUN');
    for (const result of ['sent', 'never', 'unknown'] as const) {
      given(after(result)).when(begin(2)).thenRefused('MESSAGE_BEGUN');
    }
  });

  it('whose outcome was unknown may turn out to have been sent; what was sent stays so', () => {
    given(after('unknown'))
      .when(record('sent'))
      .thenMatching([{ type: 'MessageSent' }]);
    given(after('unknown')).when(record('unknown')).thenNothing();
    given(after('sent')).when(record('never')).thenNothing();
    given([begun]).when(record('sent', 2)).thenRefused('EFFECT_MISMATCH');
  });

  it('that asks for what is overdue does not go out at night; others do', () => {
    for (const kind of NOTICE_KINDS) {
      const asked = given([]).when({ ...begin(1, 'sms', kind), at: NIGHT });
      if (isDunning(kind)) asked.thenRefused('CONTACT_QUIET_HOURS');
      else asked.thenMatching([{ type: 'MessageBegun' }]);
    }
  });

  it('goes out at most once on a channel, whatever is asked for in whatever order', () => {
    const attempt = fc.integer({ min: 1, max: 4 });
    const channel = fc.constantFrom(...MESSAGE_CHANNELS);
    const command = fc.oneof(
      fc.record({ begin: attempt, channel }),
      fc.record({ record: fc.constantFrom(...(Object.keys(RESULTS) as (keyof typeof RESULTS)[])), attempt, channel }),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const events: NoticeEvent[] = [];
        for (const each of commands) {
          const asked =
            'begin' in each ? begin(each.begin, each.channel) : record(each.record, each.attempt, each.channel);
          const { outcome } = given(events).when(asked);
          if (!('refused' in outcome)) events.push(...outcome);
        }
        for (const each of MESSAGE_CHANNELS) {
          const types = events.filter(({ data }) => data.channel === each).map(({ type }) => type);
          // Each attempt after the first follows one that is known not to have gone out.
          const again = types.flatMap((type, n) => (type === 'MessageBegun' && n > 0 ? [types[n - 1]] : []));
          expect(again.filter((before) => before !== 'MessageFailed')).toEqual([]);
          expect(types.filter((type) => type === 'MessageSent').length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('The templates', () => {
  const cases = NOTICE_KINDS.flatMap((kind) => LANGUAGES.map((language) => [kind, language] as const));

  it.each(cases)('of %s in %s leave nothing open, and ask for the same facts in every language', (kind, language) => {
    const facts = Object.fromEntries(factsNeeded(kind).map((name) => [name, `<${name}>`]));
    const { subject, text, template, version } = renderNotice(kind, language, facts);
    expect({ template, version }).toEqual({ template: kind, version: 1 });
    expect(`${subject}${text}`).not.toMatch(/[{}]/);
    for (const fact of Object.values(facts)) expect(text).toContain(fact);
  });

  it('are never sent by half', () => {
    expect(() => renderNotice('loan-paid-off', 'en', { loan: 'l' })).toThrow('needs on');
  });

  it('that the law asks for cannot be done without', () => {
    for (const kind of ['application-rejected', 'contract-signed', 'installment-overdue', 'debit-announced']) {
      expect(OPTIONAL_KINDS).not.toContain(kind);
    }
  });

  it('read a fact in the language of the reader', () => {
    const notice = { en: 'Not approved.', 'zh-CN': '未获批准。' };
    expect(renderNotice('application-rejected', 'zh-CN', { notice }).text).toBe('未获批准。');
  });
});
