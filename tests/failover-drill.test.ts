import {
  anomalyIn,
  type ChannelCommand,
  type ChannelEvent,
  channelDecider,
  type RoutingDecision,
  route,
} from '../domain/channel';
import type { DomainEvent } from '../domain/events';
import {
  applicationId,
  businessDateAt,
  channelId,
  fold,
  type Issued,
  instantAt,
  isRefusal,
  loanId,
  type PayoutId,
  payoutId,
} from '../domain/kernel';
import {
  type ChannelOutcome,
  type PayoutCommand,
  type PayoutEvent,
  type PayoutState,
  payoutDecider,
} from '../domain/payout';
import { type ChannelDoc, projections, routingMeasures } from '../projections';
import { BEGIN, DAY, EVERY_MS, MINUTE, MODES, type Mode, Outside, PAYOUTS } from './support/dark-channel';
import { E_ACCOUNT, movementOf, POLICY } from './support/example-channels';
import { BORROWER, cny, LOAN } from './support/example-loan';
import { recorded } from './support/saga-specification';

/**
 * Goal: a channel that goes dark in the middle of the day costs no payout and pays none twice. Method: payout machine,
 * router, measurements and health of the house, driven on a clock of its own against channels that keep their own
 * record of what they did; how they fail is drawn by seed, in every way in which nobody knows what became of it. They
 * report on their own too, one report in twenty again and again, one in twenty before the one that it follows.
 */

interface Due {
  readonly at: number;
  readonly what: () => void;
}

type Asked<Command> = Command extends Issued ? Omit<Command, keyof Issued> : never;

/** The house as far as it decides about payouts, on a clock that goes from one thing that is due to the next. */
class Drill {
  readonly #outside: ReadonlyMap<string, Outside>;
  readonly #docs = new Map<string, ChannelDoc>();
  readonly #channels = new Map<string, ChannelEvent[]>();
  readonly #payouts = new Map<PayoutId, PayoutEvent[]>();
  /** When it was first not known what became of an instruction. */
  readonly #doubts = new Map<string, number>();
  /** How long it took until that was known, or a person was called; milliseconds. */
  readonly inDoubt: number[] = [];
  #due: Due[] = [];
  #now = BEGIN;

  constructor(channels: readonly Outside[]) {
    this.#outside = new Map(channels.map((channel) => [channel.name, channel]));
    for (const [index, { name }] of channels.entries()) {
      const cost = { kind: 'flat', fee: cny(`${index + 1}.00`) } as const;
      this.#tell(name, { type: 'EnrolChannel', data: { channelId: channelId(name), terms: { ...E_ACCOUNT, cost } } });
    }
  }

