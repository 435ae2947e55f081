import fc from 'fast-check';
import { issuedOn, specificationFor } from '../../tests/support/decider-specification';
import { E_ACCOUNT, factsOf, movementOf, POLICY } from '../../tests/support/example-channels';
import { BORROWER, cny, LOAN, PAYOUT } from '../../tests/support/example-loan';
import { route } from '../channel';
import { businessDate, fold, instant, isRefusal } from '../kernel';
import { type ChannelOutcome, type PayoutEvent, type PayoutState, payoutDecider } from '.';

const { given } = specificationFor(payoutDecider);

const SENT_AT = instant('2026-03-02T02:00:00.000Z');
const request = {
  loanId: LOAN,
  borrowerId: BORROWER,
  amount: cny('3000.00'),
  payee: { cardId: 'card-1', bank: 'Test Bank', lastFour: '4242' },
  documentHash: 'a1b2',
};
const movement = (effectId: string) => ({ loanId: LOAN, amount: cny('3000.00'), channel: 'unionlike', effectId });
const TODAY = businessDate('2026-03-02');

const requested: PayoutEvent = { type: 'PayoutRequested', data: request };
const submitted = (effectId: string, attempt: number): PayoutEvent => ({
  type: 'PayoutSubmitted',
  data: { ...movement(effectId), attempt, submittedAt: SENT_AT, valueDate: TODAY },
});
const failed = (effectId: string, attempt: number, final = false): PayoutEvent => ({
  type: 'PayoutFailed',
  data: { ...movement(effectId), attempt, reason: 'card closed', final, valueDate: TODAY },
});
const settled = (effectId: string): PayoutEvent => ({
  type: 'PayoutSettled',
  data: { ...movement(effectId), channelReference: `ch-${effectId}`, valueDate: TODAY },
});
const unknown = (effectId: string, queries: number, nextQueryAt: string): PayoutEvent => ({
  type: 'PayoutUnknown',
  data: { ...movement(effectId), reason: 'time-out', queries, nextQueryAt: instant(nextQueryAt) },
});
const escalated = (effectId: string): PayoutEvent => ({
  type: 'PayoutEscalated',
  data: { ...movement(effectId), queries: 8 },
});

const submit = (effectId: string) =>
  ({ type: 'SubmitPayout', data: { payoutId: PAYOUT, channel: 'unionlike', effectId } }) as const;
const hear = (effectId: string, answer: ChannelOutcome) =>
  ({ type: 'RecordPayoutOutcome', data: { payoutId: PAYOUT, effectId, answer } }) as const;
const yes = (reference: string): ChannelOutcome => ({
  outcome: 'settled',
  channelReference: reference,
  settledOn: TODAY,
});
const no: ChannelOutcome = { outcome: 'failed', reason: 'card closed' };
const silence: ChannelOutcome = { outcome: 'unknown', reason: 'time-out' };

describe('A payout', () => {
  const ask = { type: 'RequestPayout', data: { payoutId: PAYOUT, ...request } } as const;

  test('is requested once, of an amount above zero', () => {
    given([]).when(ask).then([requested]);
    given([requested]).when(ask).thenRefused('ALREADY_EXISTS');
    given([])
      .when({ ...ask, data: { ...ask.data, amount: cny('0.00') } })
      .thenRefused('AMOUNT_NOT_POSITIVE');
  });

  test('is submitted on record before anything is sent', () => {
    given([requested])
      .when(submit('e1'))
      .then([submitted('e1', 1)]);
    given([]).when(submit('e1')).thenRefused('NOT_FOUND');
  });

  test('says how its channel was chosen, and goes through none that cannot take it', () => {
    const routing = route(movementOf(), [factsOf('unionlike', E_ACCOUNT)], POLICY);
    const { type, data } = submit('e1');
    const sent = submitted('e1', 1);
    given([requested])
      .when({ type, data: { ...data, routing } })
      .thenMatching([{ ...sent, data: { ...sent.data, routing } }]);
    given([requested])
      .when({ type, data: { ...data, routing, channel: 'another' } })
      .thenRefused('CHANNEL_NOT_RANKED');
  });

  test('settles on the day that the channel says', () => {
    given([requested, submitted('e1', 1)])
      .when(hear('e1', yes('ch-e1')))
      .then([settled('e1')]);
  });

  test('that failed for sure is tried again under a new effect id, three times in all', () => {
    const first = [requested, submitted('e1', 1)];
    given(first)
      .when(hear('e1', no))
      .then([failed('e1', 1)]);
    const second = [...first, failed('e1', 1), submitted('e2', 2)];
    given([...first, failed('e1', 1)])
      .when(submit('e2'))
      .then([submitted('e2', 2)]);
    given([...first, failed('e1', 1)])
      .when(submit('e1'))
      .thenRefused('IDEMPOTENCY_KEY_REUSED');
    const third = [...second, failed('e2', 2), submitted('e3', 3)];
    given(third)
      .when(hear('e3', no))
      .then([failed('e3', 3, true)]);
    given([...third, failed('e3', 3, true)])
      .when(submit('e4'))
      .thenRefused('WRONG_STATUS');
  });

  test('is never tried a second way while the first may have happened', () => {
    const inFlight = [requested, submitted('e1', 1)];
    const inDoubt = [...inFlight, unknown('e1', 0, '2026-03-02T02:00:01.000Z')];
    for (const events of [inFlight, inDoubt, [...inDoubt, escalated('e1')]]) {
      given(events).when(submit('e2')).thenRefused('OUTCOME_UNKNOWN');
    }
    given([...inFlight, settled('e1')])
      .when(submit('e2'))
      .thenRefused('WRONG_STATUS');
  });

  test('listens only to answers to its own instructions', () => {
    given([requested]).when(hear('e1', no)).thenRefused('EFFECT_MISMATCH');
    given([requested, submitted('e1', 1)])
      .when(hear('e9', yes('ch-e9')))
      .thenRefused('EFFECT_MISMATCH');
    given([]).when(hear('e1', no)).thenRefused('NOT_FOUND');
  });
});