  /** What became of every payout when nothing is left to do. */
  run(): readonly PayoutState[] {
    for (let n = 0; n < PAYOUTS; n += 1) {
      this.#later(n * EVERY_MS, () => this.#request(payoutId(loanId(applicationId(`p${n}`)))));
    }
    while (this.#due.length > 0) {
      const now = Math.min(...this.#due.map(({ at }) => at));
      const ready = this.#due.filter(({ at }) => at === now);
      this.#due = this.#due.filter(({ at }) => at !== now);
      this.#now = now;
      for (const { what } of ready) what();
    }
    return [...this.#payouts.values()].map((events) => fold(payoutDecider, events));
  }

  /** How often a channel was taken out of use, and how often it came back. */
  interruptions(name: string): readonly [degraded: number, restored: number] {
    const types = (this.#channels.get(name) ?? []).map(({ type }) => type);
    return [
      types.filter((type) => type === 'ChannelDegraded').length,
      types.filter((type) => type === 'ChannelRestored').length,
    ];
  }

  #later(ms: number, what: () => void): void {
    this.#due.push({ at: this.#now + ms, what });
  }

  #issued(): Issued {
    const actor = { kind: 'system', id: 'drill' } as const;
    return { id: 'c', actor, at: instantAt(this.#now), businessDate: businessDateAt(this.#now) };
  }

  #count(stream: string, event: DomainEvent): void {
    const fact = recorded(stream, event, { bookedAt: instantAt(this.#now) });
    for (const key of projections.channels.keys(fact)) {
      const doc = projections.channels.fold(this.#docs.get(key), fact, key);
      if (doc) this.#docs.set(key, doc);
    }
  }

  #tell(name: string, asked: Asked<ChannelCommand>): void {
    const events = this.#channels.get(name) ?? [];
    this.#channels.set(name, events);
    const command = { ...asked, ...this.#issued() } as ChannelCommand;
    const outcome = channelDecider.decide(command, fold(channelDecider, events));
    if (isRefusal(outcome)) throw new Error(outcome.detail);
    for (const event of outcome) {
      events.push(event);
      this.#count(channelId(name), event);
      if (event.type === 'ChannelDegraded') this.#later(MINUTE, () => this.#probe(name));
    }
  }

  #probe(name: string): void {
    if (fold(channelDecider, this.#channels.get(name) ?? []).status !== 'degraded') return;
    const passed = this.#outside.get(name)?.answers(this.#now) ?? false;
    this.#tell(name, { type: 'RecordProbe', data: { channelId: channelId(name), passed, detail: 'asked' } });
    this.#later(passed ? MINUTE : 10 * MINUTE, () => this.#probe(name));
  }

  #decide(id: PayoutId, asked: Asked<PayoutCommand>): void {
    const events = this.#payouts.get(id) ?? [];
    this.#payouts.set(id, events);
    const command = { ...asked, ...this.#issued() } as PayoutCommand;
    const outcome = payoutDecider.decide(command, fold(payoutDecider, events));
    if (isRefusal(outcome)) throw new Error(`${asked.type}: ${outcome.code} ${outcome.detail}`);
    for (const event of outcome) {
      events.push(event);
      this.#count(id, event);
      this.#follow(id, event);
    }
  }

  #request(id: PayoutId): void {
    const payee = { cardId: 'card-1', bank: 'Test Bank', lastFour: '4242' };
    const about = { loanId: LOAN, borrowerId: BORROWER, amount: cny('3000.00'), payee, documentHash: 'd' };
    this.#decide(id, { type: 'RequestPayout', data: { payoutId: id, ...about } });
  }

  /** What the house does about a fact. */
  #follow(id: PayoutId, event: PayoutEvent): void {
    switch (event.type) {
      case 'PayoutRequested':
        this.#submit(id);
        break;
      case 'PayoutSubmitted': {
        const { channel, effectId } = event.data;
        const outside = this.#outsideOf(channel);
        const answer = outside.instruct(effectId, this.#now);
        for (const report of outside.reports(effectId, this.#now)) {
          this.#later(report.after, () => this.#record(id, effectId, report.answer));
        }
        this.#record(id, effectId, answer);
        break;
      }
      case 'PayoutUnknown':
        this.#judge(event.data.channel);
        this.#later(Date.parse(event.data.nextQueryAt) - this.#now, () => this.#query(id));
        if (!this.#doubts.has(event.data.effectId)) this.#doubts.set(event.data.effectId, this.#now);
        break;
      case 'PayoutSettled':
      case 'PayoutEscalated':
        this.#know(event.data.effectId);
        break;
      case 'PayoutFailed':
        this.#judge(event.data.channel);
        this.#know(event.data.effectId);
        if (!event.data.final) this.#submit(id);
        break;
      default:
        break;
    }
  }

  #record(id: PayoutId, effectId: string, answer: ChannelOutcome): void {
    this.#decide(id, { type: 'RecordPayoutOutcome', data: { payoutId: id, effectId, answer } });
  }

  #submit(id: PayoutId): void {
    const { failed } = this.#stateOf(id);
    const refusedBy = [...new Set(failed.map(({ channel }) => channel))];
    const routing = this.#route(refusedBy) ?? this.#route([]);
    const channel = routing?.ranking[0]?.channel;
    if (routing === undefined || channel === undefined) {
      this.#later(10 * MINUTE, () => this.#submit(id));
      return;
    }
    const effectId = `${id}.${failed.length + 1}`;
    this.#decide(id, { type: 'SubmitPayout', data: { payoutId: id, channel, effectId, routing } });
  }

  #route(refusedBy: readonly string[]): RoutingDecision | undefined {
    const { at, businessDate } = this.#issued();
    const movement = movementOf({ at, businessDate, refusedBy: [...refusedBy] });
    const facts = [...this.#docs.values()].map((doc) => ({
      channel: doc.channel,
      status: doc.status,
      terms: doc.terms,
      ...routingMeasures(doc, movement),
    }));
    const decision = route(movement, facts, POLICY);
    return decision.ranking.length > 0 ? decision : undefined;
  }

  #query(id: PayoutId): void {
    const state = this.#stateOf(id);
    if (state.status !== 'unknown') return;
    const { effectId, channel, submittedAt } = state.attempt;
    this.#record(id, effectId, this.#outsideOf(channel).query(effectId, Date.parse(submittedAt), this.#now));
  }

  #know(effectId: string): void {
    const since = this.#doubts.get(effectId);
    if (since === undefined) return;
    this.#doubts.delete(effectId);
    this.inDoubt.push(this.#now - since);
  }

  #judge(name: string): void {
    const doc = this.#docs.get(channelId(name));
    const anomaly = doc && anomalyIn(doc.health);
    if (anomaly) this.#tell(name, { type: 'DegradeChannel', data: { channelId: channelId(name), ...anomaly } });
  }

  #stateOf(id: PayoutId): Exclude<PayoutState, { status: 'none' }> {
    const state = fold(payoutDecider, this.#payouts.get(id) ?? []);
    if (state.status === 'none') throw new Error(`${id} was never requested`);
    return state;
  }

  #outsideOf(name: string): Outside {
    const outside = this.#outside.get(name);
    if (outside === undefined) throw new Error(`nobody is called ${name}`);
    return outside;
  }
}

/** Three channels of which the cheapest goes dark, or none. */
const drill = (dark: Mode | undefined, darkUntil?: number) => {
  const outside = [
    new Outside('first', 0.04, dark, darkUntil),
    new Outside('second', 0.05, undefined),
    new Outside('third', 0.06, undefined),
  ];
  const house = new Drill(outside);
  const states = house.run();
  const settled = states.filter(({ status }) => status === 'settled').length;
  return { outside, house, states, settled };
};

/** How often money left for each payout, by what the channels themselves have on record. */
const timesPaid = (outside: readonly Outside[]): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const effectId of outside.flatMap(({ done }) => [...done.keys()])) {
    const payout = effectId.slice(0, effectId.lastIndexOf('.'));
    times.set(payout, (times.get(payout) ?? 0) + 1);
  }
  return times;
};

const normal = drill(undefined);

test('on a normal day nearly every payout settles, at the first attempt or another way', () => {
  expect(normal.settled).toBeGreaterThanOrEqual(PAYOUTS - 2);
  expect(normal.house.interruptions('first')).toEqual([0, 0]);
  const reported = (how: 'repeated' | 'swapped') => normal.outside.reduce((sum, outside) => sum + outside[how], 0);
  expect(reported('repeated')).toBeGreaterThan(PAYOUTS * 0.03);
  expect(reported('swapped')).toBeGreaterThan(PAYOUTS * 0.03);
});

test.each(MODES)('a channel that goes dark (%s) costs no payout and pays none twice', (mode) => {
  const { outside, house, states, settled } = drill(mode);
  const paid = timesPaid(outside);
  expect([...paid.values()].filter((times) => times > 1)).toEqual([]);
  expect(states).toHaveLength(PAYOUTS);
  // Nothing is left in the air, and what the channels have paid is what the house has on record.
  expect(states.filter(({ status }) => status !== 'settled' && status !== 'failed')).toEqual([]);
  expect(paid.size).toBe(settled);
  expect(Math.abs(settled - normal.settled)).toBeLessThanOrEqual(PAYOUTS / 50);
  // Whatever was not known was found out, or a person was called, within a day.
  expect(house.inDoubt.length).toBeGreaterThan(0);
  expect(Math.max(...house.inDoubt)).toBeLessThanOrEqual(DAY);
  // It was taken out of use soon, and came back when it answered again.
  const [degraded, restored] = house.interruptions('first');
  expect(degraded).toBeGreaterThan(0);
  expect(restored).toBe(degraded);
});

test('of a channel that stays dark for days every doubt is told to a person within a day, and none is paid twice', () => {
  const { outside, house, states, settled } = drill('did it and cannot be asked', BEGIN + 10 * DAY);
  const doubtful = states.filter(({ status }) => status === 'escalated').length;
  // Nobody is asked any more; what the channel reports when it is back ends the doubts that were left.
  expect(doubtful).toBe(0);
  expect([...timesPaid(outside).values()].filter((times) => times > 1)).toEqual([]);
  expect(Math.max(...house.inDoubt)).toBeLessThanOrEqual(DAY);
  expect(house.inDoubt.filter((ms) => ms > 23 * 60 * MINUTE).length).toBeGreaterThan(0);
  expect(Math.abs(settled - normal.settled)).toBeLessThanOrEqual(PAYOUTS / 50);
});