describe('A silent channel', () => {
  const inFlight = [requested, submitted('e1', 1)];
  const LADDER = [1, 5, 40, 120, 600, 3_600, 21_600, 57_600];

  test('is asked again after 1 s, 5 s, 40 s, 2 min, 10 min, 1 h, 6 h and 16 h; then a person is called', () => {
    let events: readonly PayoutEvent[] = inFlight;
    let at = SENT_AT;
    for (const [queries, seconds] of LADDER.entries()) {
      const nextQueryAt = instant(new Date(Date.parse(at) + seconds * 1_000).toISOString());
      const asked = unknown('e1', queries, nextQueryAt);
      given(events)
        .when({ ...hear('e1', silence), at })
        .then([asked]);
      events = [...events, asked];
      at = nextQueryAt;
    }
    given(events)
      .when({ ...hear('e1', silence), at })
      .then([escalated('e1')]);
  });

  test('may still speak: a definite answer ends the doubt, also after a person was called', () => {
    const inDoubt = [...inFlight, unknown('e1', 0, '2026-03-02T02:00:01.000Z')];
    for (const events of [inDoubt, [...inDoubt, escalated('e1')]]) {
      given(events)
        .when(hear('e1', yes('ch-e1')))
        .then([settled('e1')]);
      given(events)
        .when(hear('e1', no))
        .then([failed('e1', 1)]);
    }
    given([...inDoubt, escalated('e1')])
      .when(hear('e1', silence))
      .thenNothing();
  });
});

describe('A definite outcome', () => {
  const paid = [requested, submitted('e1', 1), settled('e1')];
  const refused = [requested, submitted('e1', 1), failed('e1', 1)];

  test('heard again is nothing new', () => {
    given(paid)
      .when(hear('e1', yes('ch-e1')))
      .thenNothing();
    given(paid).when(hear('e1', silence)).thenNothing();
    given(refused).when(hear('e1', no)).thenNothing();
    given([...refused, submitted('e2', 2)])
      .when(hear('e1', no))
      .thenNothing();
  });

  test('is never turned into another one', () => {
    given(paid).when(hear('e1', no)).thenRefused('OUTCOME_CONTRADICTED');
    given(paid)
      .when(hear('e1', yes('another reference')))
      .thenRefused('OUTCOME_CONTRADICTED');
    given(refused)
      .when(hear('e1', yes('ch-e1')))
      .thenRefused('OUTCOME_CONTRADICTED');
    given([...refused, submitted('e2', 2)])
      .when(hear('e1', yes('ch-e1')))
      .thenRefused('OUTCOME_CONTRADICTED');
  });
});

test('whatever is said in whatever order, at most one attempt settles and never two are open', () => {
  const effect = fc.constantFrom('e1', 'e2', 'e3', 'e4', 'e5');
  const answer = fc.oneof(fc.constantFrom('r1', 'r2').map(yes), fc.constant(no), fc.constant(silence));
  const command = fc.oneof(
    effect.map(submit),
    fc.tuple(effect, answer).map(([id, said]) => hear(id, said)),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      const events: PayoutEvent[] = [requested];
      for (const each of commands) {
        const state = fold(payoutDecider, events);
        const outcome = payoutDecider.decide({ ...issuedOn(TODAY), ...each }, state);
        if (isRefusal(outcome)) continue;
        expect(outcome.length).toBeLessThanOrEqual(1);
        if (isOver(state)) expect(outcome).toEqual([]);
        events.push(...outcome);
      }
      expect(events.filter(({ type }) => type === 'PayoutSettled').length).toBeLessThanOrEqual(1);
      expect(events.filter(({ type }) => type === 'PayoutSubmitted').length).toBeLessThanOrEqual(3);
      expect(mostOpenAtOnce(events)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});

const isOver = (state: PayoutState): boolean =>
  state.status === 'settled' || (state.status === 'failed' && state.final);

const mostOpenAtOnce = (events: readonly PayoutEvent[]): number => {
  let open = 0;
  let most = 0;
  for (const { type } of events) {
    if (type === 'PayoutSubmitted') open += 1;
    if (type === 'PayoutSettled' || type === 'PayoutFailed') open -= 1;
    most = Math.max(most, open);
  }
  return most;
};
